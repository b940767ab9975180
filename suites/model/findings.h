// What a judge of histories makes of the disagreements of the model: the findings of one rule.
#pragma once

#include <vector>

#include "harness/engine/result.h"
#include "suites/model/model.h"

namespace referee::model {

/// The observations in the order in which judge and registry agree on what came first: reads count when they are
/// answered, writes when they are sent.
std::vector<Observation> in_order(std::vector<Observation> all);

/// The findings of a rule, at most three: those with the shortest histories, each about something else.
std::vector<engine::Finding> findings_of(std::vector<Disagreement> disagreements, spec::Verdict row);

}  // namespace referee::model
