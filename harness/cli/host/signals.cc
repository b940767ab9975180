#include "harness/cli/host/signals.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <ctime>

#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

// `timeout` and terminals signal a process and its group: within this time two signals mean one wish.
constexpr std::int64_t kOneWish = 5;

// A handler can reach nothing else.
std::atomic<bool> g_ends_cleanly{false};
std::atomic<bool> g_signalled{false};
std::atomic<std::int64_t> g_first_at{0};
std::atomic<const char*> g_last_words{nullptr};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free &&
              std::atomic<const char*>::is_always_lock_free);

std::int64_t seconds_now() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec;
}

extern "C" void on_signal(int /*number*/) {
  if (!g_ends_cleanly) _exit(kInterrupted);
  const int error = errno;
  // The second signal may come on another thread, while the first is being handled.
  std::int64_t first_at = 0;
  const auto now = std::max<std::int64_t>(seconds_now(), 1);
  if (g_first_at.compare_exchange_strong(first_at, now)) {
    g_signalled = true;
  } else if (now - first_at >= kOneWish) {
    if (const char* words = g_last_words) {
      [[maybe_unused]] const auto written = write(STDERR_FILENO, words, std::strlen(words));
    }
    _exit(kInterrupted);
  }
  errno = error;
}

}  // namespace

const std::atomic<bool>& heed_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    // Who starts the program with a signal ignored, as nohup does, wants it ignored.
    struct sigaction before = {};
    sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(number, &action, nullptr);
  }
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  return g_signalled;
}

void end_cleanly_on_signals() { g_ends_cleanly = true; }

void say_if_ended_at_once(const std::string& words) {
  static std::array<char, 4'096> kept;
  const auto size = std::min(words.size(), kept.size() - 1);
  g_last_words = nullptr;
  std::memcpy(kept.data(), words.data(), size);
  kept.at(size) = '\0';
  g_last_words = kept.data();
}

}  // namespace referee::cli
