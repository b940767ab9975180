#include "harness/cli/host/signals.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

namespace referee::cli {
namespace {

// In a separate process, whose exit code says what happened.
void signal_twice(std::chrono::milliseconds between) {
  const auto& signalled = heed_signals();
  end_cleanly_on_signals();
  say_if_ended_at_once("what is left");
  std::raise(SIGINT);
  if (!signalled) std::_Exit(1);
  std::this_thread::sleep_for(between);
  std::raise(SIGTERM);
  std::_Exit(2);
}

TEST(SignalsDeathTest, TakeTwoAtOnceForOne) {
  EXPECT_EXIT(signal_twice(std::chrono::milliseconds(0)), ::testing::ExitedWithCode(2), "^$");
}

// The real clock decides, so that this takes as long as it says.
TEST(SignalsDeathTest, EndAtOnceByALaterOneAndSayWhatIsLeft) {
  EXPECT_EXIT(signal_twice(std::chrono::milliseconds(5'100)), ::testing::ExitedWithCode(130), "what is left");
}

TEST(SignalsDeathTest, EndAtOnceWhereNothingIsToBeCleanedUp) {
  const auto interrupt = [] {
    heed_signals();
    std::raise(SIGINT);
    std::_Exit(2);
  };
  EXPECT_EXIT(interrupt(), ::testing::ExitedWithCode(130), "^$");
}

TEST(SignalsDeathTest, LeaveAloneWhatIsIgnoredFromTheStart) {
  const auto hang_up = [] {
    std::signal(SIGHUP, SIG_IGN);
    const auto& signalled = heed_signals();
    end_cleanly_on_signals();
    std::raise(SIGHUP);
    std::_Exit(signalled ? 1 : 2);
  };
  EXPECT_EXIT(hang_up(), ::testing::ExitedWithCode(2), "");
}

}  // namespace
}  // namespace referee::cli
