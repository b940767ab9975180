#include "reports/saved/line_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

#include "reports/output_file.h"

namespace referee::reports {

LineFile::LineFile(const std::filesystem::path& path, Earlier earlier) : path_(path) {
  const int begin = earlier == Earlier::kReplaced ? O_TRUNC : O_EXCL;
  descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | begin | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw CannotWrite(path, std::strerror(errno));
}

LineFile::~LineFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

// In one call: what the kernel has outlives the process.
void LineFile::write(const Results& line) {
  if (descriptor_ < 0) return;
  const std::string bytes = line.dump(-1, ' ', false, Results::error_handler_t::replace) + "\n";
  std::size_t done = 0;
  while (done < bytes.size()) {
    const auto count = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      ::close(descriptor_);
      descriptor_ = -1;
      return;
    }
    done += static_cast<std::size_t>(count);
  }
}

void LineFile::remove() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace referee::reports
