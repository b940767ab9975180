// What there is to say about one check, in plain text: the words that all reports share.
#pragma once

#include <string>
#include <vector>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// "known: reason (issue)", or what else the baseline says of the check, on one line; empty if it says nothing.
std::string headline_of_baseline(const SavedCheck& check);

/// One line of at most `limit` bytes: the reason; without one, the first finding's first line, or the outcome.
std::string headline(const SavedCheck& check, std::size_t limit);

/// How many of what was left behind on the target a report names.
inline constexpr std::size_t kMostLeftovers = 20;

/// The whole story: requirement, level, what it wants, section link, reason, findings, and the exchanges in short form.
/// Each part is capped and says so; the text is valid UTF-8 but otherwise as it came from the registry.
std::string story(const SavedRun& run, const SavedCheck& check, const Bodies& bodies);

/// The exchanges of a check in short form: request line, status, headers, the beginning of textual bodies.
std::string exchanges_in_short(const std::vector<http::Exchange>& exchanges, const Bodies& bodies);

}  // namespace referee::reports
