#include "reports/writing/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "reports/output_file.h"

namespace referee::reports {

FolderLock::FolderLock(const std::filesystem::path& folder) {
  can_write(folder);
  descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor_ < 0) throw CannotWrite(folder, std::strerror(errno));
  // File systems without locks refuse with other words: two runs at a time are then the user's to avoid.
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  ::close(descriptor_);
  throw CannotWrite(folder, "another run writes its reports there now");
}

FolderLock::~FolderLock() { ::close(descriptor_); }

}  // namespace referee::reports
