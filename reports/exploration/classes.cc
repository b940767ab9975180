#include "reports/exploration/classes.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "reports/exploration/class_table.h"

namespace referee::reports {
namespace {

bool is_status(std::string_view name) {
  return name.size() == 3 && name[0] >= '1' && name[0] <= '5' &&
         std::ranges::all_of(name, [](char c) { return c >= '0' && c <= '9'; });
}

std::string status_in_words(std::string_view status) {
  const auto known = std::ranges::find(status_words(), status, &StatusWords::status);
  return known == status_words().end() ? fmt::format("answered with status {}", status) : std::string(known->words);
}

// Without parentheses and what is in them.
std::string without_remarks(std::string_view text) {
  std::string plain;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) plain += c;
    if (c == ')' && depth > 0) --depth;
  }
  return plain;
}

// The parts between any of those separators, without blanks around them.
std::vector<std::string> parts_of(std::string_view text, std::string_view separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    std::string part(text.substr(0, end));
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    if (!part.empty()) parts.push_back(std::move(part));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + separator.size());
  }
}

}  // namespace

std::string class_in_words(std::string_view probe, std::string_view name) {
  const ClassWords* general = nullptr;
  for (const auto& row : class_words()) {
    const bool is_it =
        row.name.ends_with('*') ? name.starts_with(row.name.substr(0, row.name.size() - 1)) : name == row.name;
    if (!is_it) continue;
    if (!row.probe.empty() && probe == row.probe) return std::string(row.words);
    if (row.probe.empty() && general == nullptr) general = &row;
  }
  if (general != nullptr) return std::string(general->words);
  return is_status(name) ? status_in_words(name) : "";
}

std::vector<std::pair<std::string, std::string>> classes_of(std::string_view probe, std::string_view answer) {
  std::vector<std::pair<std::string, std::string>> classes;
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(classes, name, [](const auto& each) { return each.first; }) != classes.end()) return true;
    const auto words = class_in_words(probe, name);
    if (!words.empty()) classes.emplace_back(name, words);
    return !words.empty();
  };
  for (const auto& part : parts_of(without_remarks(answer), "; ")) {
    for (const auto& piece : parts_of(part.substr(0, part.find(": ")), ", ")) {
      if (add(piece)) continue;
      // "REJECT 400 DENIED": the class, the status, and a code that speaks for itself.
      for (const auto& word : parts_of(piece, " ")) add(word);
    }
  }
  return classes;
}

}  // namespace referee::reports
