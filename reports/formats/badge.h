// A badge: the JSON that the endpoint badge of shields draws.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// The run's verdict, with the editions that it holds for, or how many checks failed.
std::string badge(const SavedRun& run);

}  // namespace referee::reports
