#include "reports/formats/ctrf.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/narrative/plain_text.h"
#include "reports/narrative/story.h"

namespace referee::reports {
namespace {

constexpr std::size_t kCtrfMessage = 1'000;
constexpr std::size_t kTrace = 32'000;
constexpr std::array kStatuses = {"passed", "failed", "skipped", "pending", "other"};

std::int64_t milliseconds(double seconds) { return std::llround(std::max(seconds, 0.0) * 1000); }

// Since 1970, of "2026-11-23T16:40:00.250Z"; 0 for any other text.
std::int64_t epoch_milliseconds(const std::string& time) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hour = 0;
  int minute = 0;
  double second = 0;
  if (std::sscanf(time.c_str(), "%4d-%2u-%2uT%2d:%2d:%lfZ", &year, &month, &day, &hour, &minute, &second) != 6)
    return 0;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return 0;
  const auto midnight = std::chrono::sys_days(date).time_since_epoch();
  const auto minutes = std::chrono::hours(hour) + std::chrono::minutes(minute);
  return std::chrono::duration_cast<std::chrono::milliseconds>(midnight + minutes).count() + milliseconds(second);
}

std::string status_of(const Results& results, const Results& check) {
  if (not_run(check)) return "pending";
  const auto outcome = effective_outcome(results, check);
  if (outcome == "failed" || outcome == "error" || outcome == "unexpected pass") return "failed";
  return outcome == "skipped" || outcome == "blocked" || outcome == "known" ? "skipped" : "passed";
}

Results test_of(const Results& results, const Results& check, const Bodies& bodies) {
  const auto id = text(check, "id");
  const auto outcome = text(check, "outcome");
  Results test = {{"name", one_line(id.substr(id.find('.') + 1), kCtrfMessage)},
                  {"status", status_of(results, check)},
                  {"duration", milliseconds(number(check, "seconds"))},
                  {"suite", Results::array({text(check, "spec"), id.substr(0, id.find('.'))})},
                  {"rawStatus", not_run(check) ? "not run" : outcome},
                  {"tags", Results::array({text(check, "level"), text(check, "requirement")})}};
  if (outcome != "passed") {
    test["message"] = visible(headline(check, kCtrfMessage));
    test["trace"] = visible(capped(story(results, check, bodies), kTrace));
  }
  test["extra"] = {{"requirement", text(check, "requirement")},
                   {"level", text(check, "level")},
                   {"edition", text(check, "spec")},
                   {"source", text(check, "source")}};
  return test;
}

}  // namespace

std::string ctrf(const Results& results) {
  const Bodies bodies(results);
  std::map<std::string, int> counts;
  Results tests = Results::array();
  for (const auto& check : list(results, "checks")) {
    tests.push_back(test_of(results, check, bodies));
    ++counts[text(tests.back(), "status")];
  }
  const auto start = epoch_milliseconds(text(results, "started"));
  Results summary = {{"tests", tests.size()}};
  for (const char* status : kStatuses) summary[status] = counts[status];
  summary["start"] = start;
  summary["stop"] = start + milliseconds(number(results, "seconds"));
  const Results& tool = member(results, "tool");
  Results report = {{"reportFormat", "CTRF"}, {"specVersion", "0.0.0"}};
  report["results"] = {{"tool", {{"name", text(tool, "name")}, {"version", text(tool, "version")}}},
                       {"summary", std::move(summary)},
                       {"tests", std::move(tests)},
                       {"extra",
                        {{"verdict", text(results, "verdict")},
                         {"complete", flag(results, "complete", true)},
                         {"target", text(member(results, "target"), "url")}}}};
  return report.dump(1, ' ', false, Results::error_handler_t::replace) + "\n";
}

}  // namespace referee::reports
