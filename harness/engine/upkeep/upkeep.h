// What runs and explorations do around their questions: spread them over workers, keep the exchanges that belong to
// none of them, clean up, and look whether the target is still there.
#pragma once

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "harness/engine/session.h"
#include "harness/engine/settings.h"
#include "harness/engine/upkeep/stop.h"

namespace referee::engine {

/// Calls `take`, which takes one item after another, on as many threads as there are jobs, and no more than items;
/// returns when all are done. With one of them it is called on this thread.
void on_workers(int jobs, std::size_t items, const std::function<void()>& take);

/// Safe to use from several threads; what it was made with outlives it.
class Upkeep {
 public:
  /// Adds what was said to `exchanges` and what stays on the target to `leftovers`: read them when no thread is left.
  Upkeep(const http::ClientContext& context, const Settings& settings, Stop& stop,
         std::vector<http::Exchange>& exchanges, std::vector<std::string>& leftovers);

  void keep(std::vector<http::Exchange> exchanges);

  /// As Session::clean_up(); returns the fault of the transport that ended it, empty if none did.
  std::string clean(Session& session, Session::Extent extent = Session::Extent::kEverything,
                    const std::string& why_not = "");

  /// After an error of the wire: a target that has gone would only burn through all other questions, so that the stop
  /// is raised. Returns what shows that it has gone, empty if it is there.
  std::string look_whether_it_is_there();

  /// Returns once the target answers, the settle time at most: an operator's command may have started it again. It
  /// does not record what it asks meanwhile.
  void wait_until_it_is_there();

 private:
  const http::ClientContext& context_;
  const Settings& settings_;
  Stop& stop_;
  std::mutex mutex_;
  std::vector<http::Exchange>& exchanges_;  // guarded by mutex_, as is:
  std::vector<std::string>& leftovers_;
};

}  // namespace referee::engine
