#include "reports/plain_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/oci/json_text.h"

namespace referee::reports {
namespace {

struct CodePoint {
  char32_t value;
  std::size_t size;  // bytes
};

// The first code point of a well-formed text that is not empty.
CodePoint first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xe0) return {(lead & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  if (lead < 0xf0) return {(lead & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
  return {(lead & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f), 4};
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// At most `limit` bytes from the front, ending between code points.
std::string_view front(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && continues(text[limit])) --limit;
  return text.substr(0, limit);
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// How many bytes at the front are printable ASCII, which needs no looking at: nearly all of what there is.
std::size_t plain_front(std::string_view text) {
  const auto end = std::ranges::find_if(text, [](char c) { return c < 0x20 || c > 0x7e; });
  return static_cast<std::size_t>(end - text.begin());
}

// XML 1.0, production Char; surrogates cannot occur in well-formed UTF-8.
bool allowed_in_xml(char32_t c) { return c == '\t' || c == '\n' || (c >= 0x20 && c != 0xfffe && c != 0xffff); }

// Characters that show nothing of themselves, or change how others are shown.
bool deceptive(char32_t c) {
  const auto within = [c](char32_t low, char32_t high) { return c >= low && c <= high; };
  return within(0x200b, 0x200f) || within(0x2028, 0x202e) || within(0x2060, 0x206f) || within(0xfff9, 0xfffb) ||
         within(0xe0000, 0xe007f) || within(0x7f, 0x9f) || c == 0xad || c == 0x61c || c == 0x180e || c == 0xfeff ||
         (c & 0xfffe) == 0xfffe;
}

// Puts a blank after `opening` wherever `binds` holds for the character that follows it.
template <typename Binds>
std::string break_up(std::string text, std::string_view opening, Binds binds) {
  for (std::size_t at = text.find(opening); at != std::string::npos; at = text.find(opening, at + 1)) {
    const std::size_t after = at + opening.size();
    if (after < text.size() && binds(text[after])) text.insert(at + 1, 1, ' ');
  }
  return text;
}

// As the public one, of a text that is itself the beginning of one of `whole` bytes.
std::string capped_of(std::string_view text, std::size_t limit, std::size_t whole) {
  constexpr std::size_t kRoomForNotice = 90;
  limit = std::max<std::size_t>(limit, 100);
  if (text.size() <= limit) return std::string(text);
  const auto kept = front(text, limit - kRoomForNotice);
  return fmt::format("{}\n[cut: the first {} of {} bytes; results.json has more]", kept, kept.size(), whole);
}

// As HTML wants the character, between tags or in a quoted attribute.
void append_escaped(char c, std::string& out) {
  switch (c) {
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '&':
      out += "&amp;";
      break;
    case '"':
      out += "&quot;";
      break;
    default:
      out += c;
  }
}

}  // namespace

std::string valid_utf8(std::string_view bytes) {
  const bool ascii = std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? std::string(bytes) : oci::repair_utf8(bytes).text;
}

std::string capped(std::string_view text, std::size_t limit) { return capped_of(text, limit, text.size()); }

std::string xml_text(std::string_view text, std::size_t limit) {
  // What is far beyond the limit would be cut anyway; megabytes need not be looked at.
  const std::string valid = valid_utf8(text.size() > 4 * limit ? text.substr(0, 4 * limit) : text);
  std::string kept;
  kept.reserve(valid.size());
  for (std::string_view rest = valid; !rest.empty();) {
    if (const std::size_t plain = plain_front(rest); plain > 0) {
      kept.append(rest, 0, plain);
      rest.remove_prefix(plain);
      continue;
    }
    const auto c = first_of(rest);
    if (c.value == '\r') {
      if (!rest.starts_with("\r\n")) kept += '\n';
    } else if (allowed_in_xml(c.value)) {
      kept.append(rest, 0, c.size);
    }
    rest.remove_prefix(c.size);
  }
  return capped_of(break_up(std::move(kept), "[[", letter), limit, text.size());
}

std::string visible(std::string_view text) {
  const std::string valid = valid_utf8(text);
  std::string shown;
  shown.reserve(valid.size());
  for (std::string_view rest = valid; !rest.empty();) {
    if (const std::size_t plain = plain_front(rest); plain > 0) {
      shown.append(rest, 0, plain);
      rest.remove_prefix(plain);
      continue;
    }
    const auto c = first_of(rest);
    if (c.value < 0x20 && c.value != '\n' && c.value != '\t') {
      if (!rest.starts_with("\r\n")) shown += fmt::format("\\x{:02x}", static_cast<unsigned>(c.value));
    } else if (deceptive(c.value)) {
      shown += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c.value));
    } else {
      shown.append(rest, 0, c.size);
    }
    rest.remove_prefix(c.size);
  }
  return break_up(std::move(shown), "##", [](char c) { return c == '[' || letter(c); });
}

std::string one_line(std::string_view text, std::size_t limit) {
  std::string line;
  for (const char c : visible(text.substr(0, 4 * limit))) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (!blank) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  if (line.size() > limit || text.size() > 4 * limit) {
    line = std::string(front(line, limit < 3 ? 0 : limit - 3)) + "...";
  }
  return line;
}

std::string inert_html(std::string_view text, std::size_t limit) {
  std::string out;
  for (const char c : visible(capped(text, limit))) append_escaped(c, out);
  return out;
}

std::string inert_markdown(std::string_view text, std::size_t limit) {
  std::string out;
  for (const char c : one_line(text, limit)) {
    if (c == '"') {
      out += c;  // is not put into attributes, and stays readable
      continue;
    }
    if (std::string_view("|*_`[]\\").find(c) != std::string_view::npos) out += '\\';
    append_escaped(c, out);
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

}  // namespace referee::reports
