#include "reports/narrative/curl_script.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <set>
#include <sstream>
#include <vector>

#include "harness/http/syntax/link.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/base64.h"
#include "reports/narrative/curl_script_parts.h"
#include "reports/narrative/reproduce.h"
#include "reports/narrative/story.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

constexpr std::size_t kScript = 400'000;
constexpr std::size_t kWholeBody = 1 << 20;
// What curl or the connection sets by itself, and what no file may hold.
constexpr std::array kNotSent = {"user-agent", "content-length", "host", "authorization", "expect", "connection"};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// When the check went on after each run of --gc-hook; see Conversation::collect().
std::vector<http::WallTime> collections_of(const SavedCheck& check) {
  std::vector<http::WallTime> ends;
  const auto said = check.facts.find("--gc-hook");
  if (said == check.facts.end()) return ends;
  for (const auto& report : said->second) {
    std::istringstream words(report);
    int status = 0;
    std::int64_t microseconds = 0;
    if (words >> status >> microseconds) ends.emplace_back(std::chrono::microseconds(microseconds));
  }
  return ends;
}

bool same_request(const http::Exchange& a, const http::Exchange& b) {
  return a.request.method == b.request.method && a.request.url == b.request.url &&
         a.request.body_digest == b.request.body_digest && a.lane == b.lane;
}

class CurlScript {
 public:
  CurlScript(const SavedRun& run, const SavedCheck& check, const Bodies& bodies)
      : run_(run), check_(check), bodies_(bodies) {
    const auto given = run.options.find("repo");
    const auto prefix = given == run.options.end() || given->second.empty() ? "referee" : given->second;
    repositories_ = run.run.empty() ? "" : fmt::format("{}/{}", prefix, run.run);
  }

  std::string render() {
    const auto& all = check_.exchanges;
    const auto collections = collections_of(check_);
    auto collection = collections.begin();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].request.url.empty()) continue;
      for (; collection != collections.end() && *collection <= all[i].started; ++collection) {
        commands_ += "sh -c \"${REFEREE_GC_HOOK:?name the command of --gc-hook in it}\" >&2\n";
      }
      const bool collected_next =
          i + 1 < all.size() && collection != collections.end() && *collection <= all[i + 1].started;
      // A request that was refused without a token, or postponed, and then sent again, is sent once.
      if (i + 1 < all.size() && same_request(all[i], all[i + 1]) && all[i + 1].attempt > all[i].attempt) continue;
      // A request that was asked until its answer changed is sent once, after as long.
      if (i + 1 < all.size() && same_request(all[i], all[i + 1]) && all[i].request.method != "POST" &&
          !collected_next) {
        ++asked_before_;
        continue;
      }
      add(all[i]);
      asked_before_ = 0;
      if (!possible_ || commands_.size() > kScript) return "";
    }
    if (commands_.empty()) return "";
    return heading() + std::string(kScriptBegin) + fmt::format("was={}\n\n", shell_word(repositories_)) + files_ +
           commands_ + std::string(kScriptEnd);
  }

 private:
  // One exchange, as far as those after it may need it.
  struct Answered {
    std::size_t number;
    std::string location;                 // resolved; of uploads and redirects only
    std::vector<std::string> next_pages;  // resolved
  };

  static std::string comment(std::string_view label, const std::string& value) {
    return fmt::format("# {}: {}\n", label, one_line(value, 600));
  }

  std::string heading() const {
    std::string out = fmt::format("{}{} ({}), sent again by curl.\n", kCurlScriptMark, one_line(check_.id, 200),
                                  spec::name(check_.edition));
    out += comment("Rule", fmt::format("{} ({}): {}", check_.requirement, spec::name(check_.level),
                                       run_.wording_of(check_.requirement)));
    out += comment("Section", check_.source);
    if (check_.findings.empty()) return out + comment("Seen", headline(check_, 600));
    const auto& finding = check_.findings.front();
    out += comment("Expected", finding.expected) + comment("Came", finding.actual);
    return finding.note.empty() ? out : out + comment("Note", finding.note);
  }

  // The part of the target that the URL begins with; a run of several parts names several.
  std::string base_of(const std::string& url) const {
    const auto& targets = run_.target_url;
    for (std::size_t from = 0; from < targets.size();) {
      const auto end = std::min(targets.find(", ", from), targets.size());
      std::string base = targets.substr(from, end - from);
      while (base.ends_with('/')) base.pop_back();
      if (url.starts_with(base + "/")) return base;
      from = end + 2;
    }
    return "";
  }

  // A word of the shell in which the names of this run's repositories are those of the script's.
  std::string with_own_repositories(const std::string& text_of_url) const {
    if (repositories_.empty()) return shell_word(text_of_url);
    std::string word;
    std::size_t from = 0;
    const auto encoded = http::percent_encode(repositories_);
    while (from < text_of_url.size()) {
      const auto plain_at = text_of_url.find(repositories_, from);
      const auto encoded_at = text_of_url.find(encoded, from);
      const auto at = std::min(plain_at, encoded_at);
      if (at != from) word += shell_word(text_of_url.substr(from, std::min(at, text_of_url.size()) - from));
      if (at == std::string::npos) break;
      word += at == plain_at ? "\"$repo\"" : "\"$repo_encoded\"";
      from = at + (at == plain_at ? repositories_ : encoded).size();
    }
    return word;
  }

  // What an earlier answer named is taken from that answer's repetition.
  std::string url_word(const std::string& url) const {
    for (auto earlier = answered_.rbegin(); earlier != answered_.rend(); ++earlier) {
      if (!earlier->location.empty() && url.starts_with(earlier->location)) {
        const auto rest = url.substr(earlier->location.size());
        if (rest.empty() || rest[0] == '?' || rest[0] == '&') {
          if (rest.empty()) return fmt::format("\"$(location {})\"", earlier->number);
          return fmt::format("\"$(location_with {} {})\"", earlier->number, with_own_repositories(rest.substr(1)));
        }
      }
      if (std::ranges::find(earlier->next_pages, url) != earlier->next_pages.end()) {
        return fmt::format("\"$(next_page {})\"", earlier->number);
      }
    }
    const auto base = base_of(url);
    return base.empty() ? with_own_repositories(url) : "\"$url\"" + with_own_repositories(url.substr(base.size()));
  }

  void remember(const http::Exchange& exchange, std::size_t number_of_it) {
    const auto url = http::Url::parse(exchange.request.url);
    if (!exchange.response || !url) return;
    const auto headers = http::Headers(exchange.response->headers);
    const int status = exchange.response->status;
    Answered answer{number_of_it, "", {}};
    if (const auto location = headers.get("Location");
        location && (status == 202 || status == 204 || status / 100 == 3)) {
      if (const auto place = http::resolve(*url, *location)) answer.location = place->text();
    }
    for (const auto& link : http::read_links(headers).with_relation("next")) {
      if (const auto page = http::resolve(*url, link.target)) answer.next_pages.push_back(page->text());
    }
    answered_.push_back(std::move(answer));
  }

  // The name of the file that holds the body, which is written once.
  std::string file_of(const std::string& digest) {
    const std::string name = "body-" + digest.substr(digest.find(':') + 1, 12);
    if (!written_.insert(digest).second) return name;
    const std::string bytes = bodies_.beginning(digest, kWholeBody);
    if (!bodies_.has(digest) || bytes.size() != bodies_.size(digest)) {
      possible_ = false;
      return name;
    }
    const bool textual = valid_utf8(bytes) == bytes && visible(bytes) == bytes && bytes.find('\r') == std::string::npos;
    if (textual) {
      files_ += fmt::format("printf %s {} >\"$folder/{}\"\n", shell_word(bytes), name);
    } else {
      files_ += fmt::format("base64 -d >\"$folder/{}\" <<'END'\n", name);
      const std::string encoded = oci::base64_of(bytes);
      for (std::size_t i = 0; i < encoded.size(); i += 76) files_ += encoded.substr(i, 76) + "\n";
      files_ += "END\n";
    }
    return name;
  }

  std::string header_options(const http::Headers& headers) const {
    std::string out;
    for (const auto& line : headers.lines()) {
      if (std::ranges::find(kNotSent, lower(line.name)) != kNotSent.end()) continue;
      if (line.value.find("REDACTED") != std::string::npos) continue;
      // With a semicolon curl sends an empty value; with a colon it would leave the line out.
      out += " -H " + shell_word(line.value.empty() ? line.name + ";" : line.name + ": " + line.value);
    }
    for (const char* unasked : {"Accept", "Content-Type"}) {
      if (!headers.has(unasked)) out += fmt::format(" -H {}:", unasked);
    }
    return out;
  }

  // What the script compares: the status, the header lines that the specifications mention, a list's body.
  std::string answer_word(const http::Exchange& exchange) const {
    if (!exchange.response) return "000";
    const auto& response = *exchange.response;
    const auto headers = http::Headers(response.headers);
    std::string words = std::to_string(response.status);
    for (const char* name : kComparedHeaders) {
      std::string values;
      for (const auto& each : headers.all(name)) values += (values.empty() ? "" : ", ") + each;
      if (!values.empty()) words += fmt::format(" {}={}", name, values);
    }
    const auto& digest = response.body_digest;
    const bool listing = exchange.request.method == "GET" && response.status == 200;
    if (listing && !digest.empty()) words += " body=" + digest.substr(digest.find(':') + 1);
    return words;
  }

  void add(const http::Exchange& exchange) {
    const auto& [method, url, header_lines, digest, whole] = exchange.request;
    if (!whole) possible_ = false;
    const std::size_t number_of_it = ++count_;
    if (asked_before_ > 0) {
      commands_ += fmt::format("sleep {}  # it was asked {} times until this answer came\n", asked_before_ > 5 ? 2 : 1,
                               asked_before_ + 1);
    }
    std::string options = header_options(http::Headers(header_lines));
    if (!digest.empty()) {
      options += fmt::format(" --data-binary @\"$folder/{}\"", file_of(digest));
    } else if (method == "POST" || method == "PUT" || method == "PATCH") {
      options += " --data-binary ''";
    }
    if (url.find("/.") != std::string::npos) options += " --path-as-is";
    commands_ += fmt::format("send {} {} {} {}{}\n", number_of_it, shell_word(answer_word(exchange)),
                             shell_word(method), url_word(url), options);
    remember(exchange, number_of_it);
  }

  const SavedRun& run_;
  const SavedCheck& check_;
  const Bodies& bodies_;
  std::string repositories_;  // what all names of the run's repositories begin with
  std::string files_;
  std::string commands_;
  std::set<std::string> written_;
  std::vector<Answered> answered_;
  std::size_t count_ = 0;
  std::size_t asked_before_ = 0;
  bool possible_ = true;
};

}  // namespace

std::string curl_script(const SavedRun& run, const SavedCheck& check, const Bodies& bodies) {
  return CurlScript(run, check, bodies).render();
}

bool has_script(const SavedCheck& check) {
  return check.outcome == Outcome::kFailed || check.outcome == Outcome::kWarned;
}

std::string curl_script_file(const SavedCheck& check) {
  std::string name;
  for (const char c : std::string(spec::name(check.edition)) + "." + check.id) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '-' ? c : '_';
  }
  return "reproduce/" + name.substr(0, 200) + ".sh";
}

}  // namespace referee::reports
