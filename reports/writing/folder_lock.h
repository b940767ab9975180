// One run at a time writes into a report folder.
#pragma once

#include <filesystem>

namespace referee::reports {

/// Holds the folder, which is made if missing, until it is destroyed or the process ends, however it ends.
class FolderLock {
 public:
  /// Throws CannotWrite where another process holds the folder, or where it cannot be made.
  explicit FolderLock(const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace referee::reports
