// What the checks of a run knew of the operator's decisions, saved with the results and read back for judging again.
#pragma once

#include "harness/engine/settings.h"
#include "harness/replay/rejudge.h"
#include "reports/saved/results.h"

namespace referee::cli {

/// The member "settings" of results.
reports::Results settings_json(const engine::Settings& settings);

/// All that saved results keep of a run. Hooks are there where they were; checks recall what they said. Throws
/// CannotRead where something is missing.
replay::Evidence evidence_of(const reports::Results& results);

}  // namespace referee::cli
