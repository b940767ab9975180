// The evidence of a saved run, as judging again takes it.
#pragma once

#include "harness/replay/rejudge.h"
#include "reports/saved/saved_run.h"

namespace referee::cli {

/// All that the run kept. Hooks are there where they were; checks recall what they said. Throws CannotRead where
/// something is missing.
replay::Evidence evidence_of(reports::SavedRun run);

}  // namespace referee::cli
