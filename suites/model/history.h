// Judging a whole session by the model, after it is over: what the registry acknowledged in it says what it had to
// answer.
#pragma once

#include "harness/engine/history.h"

namespace referee::model {

/// What the model has to say on the sessions of one edition, by the id of the rule. For each rule it reports the
/// shortest history that shows the fault.
engine::HistoryVerdicts judge_history(const engine::History& history);

}  // namespace referee::model
