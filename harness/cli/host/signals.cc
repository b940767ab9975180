#include "harness/cli/host/signals.h"

#include <unistd.h>

#include <csignal>

#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

// A handler can reach nothing else.
std::atomic<bool> g_signalled{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int /*number*/) {
  if (g_signalled.exchange(true)) _exit(kInterrupted);
}

}  // namespace

const std::atomic<bool>& heed_signals() {
  struct sigaction action = {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, nullptr);
  return g_signalled;
}

}  // namespace referee::cli
