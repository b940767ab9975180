// What the user sees while registries are explored side by side: how far each is, and which probe takes long.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "harness/engine/probe_runner.h"
#include "harness/http/clock.h"

namespace referee::cli {

/// Draws "41 s: ours 57/206, theirs 43/206; 12 s for theirs: probe.delete.subject-untagged, oci-1.1.1" over itself.
/// Safe to use from several threads.
class ExploringLine {
 public:
  using Write = std::function<void(std::string_view)>;

  /// `names` of the registries, in their order. The clock must outlive it.
  ExploringLine(std::vector<std::string> names, const http::Clock& clock, Write write);

  void planned(std::size_t registry, std::size_t questions);
  void began(std::size_t registry, spec::ProbeId probe, spec::Edition edition);
  void answered(std::size_t registry, const engine::ProbeResult& result);

  /// The line as it is now, without drawing it: the probe that takes longest comes last.
  std::string text() const;
  /// Draws it, unless it was drawn less than 100 ms ago.
  void draw();
  /// Clears it.
  void clear();

 private:
  using Question = std::pair<spec::ProbeId, spec::Edition>;
  struct Registry {
    std::string name;
    std::size_t planned = 0;
    std::size_t answered = 0;
    std::map<Question, http::Instant> asked;  // under way
  };

  std::string text_now(http::Instant now) const;

  const http::Clock& clock_;
  Write write_;
  http::Instant start_;
  mutable std::mutex mutex_;
  http::Instant drawn_;  // guarded by mutex_, as are:
  std::vector<Registry> registries_;
};

/// Draws a line each second until it is destroyed, so that waiting shows, and clears it then.
class Ticking {
 public:
  explicit Ticking(ExploringLine& line);
  ~Ticking();
  Ticking(const Ticking&) = delete;
  Ticking& operator=(const Ticking&) = delete;

 private:
  ExploringLine& line_;
  std::mutex mutex_;
  std::condition_variable_any ended_;
  std::jthread thread_;
};

}  // namespace referee::cli
