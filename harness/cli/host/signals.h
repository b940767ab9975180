// SIGINT and SIGTERM as a flag that runs and servers heed.
#pragma once

#include <atomic>

namespace referee::cli {

/// Makes the first SIGINT or SIGTERM raise the flag, and a second one end the program at once with 130; SIGPIPE is
/// ignored, so that a reader who goes away shows as a failed write. To be called once, before threads start.
const std::atomic<bool>& heed_signals();

}  // namespace referee::cli
