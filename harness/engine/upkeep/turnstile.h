// Where checks wait that need the registry's collector: it runs once for all of them, while none of them talks.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <set>

#include "harness/engine/settings.h"

namespace referee::engine {

/// Parties, known by number from 0 on and each on its own thread, enter, pass any number of times, and leave. No
/// more than `at_once` of them are inside and not waiting; the lowest number goes first, so that one at a time keeps
/// their order. Safe to use from several threads.
class Turnstile {
 public:
  /// `collect` is called on the thread of one of the parties; what it throws becomes a report with status -1.
  Turnstile(std::size_t parties, int at_once, std::function<HookReport()> collect);

  /// Waits for a place.
  void enter(std::size_t party);
  /// Waits until each party is here or has left, and for the collector, which runs once; then for a place again. What
  /// the collector said.
  HookReport pass(std::size_t party);
  void leave();

 private:
  void take_place(std::size_t party, std::unique_lock<std::mutex>& lock);
  void collect(std::unique_lock<std::mutex>& lock);

  const int at_once_;
  const std::function<HookReport()> collect_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t parties_;              // that have not left; guarded by mutex_, as all below
  std::set<std::size_t> for_place_;  // who waits, or will, for a place
  std::set<std::size_t> for_turn_;   // who waits for the collector
  int inside_ = 0;
  int turns_ = 0;
  bool collecting_ = false;
  HookReport report_;
};

}  // namespace referee::engine
