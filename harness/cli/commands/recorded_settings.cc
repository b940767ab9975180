#include "harness/cli/commands/recorded_settings.h"

#include <algorithm>
#include <utility>

#include "reports/saved/evidence.h"
#include "reports/saved/results.h"

namespace referee::cli {
namespace {

std::vector<std::string> targets_of(const std::string& urls) {
  std::vector<std::string> targets;
  for (std::size_t at = 0; at <= urls.size();) {
    const auto end = std::min(urls.find(", ", at), urls.size());
    targets.push_back(urls.substr(at, end - at));
    at = end + 2;
  }
  return targets;
}

engine::Settings settings_of_then(const reports::SavedRun& run) {
  if (!run.settings) throw reports::CannotRead("the results do not say with which settings the run went");
  engine::Settings settings = *run.settings;
  settings.run_id = run.run;
  settings.seed = run.seed;
  settings.strict_should = run.strict_should;
  return settings;
}

}  // namespace

replay::Evidence evidence_of(reports::SavedRun run) {
  replay::Evidence evidence{.targets = targets_of(run.target_url),
                            .settings = settings_of_then(run),
                            .checks = {},
                            .run_exchanges = std::move(run.run_exchanges),
                            .bodies = {}};
  for (auto& check : run.checks) {
    evidence.checks.push_back({.id = std::move(check.id),
                               .edition = check.edition,
                               .outcome = check.outcome,
                               .not_run = check.not_run,
                               .exchanges = std::move(check.exchanges),
                               .facts = std::move(check.facts)});
  }
  for (auto& [digest, body] : run.bodies) evidence.bodies[digest] = reports::whole_body(digest, std::move(body));
  return evidence;
}

}  // namespace referee::cli
