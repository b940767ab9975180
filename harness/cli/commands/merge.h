// Several runs as one: the built-in registry is judged once for each edition, and reported as a whole.
#pragma once

#include <vector>

#include "harness/engine/result.h"
#include "harness/http/record/transcript.h"

namespace referee::cli {

/// One result that holds everything of all parts, which share run id, seed and options; it lasts as long as their sum.
/// Exchanges are renumbered, so that the numbers stay unique. Several targets are named one after another. The
/// result is complete if all parts are. Throws std::invalid_argument without parts.
engine::RunResult merge(std::vector<engine::RunResult> parts);

/// Adds exchanges that belong to no check (those with token services), numbered after all others, with their bodies.
void add_exchanges(engine::RunResult& result, std::vector<http::Exchange> exchanges,
                   const std::map<std::string, http::RecordedBody>& bodies);

}  // namespace referee::cli
