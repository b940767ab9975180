// SIGINT, SIGTERM and SIGHUP as a flag that runs and servers heed.
#pragma once

#include <atomic>
#include <string>

namespace referee::cli {

/// Makes the first of these signals raise the flag, and one that comes five seconds later or more end the program at
/// once with 130: what comes sooner is the same wish, sent to the process and to its group. A signal that is ignored
/// when the program starts stays ignored. SIGPIPE is ignored, so that a reader who goes away shows as a failed write.
/// To be called once, before threads start.
const std::atomic<bool>& heed_signals();

/// What the end by a later signal prints, at most 4 KiB: where is what was judged until then. Not to be called from
/// two threads at once.
void say_if_ended_at_once(const std::string& words);

}  // namespace referee::cli
