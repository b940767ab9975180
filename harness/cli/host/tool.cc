#include "harness/cli/host/tool.h"

namespace referee::cli {

std::string tool_version() { return REFEREE_VERSION; }

std::string tool_commit() { return REFEREE_COMMIT; }

std::string version_line() {
  const std::string commit = tool_commit();
  return "referee " + tool_version() + (commit == "unknown" ? "" : " (" + commit + ")");
}

std::string tool_date() { return REFEREE_DATE; }

}  // namespace referee::cli
