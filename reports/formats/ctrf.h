// The Common Test Report Format, JSON that several CI dashboards read.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// One test for each check in each edition, its suite the edition and the check's suite. Warned and noted ones pass,
/// errors fail, skipped, blocked and known failures are skipped, what did not run is pending; rawStatus has the
/// outcome.
std::string ctrf(const SavedRun& run);

}  // namespace referee::reports
