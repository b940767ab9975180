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
  engine::HistoryVerdicts verdicts;
  std::map<std::string, std::vector<Disagreement>> said;
  std::set<spec::RequirementId> weighed;
  for (const auto& episode : history.episodes) {
    if (!is_walk(episode.check)) continue;
    Model model(history.edition, history.settle);
    Model eager(history.edition, std::chrono::milliseconds(0));  // sees what was right before it had to be
    const auto observations = in_order(observations_of(episode.exchanges, history.bodies, history.target));
    bool agrees = true;
    for (const auto& one : observations) agrees = eager.hear(one).empty() && agrees;
    weighed.insert(eager.weighed().begin(), eager.weighed().end());
    if (agrees) continue;  // all the more where answers may be late
    for (const auto& one : observations) {
      for (auto& disagreement : model.hear(one)) {
        said[rule_of(disagreement.requirement).id()].push_back(std::move(disagreement));
      }
    }
  }
  for (const auto& rule : rules()) {
    const auto binding = spec::requirement(rule.requirement).in(history.edition);
    if (!binding || !weighed.contains(rule.requirement)) continue;
    auto& verdict = verdicts[rule.id()];
    verdict.findings = findings_of(std::move(said[rule.id()]), binding->verdict);
  }
  return verdicts;
}

}  // namespace referee::model
