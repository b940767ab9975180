// The Test Anything Protocol, in version 13: some readers refuse 14, and nothing here needs it.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// One test for each check in each edition. Warned and noted ones are ok, with their story in the diagnostics; skipped,
/// blocked and not run are SKIP; failures known to the baseline are TODO, which harnesses take for expected. A run that
/// ended early, or came to no check, bails out.
std::string tap(const SavedRun& run);

}  // namespace referee::reports
