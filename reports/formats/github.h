// Annotations for a workflow of GitHub Actions, and the summary of its step.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// Workflow commands, one a line: an error for each failed check and each check in error, a warning for each warned
/// one, a notice with the verdict. To be printed to standard output. A step shows ten of a kind; what is beyond is
/// counted.
std::string github_annotations(const SavedRun& run);

/// Adds the Markdown summary to the file that GITHUB_STEP_SUMMARY names, unless this run's is there already; never
/// beyond the size at which the whole summary would be dropped. Throws CannotWrite.
void add_step_summary(const std::string& path, const SavedRun& run);

}  // namespace referee::reports
