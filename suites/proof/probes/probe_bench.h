// A bench for probes: one exploration of a reference registry in this process, on a clock that only moves in
// waits.
#pragma once

#include <functional>
#include <set>

#include "fixtures/registry/behaviour.h"
#include "fixtures/registry/store/manifest.h"
#include "harness/engine/probe_runner.h"

namespace referee::proof {

struct ProbeBench {
  std::set<spec::Edition> editions = {spec::Edition::kOrasRc2, spec::Edition::kOci111};
  std::function<bool(const engine::Probe&)> probes;  // empty: all
  bool guarded = false;   // the registry asks for tokens: "owner" may do everything, "signer" only push where names
                          // end in -sigs, nothing without credentials
  bool collector = true;  // --gc-hook is given
  bool long_running = false;
};

struct Explored {
  engine::Exploration seen;
  registry::Json stored;  // what the registry holds after the run, by repository
};

Explored explore_on(const registry::Behaviour& behaviour, const ProbeBench& bench);

}  // namespace referee::proof
