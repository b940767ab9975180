// A listener on this machine whose address is in pushed content: it notices whether a registry connects to it.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace referee::engine {

/// Listens on a free port of 127.0.0.1 from its making to its end, closes every connection at once, and remembers what
/// came first on each. Throws std::runtime_error if it cannot listen.
class Listener {
 public:
  Listener();
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::string url() const;  // "http://127.0.0.1:PORT"
  /// The beginning of what each visitor sent, printable.
  std::vector<std::string> visits() const;

 private:
  void listen_on();

  int socket_ = -1;
  int port_ = 0;
  std::atomic<bool> over_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> visits_;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace referee::engine
