#include "harness/cli/host/tool.h"

namespace referee::cli {

std::string tool_version() { return REFEREE_VERSION; }

std::string tool_commit() { return REFEREE_COMMIT; }

std::string version_line() {
  const std::string commit = tool_commit();
  return "referee " + tool_version() + (commit == "unknown" ? "" : " (" + commit + ")");
}

}  // namespace referee::cli
