#include "reports/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

namespace referee::reports {
namespace {

namespace fs = std::filesystem;

// Closes a file that was made under a temporary name and, unless it is to be kept, removes it.
class OpenFile {
 public:
  OpenFile(fs::path path, int flags) : path_(std::move(path)), descriptor_(::open(path_.c_str(), flags, 0666)) {}
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }

  /// Whether all bytes went out; errno says why not.
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// Some file systems report a full disk only here.
  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  fs::path path_;
  int descriptor_;
};

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error && !fs::is_directory(folder)) throw CannotWrite(folder, error.message());
}

fs::path passing_name(const fs::path& path) {
  static std::atomic<unsigned> count{0};
  return folder_of(path) / fmt::format(".{}.{}.{}.tmp", path.filename().string(), ::getpid(), ++count);
}

void write_into(const fs::path& path, int flags, std::string_view bytes, const fs::path& shown) {
  OpenFile file(path, flags | O_WRONLY | O_CLOEXEC);
  if (!file.is_open()) throw CannotWrite(shown, std::strerror(errno));
  if (!file.write(bytes) || !file.close()) throw CannotWrite(shown, std::strerror(errno));
}

// Whether something is there that a rename would take away from those who use it.
bool to_be_written_into(const fs::path& path) {
  std::error_code error;
  const auto status = fs::symlink_status(path, error);
  return fs::exists(status) && !fs::is_regular_file(status);
}

}  // namespace

CannotWrite::CannotWrite(fs::path path, const std::string& why)
    : std::runtime_error(fmt::format("cannot write {}: {}. Choose another place with --report-dir or --report, or make "
                                     "this one writable.",
                                     path.string(), why)),
      path_(std::move(path)) {}

void write_file(const fs::path& path, std::string_view bytes) {
  if (fs::is_directory(path)) throw CannotWrite(path, "it is a folder");
  make_folder(folder_of(path));
  if (to_be_written_into(path)) return write_into(path, O_TRUNC | O_CREAT, bytes, path);
  const fs::path passing = passing_name(path);
  std::error_code ignored;
  try {
    write_into(passing, O_CREAT | O_EXCL, bytes, path);
  } catch (const CannotWrite&) {
    fs::remove(passing, ignored);
    throw;
  }
  std::error_code error;
  fs::rename(passing, path, error);
  if (!error) return;
  fs::remove(passing, ignored);
  throw CannotWrite(path, error.message());
}

void can_write(const fs::path& folder) {
  make_folder(folder);
  const fs::path passing = passing_name(folder / "try");
  std::error_code ignored;
  try {
    write_into(passing, O_CREAT | O_EXCL, "x", folder);
  } catch (const CannotWrite&) {
    fs::remove(passing, ignored);
    throw;
  }
  fs::remove(passing, ignored);
}

void can_write_file(const fs::path& path) {
  if (fs::is_directory(path)) throw CannotWrite(path, "it is a folder");
  if (!to_be_written_into(path)) return can_write(folder_of(path));
  if (::access(path.c_str(), W_OK) != 0) throw CannotWrite(path, std::strerror(errno));
}

}  // namespace referee::reports
