// `referee --version --json`: which program this is, what it judges by, and what it is built with.
#include <nlohmann/json.hpp>

#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/host/tool.h"
#include "harness/spec/edition.h"

namespace referee::cli {
namespace {

struct Library {
  const char* name;
  const char* version;
};

constexpr Library kLibraries[] = {
#include "harness/cli/manual/libraries.inc"
};

}  // namespace

int version_command(const VersionOptions& /*options*/) {
  nlohmann::ordered_json version = {{"name", "referee"}, {"version", tool_version()}, {"commit", tool_commit()}};
  version["editions"] = nlohmann::ordered_json::array();
  for (const auto edition : spec::all_editions()) version["editions"].push_back(spec::name(edition));
  for (const auto& library : kLibraries) version["libraries"][library.name] = library.version;
  print(version.dump(2) + "\n");
  return kDone;
}

}  // namespace referee::cli
