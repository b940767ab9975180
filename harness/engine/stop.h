// The end of a run before its time: one flag that everything heeds, with the reason of whoever raised it first.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace referee::engine {

/// Safe to use from several threads.
class Stop {
 public:
  const std::atomic<bool>& flag() const { return raised_; }
  bool raised() const { return raised_; }
  void raise(const std::string& reason);
  std::string reason() const;

 private:
  std::atomic<bool> raised_{false};
  mutable std::mutex mutex_;
  std::string reason_;  // guarded by mutex_
};

/// Raises a Stop when an outer flag rises or a span of real time has passed, until it is destroyed.
class Watchdog {
 public:
  /// `outer` may be null and `span` zero: then there is nothing to watch and no thread is started.
  Watchdog(Stop& stop, const std::atomic<bool>* outer, std::chrono::milliseconds span);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  void watch(const std::atomic<bool>* outer, std::chrono::milliseconds span);

  Stop& stop_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace referee::engine
