// The program's own name, version and commit.
#pragma once

#include <string>

namespace referee::cli {

std::string tool_version();
/// As git describes the tree that was configured; "unknown" where that is not known.
std::string tool_commit();
/// "referee 0.1.0 (1a2b3c4)"
std::string version_line();

}  // namespace referee::cli
