// What a judge of histories makes of the disagreements of the model: the findings of one rule.
#pragma once

#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/engine/history.h"
#include "suites/model/model.h"
#include "suites/model/rules.h"

namespace referee::model {

/// The observations in the order in which judge and registry agree on what came first: reads count when they are
/// answered, writes when they are sent.
std::vector<Observation> in_order(std::vector<Observation> all);

/// What a listener has against a session; `listener(patience)` makes one, and what it weighed is added to `weighed`.
/// One without patience hears first: it sees what was right before it had to be, and where it agrees, patience does
/// too.
template <typename MakeListener>
std::vector<Disagreement> disagreements(const std::vector<Observation>& session, const MakeListener& listener,
                                        std::chrono::milliseconds settle, std::set<spec::RequirementId>& weighed) {
  auto eager = listener(std::chrono::milliseconds(0));
  bool agrees = true;
  for (const auto& one : session) agrees = eager.hear(one).empty() && agrees;
  weighed.insert(eager.weighed().begin(), eager.weighed().end());
  std::vector<Disagreement> all;
  if (agrees) return all;
  auto patient = listener(settle);
  for (const auto& one : session) std::ranges::move(patient.hear(one), std::back_inserter(all));
  return all;
}

/// What is said on each of the rules that was weighed and binds the edition, by the id that `id` gives it; a rule that
/// `takes` refuses is left out. Of a rule three findings at most: those with the shortest histories, each about
/// something else, with the uploads that they need.
engine::HistoryVerdicts verdicts_of(std::map<spec::RequirementId, std::vector<Disagreement>> said,
                                    const std::set<spec::RequirementId>& weighed, const engine::History& history,
                                    std::string (Rule::*id)() const, bool (*takes)(const Rule&) = nullptr);

}  // namespace referee::model
