// The time in which recorded exchanges went on: what is asked again sees the deadlines of then.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>

#include "harness/http/clock.h"

namespace referee::replay {

/// Each lane of a check has its own time, which its exchanges and sleeps move; a check's own lane, 0, is as late as the
/// latest of all, since it waits for the others. Steady and wall time are one.
class RecordedClock : public http::Clock {
 public:
  explicit RecordedClock(http::WallTime start) : start_(start) {}

  http::Instant now() const override { return http::Instant(wall().time_since_epoch()); }
  http::WallTime wall() const override;
  void sleep(http::Duration span) override;

  /// An exchange of the current lane ended then; time does not go back.
  void moved_to(http::WallTime time);

 private:
  http::WallTime lane_time(std::uint32_t lane) const;  // with mutex_ held

  http::WallTime start_;
  mutable std::mutex mutex_;
  std::map<std::uint32_t, http::WallTime> lanes_;  // guarded by mutex_
};

}  // namespace referee::replay
