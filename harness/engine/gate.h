// Whether a gate of the catalogue is met at the target.
#pragma once

#include <string>

#include "harness/spec/gate.h"

namespace referee::engine {

using spec::Gate;

/// Whether a gate is met, and what was seen that says so.
struct GateState {
  bool met = false;
  std::string because;
};

}  // namespace referee::engine
