#include "harness/cli/host/rate_limit.h"

#include <algorithm>
#include <chrono>

namespace referee::cli {
namespace {

// How often a waiting worker looks whether the run was interrupted.
constexpr std::chrono::milliseconds kLook{100};

}  // namespace

RateLimit::RateLimit(double per_second, http::Clock& clock, const std::atomic<bool>* interrupted)
    : gap_(std::chrono::duration_cast<http::Duration>(std::chrono::duration<double>(1 / per_second))),
      clock_(clock),
      interrupted_(interrupted),
      next_(clock.now()) {}

void RateLimit::wait() {
  http::Instant turn;
  {
    const std::lock_guard lock(mutex_);
    turn = std::max(next_, clock_.now());
    next_ = turn + gap_;
  }
  for (auto now = clock_.now(); now < turn; now = clock_.now()) {
    if (interrupted_ != nullptr && *interrupted_) return;
    clock_.sleep(std::min<http::Duration>(turn - now, kLook));
  }
}

}  // namespace referee::cli
