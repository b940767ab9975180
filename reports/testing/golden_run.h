// A small made-up run of each kind of outcome, the same for ever: what all reports of it look like is kept.
#pragma once

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// Conformant in one edition, not in the other; compared with a baseline that knows one failure.
SavedRun golden_run();

}  // namespace referee::reports
