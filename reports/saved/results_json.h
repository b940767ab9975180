// results.json: everything that a run found, as the one document from which every report is rendered.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "harness/engine/result.h"
#include "reports/saved/results.h"

namespace referee::reports {

/// Which program made the results.
struct ToolInfo {
  std::string name = "referee";
  std::string version;
  std::string commit;
};

/// The run in the shape of reports/schema/results.schema.json. All texts are valid UTF-8 (what was not shows as U+FFFD;
/// bodies are base64 and exact), so that dumping the document cannot throw. Checks are ordered by edition and id, then
/// as given.
Results results_json(const engine::RunResult& run, const ToolInfo& tool);

/// RFC 3339 in UTC with milliseconds: "2026-11-23T16:40:00.250Z".
std::string rfc3339(http::WallTime time);

}  // namespace referee::reports
