// Evidence taken apart by target: a run may have judged some editions at one base URL and others at another.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "harness/replay/rejudge.h"

namespace referee::replay {

/// What belongs to one target.
struct TargetPart {
  std::string base;
  std::vector<http::Exchange> run_exchanges;  // in the order of sending
  std::vector<std::size_t> checks;            // indices into the evidence, in the order of their first exchanges
};

/// The parts of the evidence; a check without exchanges goes with others of its edition.
std::vector<TargetPart> parts_of(const Evidence& evidence);

/// The number that the session of a check had, which its repositories carry; 1 where nothing shows it.
int session_number(const std::vector<http::Exchange>& exchanges, const engine::Settings& settings);

}  // namespace referee::replay
