// What is to be told about one check, in plain text: the words that all reports share.
#pragma once

#include <string>

#include "reports/saved/results.h"

namespace referee::reports {

/// The check's outcome as reports treat it: "failed" for "warned" where the run is strict about SHOULD; "known" for
/// what the baseline excuses; "unexpected pass" for what passes although the baseline says otherwise.
std::string effective_outcome(const Results& results, const Results& check);

/// Whether the check did not run at all, or not to its end, since the run ended before.
bool not_run(const Results& check);

/// "known: reason (issue)", or what else the baseline says of the check, on one line; empty if it says nothing.
std::string headline_of_baseline(const Results& check);

/// One line of at most `limit` bytes: the reason; for want of one, the first finding's first line, or the outcome.
std::string headline(const Results& check, std::size_t limit);

/// The whole story: requirement, level, what it wants, section link, reason, findings, and the exchanges in short form.
/// Each part is capped and says so; the text is valid UTF-8 but otherwise as it came from the registry.
std::string story(const Results& results, const Results& check, const Bodies& bodies);

/// The exchanges of a check in short form: request line, status, headers, the beginning of textual bodies.
std::string exchanges_in_short(const Results& exchanges, const Bodies& bodies);

}  // namespace referee::reports
