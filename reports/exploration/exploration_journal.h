// The journal of an exploration: each answer as a line of JSON, written as it comes, so that a crash loses at most the
// probes that were under way. Readers get it back as an exploration that is not complete.
//
//   {"schema": "referee-exploration-journal/1", "exploration": {...without registries...}}
//   {"registry": 0, "heading": {...as in exploration.json, without observations...}}
//   {"registry": 0, "observation": {...}, "place": 3, "probes": {...what it asks...}}
//
// Bodies are not in it; the exchanges name them by digest.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

#include "harness/engine/probe_runner.h"
#include "reports/saved/line_file.h"
#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

inline constexpr std::string_view kExplorationJournalSchema = "referee-exploration-journal/1";

/// Safe to use from several threads.
class ExplorationJournal {
 public:
  /// Begins the file at the path, whose folder is there. Throws CannotWrite.
  ExplorationJournal(const std::filesystem::path& path, const ToolInfo& tool);

  /// What is known of a registry before it is asked: URL, name, run, start, seed, options. `registry` is its column.
  void begin(std::size_t registry, const engine::Exploration& known);
  void answered(std::size_t registry, const engine::ProbeResult& result);

  /// Removes the file: the reports hold it all now.
  void remove() { file_.remove(); }

 private:
  std::mutex mutex_;
  LineFile file_;  // guarded by mutex_
};

/// The document that a journal comes to, marked incomplete; a last line that was cut short is left out. Nothing if the
/// text is not such a journal.
std::optional<Results> exploration_of_journal(std::string_view text);

}  // namespace referee::reports
