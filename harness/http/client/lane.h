// Which lane the current thread's exchanges belong to: 0 for a check's own thread, 1... for those it starts.
#pragma once

#include <cstdint>

namespace referee::http {

/// The lane of the current thread.
inline std::uint32_t& current_lane() {
  thread_local std::uint32_t lane = 0;
  return lane;
}

/// Puts the current thread on a lane for as long as it lives.
class LaneScope {
 public:
  explicit LaneScope(std::uint32_t lane) : before_(current_lane()) { current_lane() = lane; }
  ~LaneScope() { current_lane() = before_; }
  LaneScope(const LaneScope&) = delete;
  LaneScope& operator=(const LaneScope&) = delete;

 private:
  std::uint32_t before_;
};

}  // namespace referee::http
