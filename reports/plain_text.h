// Making text from a registry harmless: whatever bytes come in, what goes out suits XML, a terminal or Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace referee::reports {

/// Well-formed UTF-8: every byte that is not part of it becomes U+FFFD.
std::string valid_utf8(std::string_view bytes);

/// The text if it has at most `limit` bytes; else its beginning and a line that says how much was cut, together at most
/// `limit` bytes. Cuts between code points. A `limit` under 100 is taken as 100.
std::string capped(std::string_view text, std::size_t limit);

/// Text for an XML 1.0 document, at most `limit` bytes before escaping: valid UTF-8 without the characters that XML
/// forbids, lines ended by LF, and nothing that readers of JUnit take for an attachment or a property ("[[NAME|").
std::string xml_text(std::string_view text, std::size_t limit);

/// Text whose every character shows: control characters but LF and TAB, and characters that are invisible or turn the
/// direction of writing, are written as escapes (\x1b, \u{202e}). What a CI service takes for a command ("##[...]") is
/// broken up.
std::string visible(std::string_view text);

/// The visible text on one line, at most `limit` bytes: white space becomes one blank, a cut shows as "...".
std::string one_line(std::string_view text, std::size_t limit);

/// The visible text, its beginning where it is longer than `limit` bytes, with nothing that HTML would take for its
/// own, between tags or in a quoted attribute.
std::string inert_html(std::string_view text, std::size_t limit = 4'000);

/// The text on one line, at most `limit` bytes before escaping, with nothing that Markdown, a table in it or HTML would
/// take for its own.
std::string inert_markdown(std::string_view text, std::size_t limit = 2'000);

/// The lines of the text, without their ends; a last empty line is left out.
std::vector<std::string_view> lines_of(std::string_view text);

}  // namespace referee::reports
