#include "harness/http/syntax/retry_after.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>

namespace referee::http {
namespace {

using std::chrono::seconds;

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;
constexpr seconds kForEver = std::chrono::hours(24 * 365 * 100);  // and small enough to be counted in nanoseconds

std::optional<int> month_number(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto found = std::ranges::find(kMonths, name);
  if (found == kMonths.end()) return std::nullopt;
  return static_cast<int>(found - kMonths.begin()) + 1;
}

struct DateParts {
  int year = 0, day = 0, hour = 0, minute = 0, second = 0;
  std::array<char, 4> month{};
};

// The three forms of RFC 9110, section 5.6.7; the name of the day is not compared with the date.
bool scan(const std::string& text, DateParts& p) {
  int used = 0;
  const auto whole = [&](int fields) { return fields == 6 && used == static_cast<int>(text.size()); };
  const auto comma = text.find(", ");
  if (comma == std::string::npos) {
    return text.size() > 4 && whole(std::sscanf(text.c_str(), "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n",
                                                p.month.data(), &p.day, &p.hour, &p.minute, &p.second, &p.year, &used));
  }
  if (whole(std::sscanf(text.c_str(), "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", &p.day, p.month.data(),
                        &p.year, &p.hour, &p.minute, &p.second, &used))) {
    return true;
  }
  used = 0;
  const bool obsolete = whole(std::sscanf(text.c_str(), "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", &p.day,
                                          p.month.data(), &p.year, &p.hour, &p.minute, &p.second, &used));
  p.year += p.year < 70 ? 2000 : 1900;
  return obsolete;
}

}  // namespace

std::optional<WallTime> read_http_date(std::string_view text) {
  DateParts parts;
  if (!scan(std::string(text), parts)) return std::nullopt;
  const auto month = month_number(parts.month.data());
  if (!month) return std::nullopt;
  // The clock counts nanoseconds and knows no years beyond these: a date outside is moved to the nearest.
  parts.year = std::clamp(parts.year, kFirstYear, kLastYear);
  const std::chrono::year_month_day date(std::chrono::year(parts.year), std::chrono::month(*month),
                                         std::chrono::day(parts.day));
  const auto in_range = [](int value, int high) { return value >= 0 && value <= high; };
  if (!date.ok() || !in_range(parts.hour, 23) || !in_range(parts.minute, 59) || !in_range(parts.second, 60)) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + std::chrono::hours(parts.hour) + std::chrono::minutes(parts.minute) +
         seconds(parts.second);
}

std::optional<seconds> retry_after(const Headers& headers, WallTime now) {
  const auto value = headers.get("Retry-After");
  if (!value || value->empty()) return std::nullopt;
  if (std::ranges::all_of(*value, [](char c) { return c >= '0' && c <= '9'; })) {
    std::uint32_t number = 0;
    const auto read = std::from_chars(value->data(), value->data() + value->size(), number);
    return read.ec == std::errc() ? seconds(number) : kForEver;
  }
  const auto date = read_http_date(*value);
  if (!date) return std::nullopt;
  return std::max(seconds(0), std::chrono::ceil<seconds>(*date - now));
}

}  // namespace referee::http
