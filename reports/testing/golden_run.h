// A small made-up run with each kind of outcome, always the same: what all reports make of it is kept.
#pragma once

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// Conformant in one edition, not in the other; compared with a baseline that knows one failure.
SavedRun golden_run();

}  // namespace referee::reports
