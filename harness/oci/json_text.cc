#include "harness/oci/json_text.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace referee::oci {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

bool between(unsigned value, unsigned low, unsigned high) { return value >= low && value <= high; }

// How many bytes the well-formed sequence at that place has; 0 if there is none.
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  const unsigned second = byte_at(text, at + 1);
  if (first < 0x80) return 1;
  if (between(first, 0xC2, 0xDF)) return between(second, 0x80, 0xBF) ? 2 : 0;
  const bool third = between(byte_at(text, at + 2), 0x80, 0xBF);
  if (between(first, 0xE0, 0xEF)) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return between(second, low, high) && third ? 3 : 0;
  }
  if (between(first, 0xF0, 0xF4)) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return between(second, low, high) && third && between(byte_at(text, at + 3), 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

// The value of the \uXXXX at that place; 0 if there is none.
unsigned escape_at(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\\u" || text.size() < at + 6) return 0;
  unsigned value = 0;
  const auto read = std::from_chars(text.data() + at + 2, text.data() + at + 6, value, 16);
  return read.ptr == text.data() + at + 6 ? value : 0;
}

// An escape of a JSON string: where it begins and ends, and whether it is half of a surrogate pair.
struct Escape {
  std::size_t at = 0;
  std::size_t end = 0;
  bool lone = false;
};

// The next one at or after `from`; at the text's end or beyond if there is none.
Escape next_escape(std::string_view text, std::size_t from) {
  const std::size_t at = std::min(text.find('\\', from), text.size());
  const unsigned value = escape_at(text, at);
  if (between(value, 0xD800, 0xDBFF) && between(escape_at(text, at + 6), 0xDC00, 0xDFFF)) return {at, at + 12, false};
  if (between(value, 0xD800, 0xDFFF)) return {at, at + 6, true};
  return {at, at + 2, false};  // whatever is escaped, a backslash included, does not begin an escape itself
}

}  // namespace

std::size_t count_invalid_utf8(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    count += length == 0;
    at += std::max<std::size_t>(length, 1);
  }
  return count;
}

std::size_t count_lone_surrogates(std::string_view text) {
  std::size_t count = 0;
  for (Escape escape = next_escape(text, 0); escape.at < text.size(); escape = next_escape(text, escape.end)) {
    count += escape.lone;
  }
  return count;
}

Repaired repair_utf8(std::string_view text) {
  Repaired repaired;
  repaired.text.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) {
      repaired.text += "\xEF\xBF\xBD";
      ++repaired.count;
      ++at;
    } else {
      repaired.text.append(text, at, length);
      at += length;
    }
  }
  return repaired;
}

Repaired repair_surrogates(std::string text) {
  Repaired repaired{std::move(text), 0};
  std::string& all = repaired.text;
  for (Escape escape = next_escape(all, 0); escape.at < all.size(); escape = next_escape(all, escape.end)) {
    if (!escape.lone) continue;
    all.replace(escape.at, 6, "\\uFFFD");
    ++repaired.count;
  }
  return repaired;
}

}  // namespace referee::oci
