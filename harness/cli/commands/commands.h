// The commands: each does what its options say, writes to standard output and error, and returns the exit code.
#pragma once

#include <atomic>

#include "harness/cli/options/options.h"

namespace referee::cli {

/// All of them may throw WrongUsage. `interrupted` becomes true on SIGINT or SIGTERM.
int run_command(const RunOptions& options, const std::atomic<bool>& interrupted);
int explore_command(const ExploreOptions& options, const std::atomic<bool>& interrupted);
int compare_command(const CompareOptions& options);
int site_command(const SiteOptions& options);
int list_command(const ListOptions& options);
int explain_command(const ExplainOptions& options);
int export_command(const ExportOptions& options);
int serve_command(const ServeOptions& options, const std::atomic<bool>& interrupted);
int prove_command(const ProveOptions& options, const std::atomic<bool>& interrupted);
int rejudge_command(const RejudgeOptions& options);
int report_command(const ReportOptions& options);
int sweep_command(const SweepOptions& options, const std::atomic<bool>& interrupted);
int man_command(const ManOptions& options);
int completion_command(const CompletionOptions& options);
int version_command(const VersionOptions& options);

}  // namespace referee::cli
