#include "harness/http/message.h"

#include <algorithm>
#include <utility>

#include "harness/http/syntax/lexer.h"

namespace referee::http {

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::size_t size_of(const std::vector<HeaderLine>& lines) {
  std::size_t size = lines.size() * sizeof(HeaderLine);
  for (const auto& line : lines) size += line.name.size() + line.value.size();
  return size;
}

void Headers::add(std::string name, std::string value) { lines_.push_back({std::move(name), std::move(value)}); }

void Headers::set(std::string name, std::string value) {
  remove(name);
  add(std::move(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(lines_, [&](const HeaderLine& line) { return same_name(line.name, name); });
}

std::optional<std::string> Headers::get(std::string_view name) const {
  for (const HeaderLine& line : lines_) {
    if (same_name(line.name, name)) return line.value;
  }
  return std::nullopt;
}

std::vector<std::string> Headers::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const HeaderLine& line : lines_) {
    if (same_name(line.name, name)) values.push_back(line.value);
  }
  return values;
}

}  // namespace referee::http
