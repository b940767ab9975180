#include "harness/engine/upkeep/turnstile.h"

#include <exception>
#include <utility>

namespace referee::engine {

Turnstile::Turnstile(std::size_t parties, int at_once, std::function<HookReport()> collect)
    : at_once_(at_once), collect_(std::move(collect)), parties_(parties) {
  for (std::size_t party = 0; party < parties; ++party) for_place_.insert(party);
}

void Turnstile::enter(std::size_t party) {
  std::unique_lock lock(mutex_);
  take_place(party, lock);
}

HookReport Turnstile::pass(std::size_t party) {
  std::unique_lock lock(mutex_);
  const int turn = turns_;
  for_turn_.insert(party);
  --inside_;
  changed_.notify_all();
  while (turns_ == turn) {
    if (for_turn_.size() == parties_ && !collecting_) {
      collect(lock);
    } else {
      changed_.wait(lock);
    }
  }
  take_place(party, lock);
  return report_;  // the next turn cannot come before this party waits for it
}

void Turnstile::leave() {
  const std::lock_guard lock(mutex_);
  --parties_;
  --inside_;
  changed_.notify_all();
}

void Turnstile::take_place(std::size_t party, std::unique_lock<std::mutex>& lock) {
  changed_.wait(lock, [&] { return inside_ < at_once_ && *for_place_.begin() == party; });
  for_place_.erase(party);
  ++inside_;
  changed_.notify_all();
}

void Turnstile::collect(std::unique_lock<std::mutex>& lock) {
  collecting_ = true;
  lock.unlock();
  HookReport report;
  try {
    report = collect_();
  } catch (const std::exception& failure) {
    report = {-1, failure.what()};
  }
  lock.lock();
  report_ = std::move(report);
  collecting_ = false;
  for_place_.swap(for_turn_);
  ++turns_;
  changed_.notify_all();
}

}  // namespace referee::engine
