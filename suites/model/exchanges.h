// Judging what all checks exchanged, whatever they were about, by the model of walks: an answer that no check looked
// at, or that was polled over, is judged as well.
#pragma once

#include "harness/engine/history.h"

namespace referee::model {

/// What the model has to say on the sessions of the checks of one edition, walks left out, by the id of the rule
/// (Rule::id_of_checks). It is silent about sessions in which several users ask, the target is switched, or its
/// garbage is collected, and about all that is not plain (hearing_checks.h).
engine::HistoryVerdicts judge_exchanges(const engine::History& history);

}  // namespace referee::model
