// Files that are named as settings.
#pragma once

#include <string>

namespace referee::cli {

/// Whether the path leads to a file that can be read to its end without waiting for anyone: a regular one, or a pipe
/// that the shell has opened for this program, as in `--config <(make-config)`. Opening another pipe waits until
/// someone writes into it, which may be never.
bool is_plain_file(const std::string& path);

}  // namespace referee::cli
