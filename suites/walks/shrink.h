// Finding the shortest walk that still shows a fault.
#pragma once

#include <functional>
#include <set>

#include "harness/engine/session.h"
#include "suites/walks/plan.h"

namespace referee::walks {

/// The plan with as few steps as it takes for `shows` to hold, tried at most so often. `shows` holds for the plan.
Plan shortest(Plan plan, const std::function<bool(const Plan&)>& shows, int tries);

/// Walks ever shorter plans, each in its own repository, until none is shorter and still breaks the same
/// requirement; the last one with all the patience of a judgement. What they exchange is the evidence: rules that look
/// back judge the shortest.
void shorten(engine::Session& session, const Plan& plan, const std::set<spec::RequirementId>& broken);

}  // namespace referee::walks
