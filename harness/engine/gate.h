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
  bool configured = true;  // false: an option that it depends on was not given, which says nothing of the target
};

}  // namespace referee::engine
