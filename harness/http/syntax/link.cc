#include "harness/http/syntax/link.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/http/syntax/lexer.h"

namespace referee::http {
namespace {

// What an unquoted parameter may hold: a token, and what else RFC 5988 (section 5) allowed.
bool is_parameter_char(char c) {
  return c > ' ' && c < 0x7F && std::string_view("\",;\\").find(c) == std::string_view::npos;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  std::string word;
  for (const char c : std::string(text) + " ") {
    if (!is_blank(c)) {
      word += lower(c);
    } else if (!word.empty()) {
      result.push_back(std::move(word));
      word.clear();
    }
  }
  return result;
}

constexpr std::size_t kMostLinks = 1000;
constexpr std::size_t kMostErrors = 20;
constexpr std::size_t kQuoted = 200;  // bytes of a line that an error repeats

// Reads one Link line; what cannot be read is named, and reading continues after the next comma.
class LineReader {
 public:
  LineReader(std::string_view line, Links& links) : lexer_(line), links_(links) {}

  void read() {
    while (true) {
      lexer_.skip_blanks_and(',');
      if (lexer_.at_end() || links_.errors.size() >= kMostErrors) return;
      if (links_.links.size() >= kMostLinks) {
        fail(fmt::format("more than {} links", kMostLinks));
        return;
      }
      if (!read_link()) lexer_.skip_to(',');
    }
  }

 private:
  bool fail(std::string_view reason) {
    const std::string_view line = lexer_.text();
    links_.errors.push_back(fmt::format("{} in: {}{}", reason, line.substr(0, kQuoted),
                                        line.size() > kQuoted ? fmt::format("... ({} bytes)", line.size()) : ""));
    return false;
  }

  bool read_link() {
    if (!lexer_.take('<')) return fail("the target is not in angle brackets");
    Link link;
    const auto target = lexer_.take_until('>');
    if (!target) return fail("the angle bracket is not closed");
    link.target = *target;
    if (std::ranges::any_of(link.target,
                            [](unsigned char c) { return c <= ' ' || c == 0x7F || c == '<' || c == '"'; })) {
      fail("the target has a character that must be escaped");
    }
    const bool whole = read_parameters(link);
    if (whole) check_relation(link);
    links_.links.push_back(std::move(link));
    return whole;
  }

  bool read_parameters(Link& link) {
    while (true) {
      lexer_.skip_blanks();
      if (lexer_.at_end() || lexer_.peek() == ',') return true;
      if (!lexer_.take(';')) return fail("something other than ';' or ',' follows");
      lexer_.skip_blanks();
      if (lexer_.at_end() || lexer_.peek() == ';' || lexer_.peek() == ',') continue;  // an empty parameter is allowed
      if (!read_parameter(link)) return false;
    }
  }

  bool read_parameter(Link& link) {
    std::string name(lexer_.take_while(is_token_char));
    if (name.empty()) return fail("a parameter has no name");
    std::ranges::transform(name, name.begin(), lower);
    lexer_.skip_blanks();
    bool quoted = false;
    std::string value;
    if (lexer_.take('=')) {
      lexer_.skip_blanks();
      quoted = lexer_.peek() == '"';
      if (quoted) {
        const auto text = lexer_.take_quoted();
        if (!text) return fail("the quotes of " + name + " are not closed");
        value = *text;
      } else {
        value = lexer_.take_while(is_parameter_char);
      }
    }
    if (name == "rel") add_relation(link, value, quoted);
    link.parameters.emplace_back(std::move(name), std::move(value));
    return true;
  }

  // RFC 8288, section 3.3: rel appears once, and any later one is ignored.
  void add_relation(Link& link, const std::string& value, bool quoted) {
    const bool again = std::ranges::any_of(link.parameters, [](const auto& p) { return p.first == "rel"; });
    if (again) {
      fail("rel appears more than once");
      return;
    }
    link.relations = words(value);
    link.quoted_relation = quoted;
  }

  void check_relation(const Link& link) {
    const bool has_rel = std::ranges::any_of(link.parameters, [](const auto& p) { return p.first == "rel"; });
    if (!has_rel) {
      fail("a link has no rel");
    } else if (link.relations.empty()) {
      fail("rel is empty");
    }
  }

  Lexer lexer_;
  Links& links_;
};

}  // namespace

bool Link::has_relation(std::string_view relation) const {
  return std::ranges::any_of(relations, [&](const std::string& own) { return same_name(own, relation); });
}

std::vector<Link> Links::with_relation(std::string_view relation) const {
  std::vector<Link> found;
  // A link with an anchor is about something else than the answer (RFC 8288, section 3.2).
  const auto is_about_another = [](const Link& link) {
    return std::ranges::any_of(link.parameters,
                               [](const auto& each) { return each.first == "anchor" && !each.second.empty(); });
  };
  std::ranges::copy_if(links, std::back_inserter(found),
                       [&](const Link& link) { return link.has_relation(relation) && !is_about_another(link); });
  return found;
}

Links read_links(const Headers& headers) {
  Links links;
  for (const std::string& line : headers.all("Link")) LineReader(line, links).read();
  return links;
}

}  // namespace referee::http
