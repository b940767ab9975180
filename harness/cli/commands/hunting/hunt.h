// A long hunt by walks: round after round of random walks, until one meets a wrong answer or the time is over.
#pragma once

#include <chrono>
#include <string>

#include "harness/engine/runner.h"
#include "harness/http/clock.h"

namespace referee::cli {

/// Selects walks, and the rules that look back on them, among what is selected.
void take_walks_alone(engine::RunRequest& request);

class Hunt {
 public:
  /// The first round walks by the seed in the settings; by that of the content where they name none.
  Hunt(engine::Settings& settings, std::chrono::milliseconds length, http::Clock& clock);

  /// Whether the round that ended so is the last.
  bool ends_with(const engine::RunResult& result);
  /// Makes a separate round: other ways, under another run id.
  void next(engine::Settings& settings);
  /// "round 3 (--walk-seed 12347): all answers agree; 4,312 exchanges, 21 s so far".
  std::string line(const engine::RunResult& result) const;

 private:
  std::chrono::milliseconds length_;
  http::Clock& clock_;
  http::Instant begin_;
  int round_ = 1;
  std::uint64_t seed_ = 0;
};

}  // namespace referee::cli
