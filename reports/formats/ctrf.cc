#include "reports/formats/ctrf.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/narrative/story.h"
#include "reports/plain_text.h"
#include "reports/saved/profile.h"

namespace referee::reports {
namespace {

constexpr std::size_t kCtrfMessage = 1'000;
constexpr std::size_t kTrace = 32'000;

// CTRF's own words for how a test ended.
enum class Status : std::uint8_t { kPassed, kFailed, kSkipped, kPending, kOther };
constexpr std::array kStatuses = {Status::kPassed, Status::kFailed, Status::kSkipped, Status::kPending, Status::kOther};

const char* name(Status status) {
  switch (status) {
    case Status::kPassed:
      return "passed";
    case Status::kFailed:
      return "failed";
    case Status::kSkipped:
      return "skipped";
    case Status::kPending:
      return "pending";
    case Status::kOther:
      break;
  }
  return "other";
}

std::int64_t milliseconds(double seconds) { return std::llround(std::max(seconds, 0.0) * 1000); }

std::int64_t epoch_milliseconds(http::WallTime time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

Status status_of(const SavedRun& run, const SavedCheck& check) {
  if (check.not_run) return Status::kPending;
  switch (standing(run, check)) {
    case Standing::kFailed:
    case Standing::kError:
    case Standing::kUnexpectedPass:
      return Status::kFailed;
    case Standing::kSkipped:
    case Standing::kBlocked:
    case Standing::kKnown:
      return Status::kSkipped;
    case Standing::kPassed:
    case Standing::kNoted:
    case Standing::kWarned:
      break;
  }
  return Status::kPassed;
}

Results test_of(const SavedRun& run, const SavedCheck& check, const Bodies& bodies) {
  const auto& id = check.id;
  Results test = {{"name", one_line(id.substr(id.find('.') + 1), kCtrfMessage)},
                  {"status", name(status_of(run, check))},
                  {"duration", milliseconds(check.seconds)},
                  {"suite", Results::array({spec::name(check.edition), id.substr(0, id.find('.'))})},
                  {"rawStatus", outcome_word(check)},
                  {"tags", Results::array({spec::name(check.level), check.requirement})}};
  if (check.outcome != Outcome::kPassed) {
    test["message"] = visible(headline(check, kCtrfMessage));
    test["trace"] = visible(capped(story(run, check, bodies), kTrace));
  }
  test["extra"] = {{"requirement", check.requirement},
                   {"level", spec::name(check.level)},
                   {"edition", spec::name(check.edition)},
                   {"source", check.source}};
  return test;
}

}  // namespace

std::string ctrf(const SavedRun& run) {
  const Bodies bodies(run.bodies);
  std::map<Status, int> counts;
  Results tests = Results::array();
  for (const auto& check : run.checks) {
    tests.push_back(test_of(run, check, bodies));
    ++counts[status_of(run, check)];
  }
  const auto start = epoch_milliseconds(run.started);
  Results summary = {{"tests", tests.size()}};
  for (const auto status : kStatuses) summary[name(status)] = counts[status];
  summary["start"] = start;
  summary["stop"] = start + milliseconds(run.seconds);
  Results report = {{"reportFormat", "CTRF"}, {"specVersion", "0.0.0"}};
  report["results"] = {{"tool", {{"name", run.tool.name}, {"version", run.tool.version}}},
                       {"summary", std::move(summary)},
                       {"tests", std::move(tests)},
                       {"extra",
                        {{"verdict", engine::name(run.verdict)},
                         {"profile", verdict_in_words(run)},
                         {"complete", run.complete},
                         {"target", run.target_url}}}};
  return report.dump(1, ' ', false, Results::error_handler_t::replace) + "\n";
}

}  // namespace referee::reports
