// What --baseline, --update-baseline and --allow-unexpected-pass make of a run.
#pragma once

#include <filesystem>
#include <optional>

#include "harness/cli/options/options.h"
#include "reports/comparison/baseline.h"
#include "reports/saved/saved_run.h"

namespace referee::cli {

struct BaselinePlan {
  std::optional<reports::Baseline> known;  // of --baseline
  std::filesystem::path update;            // of --update-baseline; empty if it was not given
  bool allow_unexpected_pass = false;
};

/// Reads the baseline and tries whether the other can be written, before the run. Throws WrongUsage or CannotRead.
BaselinePlan baseline_plan(const RunOptions& options);

/// Marks the results by the baseline, if there is one, and gives the exit code that follows: that of the run without a
/// baseline or after an interruption, else 0 where the gate holds, 1 where it broke, 3 where neither can be said.
int gated(const BaselinePlan& plan, reports::SavedRun& run, int code);

/// Writes --update-baseline, if it was given and anything was judged. The entries that are there lend their reasons.
/// Throws CannotWrite.
void update_baseline(const BaselinePlan& plan, const reports::SavedRun& run);

}  // namespace referee::cli
