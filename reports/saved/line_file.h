// A file of lines of JSON that outlives the program: each line is with the kernel before the next one is made.
#pragma once

#include <filesystem>

#include "reports/saved/results.h"

namespace referee::reports {

/// What becomes of a file that is there already.
enum class Earlier { kReplaced, kKept };

class LineFile {
 public:
  /// Begins the file at the path, whose folder is there. Throws CannotWrite, also where an earlier one is kept.
  explicit LineFile(const std::filesystem::path& path, Earlier earlier = Earlier::kReplaced);
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  /// A line that cannot be written ends the file, not the program. Not to be called from two threads at once.
  void write(const Results& line);
  /// Whether every line was written.
  bool is_whole() const { return descriptor_ >= 0; }
  void remove();

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace referee::reports
