#include "harness/cli/manual/mdoc.h"

#include <cctype>
#include <sstream>

namespace referee::cli {
namespace {

constexpr std::size_t kLineWidth = 78;

// What roff would read as markup, or show as another character: a hyphen for the minus of an option, quotes that curl.
std::string roff_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '\\':
        result += "\\e";
        break;
      case '-':
        result += "\\-";
        break;
      case '`':
        result += "\\(ga";
        break;
      case '\'':
        result += "\\(aq";
        break;
      case '~':
        result += "\\(ti";
        break;
      case '^':
        result += "\\(ha";
        break;
      default:
        result += c;
    }
  }
  return result;
}

// A word that roff may not divide: an option, a URL, a variable or what else is typed as it is shown.
std::string roff_unbroken(const std::string& word) {
  const auto typed = word.find_first_of("/_=") != std::string::npos || word.find("--") != std::string::npos;
  return (typed ? "\\%" : "") + roff_escaped(word);
}

bool ends_sentence(const std::string& word) {
  return word.ends_with('.') || word.ends_with('?') || word.ends_with('!');
}

}  // namespace

std::string mdoc_text(std::string_view text) {
  std::string result;
  std::string line;
  const auto end_line = [&] {
    if (line.empty()) return;
    // A full stop at the beginning of a line begins a macro.
    result += (line.front() == '.' ? "\\&" : "") + line + "\n";
    line.clear();
  };
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    const auto shown = roff_unbroken(word);
    if (line.size() + 1 + shown.size() > kLineWidth) end_line();
    line += (line.empty() ? "" : " ") + shown;
    if (ends_sentence(word)) end_line();
  }
  end_line();
  return result;
}

std::string mdoc_word(std::string_view word) {
  auto shown = roff_escaped(word);
  if (shown.find(' ') != std::string::npos) shown = "\"" + shown + "\"";
  // A word of two letters, or a single mark, may be the name of a macro.
  return shown.size() <= 3 ? "\\&" + shown : shown;
}

std::string as_sentence(std::string text) {
  if (text.empty()) return text;
  text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return ends_sentence(text) ? text : text + ".";
}

}  // namespace referee::cli
