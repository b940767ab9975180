// What a run pushes, kept in a file that outlives it: a line before each push, and one when it is gone again, so that
// `referee sweep` finds what a run left that could not clean up.
//
//   {"schema": "referee-pushed/1", "run": "k3j9...", "target": "https://...", "started": "2026-01-31T08:00:00Z"}
//   {"sent": "manifest", "repository": "referee/k3j9...-4", "digest": "sha256:..."}
//   {"gone": "manifest", "repository": "referee/k3j9...-4", "digest": "sha256:..."}
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "reports/saved/line_file.h"

namespace referee::cli {

/// A manifest or blob in a repository.
struct PushedItem {
  bool is_manifest = false;
  std::string repository;
  std::string digest;
  auto operator<=>(const PushedItem&) const = default;
};

/// Which run pushed, and where.
struct PushedBy {
  std::string run;
  std::string target;  // the base URL
  std::chrono::sys_seconds started;
};

/// Safe to use from several threads. Writes nothing until something is pushed.
class PushedRecord {
 public:
  /// The record of that run in the folder, which is there.
  PushedRecord(const std::filesystem::path& folder, PushedBy by);
  PushedRecord(const PushedRecord&) = delete;
  PushedRecord& operator=(const PushedRecord&) = delete;

  /// Notes that the item is about to be pushed; false if it was noted before and is not gone. A line that cannot be
  /// written ends the record, not the run.
  bool sends(const PushedItem& item);
  /// Notes that the item is deleted, or was never stored.
  void gone(const PushedItem& item);
  /// How many items may still be there.
  std::size_t left() const;
  const std::filesystem::path& path() const { return path_; }
  const PushedBy& by() const { return by_; }
  /// Whether every line could be written.
  bool is_whole() const;
  /// Removes the file.
  void remove();

 private:
  void write(const char* what, const PushedItem& item);

  std::filesystem::path path_;
  PushedBy by_;
  mutable std::mutex mutex_;
  std::set<PushedItem> there_;             // guarded by mutex_, as all below
  std::optional<reports::LineFile> file_;  // from the first push on
  bool broken_ = false;                    // it could not be begun
};

/// What a record says is left.
struct PushedBefore {
  PushedBy by;
  std::vector<PushedItem> items;  // in the order of pushing
};

/// A last line that was cut short is left out. Throws reports::CannotRead where it is not a record.
PushedBefore read_pushed_record(const std::filesystem::path& path);

/// The records in the folder, or the file itself where it is one, sorted; empty if there are none.
std::vector<std::filesystem::path> pushed_records_in(const std::filesystem::path& folder);

}  // namespace referee::cli
