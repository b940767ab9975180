// The part of a run that needs the registry's collector: all prepare, --gc-hook runs once for all, all look.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "harness/engine/result.h"
#include "harness/engine/settings.h"
#include "harness/engine/upkeep/stop.h"
#include "harness/engine/upkeep/upkeep.h"
#include "harness/http/clock.h"

namespace referee::engine {

/// Takes place while nothing else talks to the target. What it was made with outlives it.
class Collecting {
 public:
  Collecting(const Settings& settings, const Stop& stop, http::Clock& clock, Upkeep& upkeep)
      : settings_(settings), stop_(stop), clock_(clock), upkeep_(upkeep) {}

  /// Calls take(0) ... take(n-1), each on its own thread and as many at a time as there are jobs; returns when all are
  /// done. What each is given makes the target collect: it waits for the others, and no exchange goes on meanwhile.
  /// Once the run stops the command is no longer called.
  void run(std::size_t n, const std::function<void(std::size_t, const Hook&)>& take);

  /// "3 runs of --gc-hook: 4.1 s, 3.9 s, 4.0 s"; empty if there was none.
  std::string words() const;
  /// Each run of it so far.
  const std::vector<CollectorTurn>& turns() const { return turns_; }

 private:
  HookReport collect();

  const Settings& settings_;
  const Stop& stop_;
  http::Clock& clock_;
  Upkeep& upkeep_;
  std::vector<CollectorTurn> turns_;  // of one thread at a time
};

}  // namespace referee::engine
