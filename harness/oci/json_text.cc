#include "harness/oci/json_text.h"

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

}  // namespace

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
  for (std::size_t at = all.find('\\'); at < all.size(); at = all.find('\\', at)) {
    const unsigned value = escape_at(all, at);
    if (between(value, 0xD800, 0xDBFF) && between(escape_at(all, at + 6), 0xDC00, 0xDFFF)) {
      at += 12;
    } else if (between(value, 0xD800, 0xDFFF)) {
      all.replace(at, 6, "\\uFFFD");
      ++repaired.count;
      at += 6;
    } else {
      at += 2;  // whatever is escaped, a backslash included, does not begin an escape itself
    }
  }
  return repaired;
}

}  // namespace referee::oci
