// How a reader sees the same again: the command that runs one check.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// Whether a check's outcome is worth a reproduction: failed, warned, noted, blocked or error.
bool wants_reproduction(const SavedCheck& check);

/// "referee run http://... --spec oci-1.1.1 --filter Filtering.X --seed 7", words quoted for a shell.
std::string reproduce_command(const SavedRun& run, const SavedCheck& check);

/// The text as one word of a POSIX shell.
std::string shell_word(const std::string& text);

}  // namespace referee::reports
