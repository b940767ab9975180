// How late a target shows what was written to it. No text says when a push or deletion has to show, so that what is
// within the settle time is lawful, on every kind of read. It is measured once, before the checks; where it is not
// zero each check lets that time pass between its last write and its next read, so that none has to expect it.
#pragma once

#include <chrono>
#include <mutex>

namespace referee::engine {

class Capabilities;
class Session;

enum class Write { kPush, kDeletion };

/// Safe to use from several threads.
class Lateness {
 public:
  /// A read was that far behind a write.
  void met(Write write, std::chrono::milliseconds late);
  /// The worst so far.
  std::chrono::milliseconds worst(Write write) const;
  std::chrono::milliseconds worst() const;
  /// How long to wait after a write: a little longer than the worst so far; nothing if no read was ever behind.
  std::chrono::milliseconds pause_after(Write write) const;

 private:
  mutable std::mutex mutex_;
  std::chrono::milliseconds pushes_{0};     // guarded by mutex_
  std::chrono::milliseconds deletions_{0};  // guarded by mutex_
};

/// Pushes and deletes a few things in a repository of the session and asks for them in every way that `found` offers,
/// until each way shows them several times in a row; notes in `found` how long that took. What never shows within the
/// settle time is not late but wrong, and is left to the checks.
void measure_lateness(Session& session, const Capabilities& found);

}  // namespace referee::engine
