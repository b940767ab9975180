#include "suites/proof/plain_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <regex>

namespace referee::proof {
namespace {

// The language of matchers and of C++, as patterns. What a registry sent is quoted in texts: quotations are taken out
// before these are tried.
struct Pattern {
  const char* what;
  const char* expression;
};
constexpr std::array kForbidden = std::to_array<Pattern>({
    {"a matcher's comparison", R"(\b(is|isn't) (not )?equal to\b|\b(is|isn't) [<>])"},
    {"empty without a noun", R"((^|: )(is|isn't|is not) empty\b|\bno items\b)"},
    {"an address", R"(\b0x[0-9a-f]+\b)"},
    {"the bytes of an object", R"(-byte object <|\bobject <)"},
    {"an optional", R"(\bnullopt\b|\bengaged\b|^\("")"},
    {"the number of an element", R"(\belements? #|\belements? that\b)"},
    {"source text", R"(\beventually\(|\bpair\.|::|&&|\|\||==|!=|<=|>=|->|\(\))"},
    {"a matcher on containers", R"(\bpermutation|\bsurjection|\bonly contains\b|\bcontains at least\b|\bis a pair\b)"},
    {"a matcher's grammar", R"(\b(doesn't|don't) match\b|\bfield does not match\b|\bgiven property\b|\bfield that\b)"},
    {"a printed list", R"(^\{ )"},
    {"a number without its noun", R"(^-?[0-9]+$)"},
    {"a truth value", R"(^(true|false)\b)"},
    {"a text without its noun", R"(^""$)"},
    {"a sentence without a subject", R"(^(is|isn't|are|has|have|lists) )"},
    {"a general reason", R"(^the rule does not apply|^a premise of the check)"},
});

// A text that was cut within a quotation ends there.
std::string without_quotations(std::string_view text) {
  std::string kept;
  std::optional<char> quoted;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\') {
      ++at;
    } else if (quoted && c == *quoted) {
      quoted.reset();
      kept += "\"";
    } else if (!quoted && (c == '"' || c == '`')) {
      quoted = c;
      kept += "\"";
    } else if (!quoted) {
      kept += c;
    }
  }
  return kept;
}

// A body follows its size: "404, text/html, 20 bytes: <html>". What a registry sent is not for us to word.
std::string without_bodies(const std::string& text) {
  static constexpr std::string_view kSize = " bytes: ";
  const auto at = text.find(kSize);
  return at == std::string::npos ? text : text.substr(0, at + kSize.size());
}

constexpr std::size_t kLooked = 2'000;  // bytes: what follows is quoted bodies

}  // namespace

std::string_view name(Part part) {
  static constexpr std::array<std::string_view, 4> kNames = {"reason", "expected", "got", "note"};
  return kNames[static_cast<std::size_t>(part)];
}

std::vector<Text> texts_of(const engine::CheckResult& result) {
  std::vector<Text> texts;
  const auto add = [&](Part part, const std::string& words) {
    if (!words.empty()) texts.push_back({part, words});
  };
  if (result.findings.empty()) add(Part::kReason, result.reason);
  for (const auto& finding : result.findings) {
    if (finding.expected.empty() && finding.actual.empty()) add(Part::kNote, finding.message);
    add(Part::kExpected, finding.expected);
    add(Part::kActual, finding.actual);
    add(Part::kNote, finding.note);
  }
  return texts;
}

std::string unplain(const Text& text) {
  static const std::vector<std::pair<const char*, std::regex>> kPatterns = [] {
    std::vector<std::pair<const char*, std::regex>> made;
    for (const auto& [what, expression] : kForbidden) made.emplace_back(what, std::regex(expression));
    return made;
  }();
  const auto words = without_bodies(without_quotations(std::string_view(text.words).substr(0, kLooked)));
  for (const auto& [what, pattern] : kPatterns) {
    std::smatch found;
    if (std::regex_search(words, found, pattern)) return fmt::format("{}: '{}'", what, found.str());
  }
  return "";
}

std::vector<std::string> unplain_texts(const engine::CheckResult& result) {
  std::vector<std::string> lines;
  for (const auto& text : texts_of(result)) {
    if (const auto fault = unplain(text); !fault.empty()) {
      lines.push_back(fmt::format("{} {}: {} in: {}", result.id, name(text.part), fault, text.words));
    }
  }
  return lines;
}

}  // namespace referee::proof
