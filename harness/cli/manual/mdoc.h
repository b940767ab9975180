// Plain text as lines of mdoc(7), the language of manual pages.
#pragma once

#include <string>
#include <string_view>

namespace referee::cli {

/// Text as input lines: each sentence begins a line, none is longer than 78 bytes unless one word is, and no character
/// of it is taken for markup. Ends with a line break; empty for an empty text.
std::string mdoc_text(std::string_view text);

/// One word as the argument of a macro.
std::string mdoc_word(std::string_view word);

/// A help text, which begins in lower case and ends without a full stop, as a sentence.
std::string as_sentence(std::string text);

}  // namespace referee::cli
