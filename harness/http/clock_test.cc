// The manual clock moves only when told to; the machine's clocks move by themselves.
#include "harness/http/clock.h"

#include <gtest/gtest.h>

namespace referee::http {
namespace {

using namespace std::chrono_literals;

TEST(ManualClockTime, StandsStillUntilSomebodySleeps) {
  ManualClock clock;
  const Instant start = clock.now();
  const WallTime wall = clock.wall();
  EXPECT_EQ(clock.now(), start);
  clock.sleep(90min);
  EXPECT_EQ(clock.now() - start, 90min);
  EXPECT_EQ(clock.wall() - wall, 90min);
  clock.advance(1s);
  EXPECT_EQ(clock.now() - start, 90min + 1s);
}

TEST(ManualClockTime, NeverGoesBack) {
  ManualClock clock;
  const Instant start = clock.now();
  clock.sleep(-5s);
  EXPECT_EQ(clock.now(), start);
}

TEST(SystemClockTime, IsTheMachines) {
  const auto clock = system_clock();
  const Instant before = std::chrono::steady_clock::now();
  clock->sleep(1ms);
  EXPECT_GE(clock->now() - before, 1ms);
  EXPECT_LT(clock->wall() - std::chrono::system_clock::now(), 1min);
}

}  // namespace
}  // namespace referee::http
