// A file of lines of JSON that outlives the program: each line is with the kernel before the next one is made.
#pragma once

#include <filesystem>

#include "reports/saved/results.h"

namespace referee::reports {

class LineFile {
 public:
  /// Begins the file at the path, whose folder is there. Throws CannotWrite.
  explicit LineFile(const std::filesystem::path& path);
  ~LineFile();
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  /// A line that cannot be written ends the file, not the program. Not to be called from two threads at once.
  void write(const Results& line);
  void remove();

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

}  // namespace referee::reports
