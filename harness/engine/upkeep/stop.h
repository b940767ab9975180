// A run that stops early: one flag that everything obeys, with the reason given by whoever raised it first.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "harness/engine/result.h"

namespace referee::engine {

/// Safe to use from several threads.
class Stop {
 public:
  const std::atomic<bool>& flag() const { return raised_; }
  bool raised() const { return raised_; }
  /// `words` say the same as the reason, and more, for readers.
  void raise(IncompleteReason reason, const std::string& words);
  IncompleteReason reason() const;
  std::string words() const;

 private:
  std::atomic<bool> raised_{false};
  mutable std::mutex mutex_;
  IncompleteReason reason_ = IncompleteReason::kUnknown;  // guarded by mutex_, as is:
  std::string words_;
};

/// How much of a run timeout is kept for cleaning up; zero if there is none (0).
std::chrono::milliseconds kept_for_cleanup(std::chrono::milliseconds run_timeout);

/// Calls `before`, which may be empty; throws TransportFault once the run timeout, counted from now on, is over: a
/// target that answers slowly, or no longer, could make cleaning up take forever. For
/// http::ClientContext::before_exchange.
std::function<void()> within(std::chrono::milliseconds run_timeout, std::function<void()> before);

/// Raises a Stop when an outer flag rises, or when no more of the run timeout is left than what is kept for cleanup, by
/// real time, until it is destroyed.
class Watchdog {
 public:
  /// `outer` may be null and `run_timeout` zero: then there is nothing to watch and no thread is started.
  Watchdog(Stop& stop, const std::atomic<bool>* outer, std::chrono::milliseconds run_timeout);
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
