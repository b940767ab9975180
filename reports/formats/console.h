// What a run's end looks like on a terminal or in a CI log.
#pragma once

#include <string>
#include <vector>

#include "reports/saved/saved_run.h"

namespace referee::reports {

struct ConsoleLook {
  bool color = false;
  std::vector<std::string> written;  // where the reports are
};

/// Target, verdict of each edition, counts, and what is worth a look: each failed, warned, blocked and errored check
/// with its requirement, level, section link, and what was expected and came; noted ones in a line; leftovers; and for
/// a run that was not judged, why not and how to fix it. Only visible characters of what the registry sent can reach
/// the terminal, and none of its lines begins a line of the output.
std::string console_text(const SavedRun& run, const ConsoleLook& look = {});

}  // namespace referee::reports
