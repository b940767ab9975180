// What the checks of a run knew of the operator's decisions, saved with the results and read back for judging again.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "harness/engine/settings.h"
#include "harness/replay/rejudge.h"
#include "reports/results.h"

namespace referee::cli {

/// Listens at the operator's hooks. Outlives the run.
class HookLog {
 public:
  /// Puts itself before the hooks that are there.
  void listen(engine::Settings& settings);
  /// Adds what the hooks were called for and said, as far as there are any, to saved settings.
  void add_to(reports::Results& settings) const;

 private:
  struct Call {
    std::string when;
    engine::HookReport report;
  };
  engine::Hook heard(engine::Hook hook, std::vector<Call>& calls);

  mutable std::mutex mutex_;
  std::vector<Call> collections_;  // guarded by mutex_, as the next
  std::vector<Call> restarts_;
  bool collects_ = false;
  bool restarts_at_all_ = false;
};

/// The member "settings" of results.
reports::Results settings_json(const engine::Settings& settings, const HookLog& hooks);

/// All that saved results keep of a run. Hooks answer as then, call by call. Throws CannotRead where something is
/// missing.
replay::Evidence evidence_of(const reports::Results& results);

}  // namespace referee::cli
