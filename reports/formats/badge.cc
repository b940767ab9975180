#include "reports/formats/badge.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/saved/profile.h"
#include "reports/saved/results.h"

namespace referee::reports {
namespace {

std::string verdict_of(const SavedRun& run) {
  const std::string part = partial_because(run).empty() ? "" : "partial: ";
  switch (run.verdict) {
    case RunVerdict::kNonConformant: {
      const int warned = run.strict_should ? run.counts.of(Outcome::kWarned) : 0;
      return fmt::format("{}{} failed", part, run.counts.of(Outcome::kFailed) + warned);
    }
    case RunVerdict::kNotJudged:
      return run.complete ? part + "not judged" : "incomplete";
    case RunVerdict::kConformant:
      break;
  }
  std::vector<std::string> editions;
  for (const auto& judged : run.editions) {
    if (judged.verdict != RunVerdict::kConformant) continue;
    editions.push_back(std::string(spec::name(judged.edition)) +
                       (judged.offered.value_or(true) ? "" : " without the referrers API"));
  }
  return part + (editions.empty() ? name(run.verdict) : fmt::format("{}", fmt::join(editions, ", ")));
}

std::string message_of(const SavedRun& run) {
  const auto version = as_of(run);
  return verdict_of(run) + (version.empty() ? "" : fmt::format(" as of {}", version));
}

const char* color_of(const SavedRun& run) {
  switch (run.verdict) {
    case RunVerdict::kConformant:
      return is_whole_conformance(run) ? "brightgreen" : "yellow";
    case RunVerdict::kNonConformant:
      return "red";
    case RunVerdict::kNotJudged:
      break;
  }
  return "lightgrey";
}

}  // namespace

Badge badge_of(const SavedRun& run) {
  return {.label = "referrers", .message = message_of(run), .color = color_of(run)};
}

std::string badge_json(const Badge& badge) {
  const Results json = {
      {"schemaVersion", 1}, {"label", badge.label}, {"message", badge.message}, {"color", badge.color}};
  return json.dump(-1, ' ', false, Results::error_handler_t::replace) + "\n";
}

std::string badge(const SavedRun& run) { return badge_json(badge_of(run)); }

}  // namespace referee::reports
