// The journal of a run: each finished check as a line of JSON, written as it ends, so that a crash loses at most the
// checks that were under way. Readers get it back as the results of an incomplete run.
//
//   {"schema": "referee-journal/1", "results": {...the results so far, without checks...}}
//   {"planned": {"editions": [...], "requirements": {...}, "checks": [...as not run...]}}
//   {"check": {...}, "requirements": {...}}
//
// Bodies are not in it; the exchanges name them by digest.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "harness/engine/runner.h"
#include "reports/saved/line_file.h"
#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

inline constexpr std::string_view kJournalSchema = "referee-journal/1";

class Journal : public engine::Progress {
 public:
  /// Begins the file at the path, whose folder is there. `run` says what is known before the first exchange: id, start,
  /// target, seed, options. Throws CannotWrite. A line that cannot be written later ends the journal, not the run.
  Journal(const std::filesystem::path& path, const engine::RunResult& run, ToolInfo tool);

  /// What a run that follows selects; to be said before it, so that the checks that it did not come to can be named.
  void select(engine::Selection selection) { selection_ = std::move(selection); }

  void planned(const std::vector<spec::Edition>& editions, std::size_t checks) override;
  void finished(const engine::CheckResult& result) override;

  /// Removes the file: the reports hold it all now.
  void remove() { file_.remove(); }

 private:
  LineFile file_;
  engine::Selection selection_;
};

/// The run that a journal comes to, marked incomplete; a last line that was cut short is left out. Nothing if the text
/// is not a journal. Throws CannotRead.
std::optional<SavedRun> run_of_journal(std::string_view text);

}  // namespace referee::reports
