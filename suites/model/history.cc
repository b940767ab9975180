#include "suites/model/history.h"

#include <set>

#include "suites/model/findings.h"
#include "suites/model/model.h"
#include "suites/model/rules.h"

namespace referee::model {
namespace {

bool is_walk(std::string_view check) { return check.starts_with("Walks.") || check.starts_with("OrasWalks."); }

}  // namespace

engine::HistoryVerdicts judge_history(const engine::History& history) {
  const auto listener = [&](std::chrono::milliseconds patience) { return Model(history.edition, patience); };
  std::map<spec::RequirementId, std::vector<Disagreement>> said;
  std::set<spec::RequirementId> weighed;
  for (const auto& episode : history.episodes) {
    if (!is_walk(episode.check)) continue;
    const auto session = in_order(observations_of(episode.exchanges, history.bodies, history.target));
    for (auto& disagreement : disagreements(session, listener, history.settle, weighed)) {
      said[disagreement.requirement].push_back(std::move(disagreement));
    }
  }
  return verdicts_of(std::move(said), weighed, history, &Rule::id);
}

}  // namespace referee::model
