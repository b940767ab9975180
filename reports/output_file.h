// Writing a file so that a reader sees either the old one or the whole new one, and finding out early that it will not
// go.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace referee::reports {

/// A report that cannot be written. The message names the path, says why, and what to do.
class CannotWrite : public std::runtime_error {
 public:
  CannotWrite(std::filesystem::path path, const std::string& why);
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Puts the bytes at the path, by a temporary file next to it and a rename; its folder is made if missing. If what is
/// there is not a plain file (a pipe, a device, a link), it is written into instead. Throws CannotWrite, and leaves no
/// temporary file.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// Makes the folder if missing, and tries a file in it. Throws CannotWrite. To be called before the work is done.
void can_write(const std::filesystem::path& folder);

/// The same for one file, which is not touched: a file that is there must be writable, or its folder must be.
void can_write_file(const std::filesystem::path& path);

}  // namespace referee::reports
