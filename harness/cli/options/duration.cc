#include "harness/cli/options/duration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace referee::cli {
namespace {

constexpr double kYear = 365.0 * 24 * 3600 * 1000;

std::optional<double> unit_in_ms(std::string_view unit) {
  if (unit == "ms") return 1;
  if (unit == "s") return 1000;
  if (unit == "m" || unit == "min") return 60'000;
  if (unit == "h") return 3'600'000;
  return std::nullopt;
}

bool is_digit_or_dot(char c) { return (c >= '0' && c <= '9') || c == '.'; }

// Takes digits with at most one dot from the front.
std::optional<double> take_number(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_digit_or_dot);
  const std::string_view digits(text.begin(), end);
  double value = 0;
  const auto [stop, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  if (digits.empty() || error != std::errc() || stop != digits.data() + digits.size()) return std::nullopt;
  text.remove_prefix(digits.size());
  return value;
}

std::string_view take_unit(std::string_view& text) {
  const auto end = std::ranges::find_if(text, is_digit_or_dot);
  const std::string_view unit(text.begin(), end);
  text.remove_prefix(unit.size());
  return unit;
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const bool bare = std::ranges::all_of(text, is_digit_or_dot);
  double total = 0;
  while (!text.empty()) {
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    const auto unit = bare ? std::optional<double>(1000) : unit_in_ms(take_unit(text));
    if (!unit) return std::nullopt;
    total += *number * *unit;
  }
  if (total > kYear) return std::nullopt;
  return std::chrono::milliseconds(std::llround(total));
}

std::string show_duration(std::chrono::milliseconds span) {
  const auto count = span.count();
  if (count != 0 && count % 60'000 == 0) return fmt::format("{}m", count / 60'000);
  if (count % 1000 == 0) return fmt::format("{}s", count / 1000);
  return fmt::format("{}ms", count);
}

}  // namespace referee::cli
