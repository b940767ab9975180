// The maximum of requests per second, over all workers.
#pragma once

#include <atomic>
#include <mutex>

#include "harness/http/clock.h"

namespace referee::cli {

/// Safe to use from several threads.
class RateLimit {
 public:
  /// `per_second` is positive. `interrupted` may be null; once it is set, wait() returns at once.
  RateLimit(double per_second, http::Clock& clock, const std::atomic<bool>* interrupted);

  /// Waits for the caller's turn. Turns are equally far apart; unused time is lost.
  void wait();

 private:
  http::Duration gap_;
  http::Clock& clock_;
  const std::atomic<bool>* interrupted_;
  std::mutex mutex_;
  http::Instant next_;  // guarded by mutex_
};

}  // namespace referee::cli
