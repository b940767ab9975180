// What one or several registries answered to the probes, as the one document from which every view is rendered.
#pragma once

#include <vector>

#include "harness/engine/probe_runner.h"
#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

inline constexpr std::string_view kExplorationSchema = "referee-exploration/1";

/// The explorations in the shape of reports/schema/exploration.schema.json, in the order given. All texts are valid
/// UTF-8, so that dumping the document cannot throw.
Results exploration_json(const std::vector<engine::Exploration>& explorations, const ToolInfo& tool);

/// Parts of it: a registry with its observations, one of those, and what a probe asks.
Results registry_json(const engine::Exploration& seen);
Results observation_json(const engine::ProbeResult& one);
Results probe_json(spec::ProbeId id);

/// "answered", "needs", "not-offered", "undecided", "error".
std::string_view name(engine::Reply reply);

}  // namespace referee::reports
