// An exploration: find out what a target offers, put the chosen probes to it in the chosen editions, say what was seen.
//
//   const Exploration seen = explore({.settings = settings, .specs = {.auto_oci = true}}, world);
//   for (const auto& one : seen.observations) fmt::print("{}: {}\n", one.probe.text(), one.answer);
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "harness/engine/probe.h"
#include "harness/engine/result.h"
#include "harness/engine/runner.h"

namespace referee::engine {

struct ExploreRequest {
  std::string name;  // what the operator calls the target; may be empty
  Settings settings;
  SpecChoice specs;
  std::function<bool(const Probe&)> probes;  // empty: all
};

/// What one target answered.
struct Exploration {
  std::string run_id;
  http::WallTime started;
  double seconds = 0;
  bool complete = true;
  std::string incomplete_because;
  std::string not_explored_because;  // set when detection already ended it
  std::string target_url;
  std::string target_name;  // as in the request
  std::vector<spec::Edition> editions;
  CapabilityCard capabilities;
  std::uint64_t seed = 0;
  std::map<std::string, std::string> options;
  std::vector<ProbeResult> observations;      // in the order of weight_of(), then of editions
  std::vector<http::Exchange> run_exchanges;  // detection and cleanup
  std::map<std::string, http::RecordedBody> bodies;
  std::vector<std::string> leftovers;
};

/// Hears how an exploration progresses. Calls come from its workers, and never overlap.
class ExplorationProgress {
 public:
  virtual ~ExplorationProgress() = default;
  virtual void planned(const std::vector<spec::Edition>& /*editions*/, std::size_t /*questions*/) {}
  virtual void began(spec::ProbeId /*probe*/, spec::Edition /*edition*/) {}
  virtual void answered(const ProbeResult& /*result*/) {}
};

/// Never throws for what the target does. Ends early, marked incomplete, when interrupted, at the run timeout, or when
/// the target has gone; probes that had no turn are left out.
Exploration explore(const ExploreRequest& request, const Environment& world, ExplorationProgress* progress = nullptr);

}  // namespace referee::engine
