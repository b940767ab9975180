#include "reports/formats/badge.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/saved/results.h"

namespace referee::reports {
namespace {

std::string message_of(const SavedRun& run) {
  switch (run.verdict) {
    case RunVerdict::kNonConformant: {
      const int warned = run.strict_should ? run.counts.of(Outcome::kWarned) : 0;
      return fmt::format("{} failed", run.counts.of(Outcome::kFailed) + warned);
    }
    case RunVerdict::kNotJudged:
      return run.complete ? "not judged" : "incomplete";
    case RunVerdict::kConformant:
      break;
  }
  std::vector<std::string_view> editions;
  for (const auto& judged : run.editions) {
    if (judged.verdict == RunVerdict::kConformant) editions.push_back(spec::name(judged.edition));
  }
  return editions.empty() ? name(run.verdict) : fmt::format("{}", fmt::join(editions, ", "));
}

const char* color_of(RunVerdict verdict) {
  switch (verdict) {
    case RunVerdict::kConformant:
      return "brightgreen";
    case RunVerdict::kNonConformant:
      return "red";
    case RunVerdict::kNotJudged:
      break;
  }
  return "lightgrey";
}

}  // namespace

std::string badge(const SavedRun& run) {
  const Results json = {
      {"schemaVersion", 1}, {"label", "referrers"}, {"message", message_of(run)}, {"color", color_of(run.verdict)}};
  return json.dump(-1, ' ', false, Results::error_handler_t::replace) + "\n";
}

}  // namespace referee::reports
