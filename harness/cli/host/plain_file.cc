#include "harness/cli/host/plain_file.h"

#include <filesystem>

namespace referee::cli {

bool is_plain_file(const std::string& path) {
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (failure) return false;
  const bool opened_by_the_shell = path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
  return std::filesystem::is_regular_file(status) || (opened_by_the_shell && std::filesystem::is_fifo(status));
}

}  // namespace referee::cli
