// What a run leaves behind: its journal while it runs, its reports at the end.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "harness/cli/options/prepare.h"
#include "harness/cli/sweeping/pushed_record.h"
#include "reports/saved/journal.h"
#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::cli {

/// Removes what an earlier run left under the names of this one's reports, so that after a crash no one takes old
/// results for new ones, and begins the journal. Throws WrongUsage where it cannot be written.
std::unique_ptr<reports::Journal> begin_journal(const RunPlan& prepared);

/// The time of day.
std::chrono::sys_seconds now_in_seconds();

/// The record of what the run pushes, in its report folder; null where the registry ends with the run. Says on standard
/// error what earlier runs have left.
std::unique_ptr<PushedRecord> begin_pushed_record(const RunPlan& prepared);

/// Removes the record if nothing is left; otherwise says, unless `quiet`, what deletes the rest.
void close(PushedRecord& record, bool quiet);

/// One report; "-" is standard output. Throws CannotWrite.
void write_one(const Report& report, const reports::SavedRun& run);

/// The same of an exploration. Throws WrongUsage for a format that only runs have.
void write_one(const Report& report, const reports::Results& exploration);

/// Adds the summary of a workflow's step where GITHUB_STEP_SUMMARY names a file. What goes wrong there is a complaint.
void add_to_step_summary(const reports::SavedRun& run);

/// What was written, and why the rest was not.
struct Written {
  std::vector<std::string> paths;
  std::vector<std::string> failures;

  /// Calls it; where it throws CannotWrite, that is a failure.
  void attempt(const std::function<void()>& write);
};

/// The report folder, the reports asked for, and the step's summary. One that cannot be written does not keep the
/// others back.
Written write_all(const RunPlan& prepared, const reports::SavedRun& run);

/// Whether a report takes standard output and allows no other lines there; workflow annotations allow them.
bool speaks_on_stdout(const std::vector<Report>& reports);

/// Both hear everything; a null one nothing.
class BothProgress : public engine::Progress {
 public:
  BothProgress(engine::Progress* first, engine::Progress* second) : first_(first), second_(second) {}
  void planned(const std::vector<spec::Edition>& editions, std::size_t checks) override;
  void finished(const engine::CheckResult& result) override;

 private:
  engine::Progress* first_;
  engine::Progress* second_;
};

}  // namespace referee::cli
