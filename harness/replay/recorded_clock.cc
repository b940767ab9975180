#include "harness/replay/recorded_clock.h"

#include <algorithm>

#include "harness/http/client/lane.h"

namespace referee::replay {

http::WallTime RecordedClock::lane_time(std::uint32_t lane) const {
  if (lane == 0) {
    http::WallTime latest = start_;
    for (const auto& [each, time] : lanes_) latest = std::max(latest, time);
    return latest;
  }
  const auto own = lanes_.find(lane);
  if (own != lanes_.end()) return own->second;
  const auto first = lanes_.find(0);
  return first == lanes_.end() ? start_ : first->second;
}

http::WallTime RecordedClock::wall() const {
  const std::lock_guard lock(mutex_);
  return lane_time(http::current_lane());
}

void RecordedClock::sleep(http::Duration span) {
  const std::lock_guard lock(mutex_);
  const auto lane = http::current_lane();
  lanes_[lane] = lane_time(lane) + std::chrono::duration_cast<http::WallTime::duration>(span);
}

void RecordedClock::moved_to(http::WallTime time) {
  const std::lock_guard lock(mutex_);
  const auto lane = http::current_lane();
  lanes_[lane] = std::max(lane_time(lane), time);
}

}  // namespace referee::replay
