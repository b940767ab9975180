// Time as everything in Referee sees it: waits and deadlines ask a clock, which the self-tests own, so that no test
// sleeps.
#pragma once

#include <chrono>
#include <memory>

namespace referee::http {

using Instant = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;
using Duration = std::chrono::steady_clock::duration;

/// Safe to use from several threads.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
  virtual WallTime wall() const = 0;
  /// Returns once the span has passed.
  virtual void sleep(Duration span) = 0;
};

/// The machine's clocks.
std::unique_ptr<Clock> system_clock();

/// A clock that moves only by sleep(), which moves it forward at once, and advance().
class ManualClock : public Clock {
 public:
  ManualClock();
  ~ManualClock() override;
  Instant now() const override;
  WallTime wall() const override;
  void sleep(Duration span) override;
  void advance(Duration span);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace referee::http
