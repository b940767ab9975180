#include "harness/engine/wording/wording.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace referee::engine {
namespace {

using std::string_view;

bool take(string_view& text, string_view beginning) {
  if (!text.starts_with(beginning)) return false;
  text.remove_prefix(beginning.size());
  return true;
}

void replace_all(std::string& text, string_view what, string_view with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

// Of "referrer that is missing", the first part is what there are several of.
std::string plural(string_view noun) {
  for (const string_view behind : {" that ", " of ", " in ", " to ", " with ", " without ", " at ", " on "}) {
    const auto at = noun.find(behind);
    if (at == string_view::npos) continue;
    auto rest = std::string(noun.substr(at));
    replace_all(rest, " is ", " are ");
    replace_all(rest, " has ", " have ");
    return plural(noun.substr(0, at)) + rest;
  }
  if (noun.ends_with('s')) return std::string(noun) + "es";
  const bool vowel = noun.size() > 1 && string_view("aeiou").find(noun[noun.size() - 2]) != string_view::npos;
  if (noun.ends_with('y') && !vowel) return std::string(noun.substr(0, noun.size() - 1)) + "ies";
  return std::string(noun) + "s";
}

// Where the text that begins at `begin` with a quotation mark or a bracket ends: after its counterpart.
std::size_t end_of_group(string_view text, std::size_t begin) {
  int open = 0;
  bool quoted = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\') {
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && c == '(') {
      ++open;
    } else if (!quoted && c == ')') {
      --open;
    }
    if (open == 0 && !quoted) return at + 1;
  }
  return string_view::npos;
}

// The parts of "(A) and (B)"; nothing for what is not made so.
struct Composite {
  std::vector<string_view> parts;
  string_view joint;
};
std::optional<Composite> composite_of(string_view text) {
  Composite found;
  while (text.starts_with('(')) {
    const auto end = end_of_group(text, 0);
    if (end == string_view::npos) return std::nullopt;
    found.parts.push_back(text.substr(1, end - 2));
    text.remove_prefix(end);
    if (text.empty()) return found.parts.size() > 1 ? std::optional(found) : std::nullopt;
    const string_view joint = text.starts_with(" and ") ? " and " : " or ";
    if (!take(text, joint)) return std::nullopt;
    if (!found.joint.empty() && found.joint != joint) return std::nullopt;
    found.joint = joint;
  }
  return std::nullopt;
}

std::string joined(const Composite& composite, string_view noun) {
  std::string words;
  for (const auto part : composite.parts) {
    if (!words.empty()) words += composite.joint;
    words += composite_of(part) ? fmt::format("({})", in_words(part, noun)) : in_words(part, noun);
  }
  return words;
}

// "element #0 is equal to 1,\nelement #1 is equal to 2" and similar texts: what each of them is.
std::string of_each_line(string_view lines, string_view noun) {
  std::vector<std::string> words;
  while (!lines.empty()) {
    auto line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(line.size() + 1, lines.size()));
    for (const string_view ending : {", and", ","}) {
      if (line.ends_with(ending)) line.remove_suffix(ending.size());
    }
    take(line, " - ");
    if (take(line, "element #")) line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
    take(line, "an element ");
    if (!line.empty()) words.push_back(in_words(line, noun));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

// What is said of several: "only contains elements that X", "has 2 elements where ...".
std::optional<std::string> of_several(string_view text, string_view noun) {
  if (take(text, "only contains elements that ")) return fmt::format("each {}: {}", noun, in_words(text, noun));
  if (take(text, "contains at least one element that "))
    return fmt::format("at least one {}: {}", noun, in_words(text, noun));
  if (take(text, "doesn't contain any element that ")) return fmt::format("no {}: {}", noun, in_words(text, noun));
  if (take(text, "contains some element that ")) return fmt::format("some {}: {}", noun, in_words(text, noun));
  if (take(text, "a surjection from elements to requirements exists such that:\n"))
    return fmt::format("at least these {}: {}", plural(noun), of_each_line(text, noun));
  if (take(text, "an injection from elements to requirements exists such that:\n"))
    return fmt::format("no {} but these: {}", plural(noun), of_each_line(text, noun));
  if (take(text, "has 1 element that ") || take(text, "has 1 element and that element "))
    return fmt::format("one {}: {}", noun, in_words(text, noun));
  if (take(text, "has ")) {
    const auto number = text.substr(0, text.find_first_not_of("0123456789"));
    text.remove_prefix(number.size());
    if (number.empty()) return std::nullopt;
    if (take(text, " elements and there exists some permutation of elements such that:\n"))
      return fmt::format("these {} in any order: {}", plural(noun), of_each_line(text, noun));
    if (take(text, " elements where\n"))
      return fmt::format("these {} in this order: {}", plural(noun), of_each_line(text, noun));
    return std::nullopt;
  }
  if (take(text, "size is equal to "))
    return fmt::format("{} {}", text, text == "1" ? std::string(noun) : plural(noun));
  if (take(text, "size ")) return fmt::format("a number of {} that is {}", plural(noun), in_words(text, noun));
  if (text == "is empty") return fmt::format("no {}", plural(noun));
  if (text == "isn't empty") return fmt::format("at least one {}", noun);
  return std::nullopt;
}

// Beginnings that have their own words; what follows is kept as it is.
constexpr std::array<std::pair<string_view, string_view>, 33> kBeginnings = {{
    {"is equal to ", ""},
    {"isn't equal to ", "anything but "},
    {"is <= ", "at most "},
    {"is < ", "less than "},
    {"is >= ", "at least "},
    {"is > ", "more than "},
    {"isn't <= ", "more than "},
    {"isn't < ", "at least "},
    {"isn't >= ", "less than "},
    {"isn't > ", "at most "},
    {"starts with ", "a text that begins with "},
    {"doesn't start with ", "a text that does not begin with "},
    {"has substring ", "a text with "},
    {"has no substring ", "a text without "},
    {"lists exactly nothing", "a list without entries"},
    {"does not list exactly nothing", "a list with entries"},
    {"lists exactly ", "a list of exactly "},
    {"does not list exactly ", "a list of others than exactly "},
    {"does not list all of ", "a list that lacks some of "},
    {"does not list ", "a list without "},
    {"lists all of ", "a list with all of "},
    {"lists in the order ", "a list in the order "},
    {"lists ", "a list with "},
    {"shows ", ""},
    {"consists of ", "made of "},
    {"holds ", ""},
    {"can be read as a list", "a list that can be read"},
    {"has a key that is equal to ", ""},
    {"is not ", "not "},
    {"isn't ", "not "},
    {"is ", ""},
    {"are ", ""},
    {"has ", ""},
}};

// What the matcher says of a value that the printed value shows already, or that names no fault.
constexpr std::array<string_view, 7> kIdle = {"whose status is ",   "whose value ",         "whose first field",
                                              "whose second field", "where the following ", "whose size is ",
                                              "whose size "};

std::vector<string_view> parts_of(string_view explanation) {
  std::vector<string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < explanation.size(); ++at) {
    if (explanation[at] == '"') {
      const auto end = end_of_group(explanation, at);
      if (end == string_view::npos) break;
      at = end - 1;
    } else if (explanation.substr(at).starts_with(", ") || explanation.substr(at).starts_with(" and wh")) {
      parts.push_back(explanation.substr(begin, at - begin));
      begin = at + (explanation[at] == ',' ? 2 : 5);
      if (explanation.substr(begin).starts_with("and ")) begin += 4;
      at = begin - 1;
    }
  }
  if (begin < explanation.size()) parts.push_back(explanation.substr(begin));
  return parts;
}

bool is_idle(string_view part) {
  for (const auto beginning : kIdle) {
    if (part.starts_with(beginning)) return true;
  }
  return part.starts_with("which has ") && (part.ends_with(" elements") || part.ends_with(" element"));
}

// "whose element #0 doesn't match": the first of them.
std::optional<std::string> ordinal_in(string_view part, string_view noun) {
  if (!take(part, "whose element #")) return std::nullopt;
  const auto digits = part.substr(0, part.find_first_not_of("0123456789"));
  if (digits.empty() || digits.size() > 6) return std::nullopt;
  return fmt::format("{} number {}", noun, std::stoi(std::string(digits)) + 1);
}

std::string explained(string_view explanation, string_view noun) {
  std::string words;
  bool after_ordinal = false;
  for (const auto part : parts_of(explanation)) {
    if (part.starts_with("where the following ")) break;
    if (is_idle(part)) continue;
    const auto ordinal = part.ends_with(" matches") ? std::nullopt : ordinal_in(part, noun);
    if (part.starts_with("whose element #") && !ordinal) continue;
    words += words.empty() ? "" : after_ordinal ? ": " : ", ";
    words += ordinal ? "at fault: " + *ordinal : std::string(part);
    after_ordinal = ordinal.has_value();
  }
  return words;
}

// Of an optional or a list that was printed in brackets, what is in them.
std::string unwrapped(string_view printed) {
  const bool optional = printed.starts_with('(') && end_of_group(printed, 0) == printed.size() &&
                        printed.find_first_of("\"-0123456789") == 1;
  if (optional) return std::string(printed.substr(1, printed.size() - 2));
  const bool several = printed.starts_with("{ ") && printed.ends_with(" }");
  return std::string(several ? printed.substr(2, printed.size() - 4) : printed);
}

}  // namespace

std::string counted(std::size_t count, string_view noun) {
  return fmt::format("{} {}", count, count == 1 ? std::string(noun) : plural(noun));
}

std::string in_words(string_view text, string_view noun) {
  if (const auto composite = composite_of(text)) return joined(*composite, noun);
  if (const auto several = of_several(text, noun)) return *several;
  for (const string_view optional : {"value is ", "value isn't "}) {
    if (text.starts_with(optional)) return in_words(text.substr(string_view("value ").size()), noun);
  }
  static constexpr string_view kStatuses = "has a status within ";
  if (text.starts_with(kStatuses) && text.size() == kStatuses.size() + 3)
    return fmt::format("a {} status", text.substr(kStatuses.size()));
  if (take(text, "is an object whose field `")) {
    const auto name = text.substr(0, text.find('`'));
    text.remove_prefix(std::min(name.size() + 2, text.size()));
    return named_in_words(name, in_words(text, noun));
  }
  for (const auto& [beginning, instead] : kBeginnings) {
    if (!take(text, beginning)) continue;
    return std::string(instead) + unwrapped(text);
  }
  return std::string(text);
}

std::string came_in_words(string_view printed, string_view explanation, string_view noun) {
  if (printed == "(nullopt)" || explanation == "which is not engaged") return "nothing";
  std::string came = unwrapped(printed);
  if (printed == "\"\"") came = "an empty text";
  if (printed == "{}" || printed == "{ }") came = "no " + plural(noun);
  const auto more = explained(explanation, noun);
  return more.empty() ? came : came + ", " + more;
}

std::string listed_in_words(string_view name, string_view words) { return fmt::format("{}: {}", plural(name), words); }

std::string named_in_words(string_view name, string_view words) {
  if (words == "nothing" || words == "no items") return fmt::format("no {}", name);
  static constexpr std::array<string_view, 6> kValues = {"at most",   "less than", "at least",
                                                         "more than", "anything",  "an empty"};
  const char first = words.empty() ? ' ' : words.front();
  bool is_value = words == "null" || first == '"' || first == '{' || first == '-' || (first >= '0' && first <= '9');
  for (const auto value : kValues) is_value = is_value || words.starts_with(value);
  return fmt::format("{}{} {}", name, is_value ? "" : ":", words);
}

}  // namespace referee::engine
