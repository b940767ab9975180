// SIGINT, SIGTERM and SIGHUP as a flag that runs and servers obey.
#pragma once

#include <atomic>
#include <string>

namespace referee::cli {

/// Makes these signals end the program at once with 130, until end_cleanly_on_signals(). A signal that is ignored when
/// the program starts stays ignored. SIGPIPE is ignored, so that a reader who goes away shows as a failed write. To be
/// called once, before threads start. Gives the flag that the first signal raises from then on.
const std::atomic<bool>& heed_signals();

/// From now on there is something to clean up: the first signal raises the flag, and one that comes five seconds later
/// or more ends the program at once. What comes sooner is the same wish, sent to the process and to its group. To be
/// called by commands that look at the flag.
void end_cleanly_on_signals();

/// What the end by a later signal prints, at most 4 KiB: where is what was judged until then. Not to be called from
/// two threads at once.
void say_if_ended_at_once(const std::string& words);

}  // namespace referee::cli
