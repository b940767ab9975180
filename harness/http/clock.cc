#include "harness/http/clock.h"

#include <mutex>
#include <thread>

namespace referee::http {
namespace {

class SystemClock : public Clock {
 public:
  Instant now() const override { return std::chrono::steady_clock::now(); }
  WallTime wall() const override { return std::chrono::system_clock::now(); }
  void sleep(Duration span) override { std::this_thread::sleep_for(span); }
};

}  // namespace

std::unique_ptr<Clock> system_clock() { return std::make_unique<SystemClock>(); }

struct ManualClock::State {
  std::mutex mutex;
  Duration passed{0};

  Duration get() {
    const std::lock_guard lock(mutex);
    return passed;
  }
};

ManualClock::ManualClock() : state_(std::make_unique<State>()) {}
ManualClock::~ManualClock() = default;

// The steady clock of a fresh machine may be near zero; an hour keeps differences with it positive.
Instant ManualClock::now() const { return Instant(std::chrono::hours(1) + state_->get()); }

WallTime ManualClock::wall() const {
  constexpr auto kStart = std::chrono::sys_days(std::chrono::year(2024) / 2 / 29) + std::chrono::hours(12);
  return kStart + std::chrono::duration_cast<WallTime::duration>(state_->get());
}

void ManualClock::sleep(Duration span) {
  if (span > Duration::zero()) advance(span);
}

void ManualClock::advance(Duration span) {
  const std::lock_guard lock(state_->mutex);
  state_->passed += span;
}

}  // namespace referee::http
