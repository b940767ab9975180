// What results of the first version (referee-results/1) said only in words, worked out from those words.
#pragma once

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// Fills in why the run is incomplete, and which editions the target offers. Later versions say both in members of
/// their own, so that no other code looks into words.
void complete_first_version(SavedRun& run);

}  // namespace referee::reports
