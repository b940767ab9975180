#include "harness/engine/upkeep/stop.h"

#include <algorithm>

#include "harness/http/transport.h"

namespace referee::engine {

std::chrono::milliseconds kept_for_cleanup(std::chrono::milliseconds run_timeout) {
  return std::min<std::chrono::milliseconds>(run_timeout / 3, std::chrono::seconds(10));
}

std::function<void()> within(std::chrono::milliseconds run_timeout, std::function<void()> before) {
  if (run_timeout.count() == 0) return before;
  const auto end = std::chrono::steady_clock::now() + run_timeout;
  return [end, before = std::move(before)] {
    if (std::chrono::steady_clock::now() >= end) {
      throw http::TransportFault(http::FaultKind::kInterrupted, "no time of the run was left");
    }
    if (before) before();
  };
}

void Stop::raise(IncompleteReason reason, const std::string& words) {
  const std::lock_guard lock(mutex_);
  if (words_.empty()) {
    reason_ = reason;
    words_ = words;
  }
  raised_ = true;
}

IncompleteReason Stop::reason() const {
  const std::lock_guard lock(mutex_);
  return reason_;
}

std::string Stop::words() const {
  const std::lock_guard lock(mutex_);
  return words_;
}

Watchdog::Watchdog(Stop& stop, const std::atomic<bool>* outer, std::chrono::milliseconds run_timeout) : stop_(stop) {
  if (outer == nullptr && run_timeout.count() == 0) return;
  thread_ = std::thread([this, outer, span = run_timeout - kept_for_cleanup(run_timeout)] { watch(outer, span); });
}

Watchdog::~Watchdog() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void Watchdog::watch(const std::atomic<bool>* outer, std::chrono::milliseconds span) {
  const auto deadline = std::chrono::steady_clock::now() + span;
  std::unique_lock lock(mutex_);
  while (!over_) {
    if (outer != nullptr && *outer) return stop_.raise(IncompleteReason::kInterrupted, "interrupted");
    if (span.count() != 0 && std::chrono::steady_clock::now() >= deadline) {
      return stop_.raise(IncompleteReason::kRunTimeout, "the run timeout passed");
    }
    ended_.wait_for(lock, std::chrono::milliseconds(20));
  }
}

}  // namespace referee::engine
