// The program's own name, version and commit, and what it is made of.
#pragma once

#include <string>

namespace referee::cli {

std::string tool_version();
/// As git describes the tree that was configured; "unknown" where that is not known.
std::string tool_commit();
/// "referee 0.1.0 (1a2b3c4)"
std::string version_line();
/// The day of that commit, or of SOURCE_DATE_EPOCH where the build was given it: "November 30, 2026".
std::string tool_date();

}  // namespace referee::cli
