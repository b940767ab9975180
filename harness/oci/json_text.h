// Repairs to a JSON text before it is parsed, counted so that they can be reported.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace referee::oci {

struct Repaired {
  std::string text;
  std::size_t count = 0;  // how many places were replaced
};

/// How many places each of the repairs below would replace; 0 for almost every text.
std::size_t count_invalid_utf8(std::string_view text);
std::size_t count_lone_surrogates(std::string_view text);

/// The text with every byte that is not part of well-formed UTF-8 (Unicode, table 3-7) replaced by U+FFFD.
Repaired repair_utf8(std::string_view text);

/// The JSON text with every \uD800 to \uDFFF that is not one half of a pair replaced by \uFFFD (RFC 8259, section 8.2).
Repaired repair_surrogates(std::string text);

}  // namespace referee::oci
