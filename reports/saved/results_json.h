// results.json: everything that a run found, as the one document from which every report is rendered.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// The run in the shape of reports/schema/results.schema.json, in the run's own version. Dumping it cannot throw.
Results results_json(const SavedRun& run);

/// All but requirements, checks, evidence and what came later: settings, baseline, seal.
Results heading_json(const SavedRun& run);

/// Parts of it: the rows of "requirements", one of "checks", and what the baseline says of one.
Results requirements_json(const std::vector<SavedRequirement>& requirements);
Results check_json(const SavedCheck& check, Version version);
Results baseline_json(const SavedBaseline& baseline);
Results mark_json(const BaselineMark& mark);

/// The file: indented, and ended by a line break.
std::string results_text(const SavedRun& run);

}  // namespace referee::reports
