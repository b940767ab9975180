// A made-up run with every outcome and the worst that a registry can put into texts, for the tests of the reports.
#pragma once

#include <filesystem>
#include <string>

#include "harness/engine/result.h"
#include "harness/testing/scratch_folder.h"
#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// "]]>", markup, escape sequences, control and bidi characters, invalid UTF-8, CI commands, attachments, backticks.
std::string hostile_text();

/// A check of "oci-1.1.1" with that outcome, with whatever the outcome brings along.
engine::CheckResult sample_check(const std::string& id, engine::Outcome outcome);

/// A run of two editions with every outcome, exchanges with a body of 2 MB, leftovers. Its verdict is non-conformant.
engine::RunResult sample_run();

/// A run whose detection found no registry.
engine::RunResult unreachable_run();

/// The run as it is saved, and as the document of that.
SavedRun saved_of(engine::RunResult run);
Results json_of(const engine::RunResult& run);

std::string read_file(const std::filesystem::path& path);

/// What a command printed, on both streams, and its exit code.
struct CommandEnd {
  int code = 0;
  std::string output;
};
CommandEnd run_command(const std::string& command);

}  // namespace referee::reports
