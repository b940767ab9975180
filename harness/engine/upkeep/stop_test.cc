// The end of a run before its time: what of a run timeout is for the checks, and what for cleaning up.
#include "harness/engine/upkeep/stop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/http/transport.h"

namespace referee::engine {
namespace {

using ::testing::Eq;
using namespace std::chrono_literals;

TEST(RunTimeout, KeepsSomeForCleanup) {
  EXPECT_THAT(kept_for_cleanup(0s), Eq(0ms));
  EXPECT_THAT(kept_for_cleanup(3s), Eq(1s));
  EXPECT_THAT(kept_for_cleanup(10min), Eq(10s));
}

TEST(RunTimeout, EndsEveryExchangeAfterIt) {
  int asked = 0;
  const auto count = [&asked] { ++asked; };
  within(0ms, count)();
  within(1h, count)();
  EXPECT_THAT(asked, Eq(2));
  within(1h, {})();
  const auto over = within(1ms, count);
  std::this_thread::sleep_for(2ms);
  EXPECT_THROW(over(), http::TransportFault);
  EXPECT_THAT(asked, Eq(2));
}

TEST(RunTimeout, StopsChecksWhileSomeOfItIsLeft) {
  const auto begin = std::chrono::steady_clock::now();
  Stop stop;
  const Watchdog watchdog(stop, nullptr, 450ms);
  while (!stop.raised() && std::chrono::steady_clock::now() - begin < 10s) std::this_thread::sleep_for(5ms);
  EXPECT_TRUE(stop.raised());
  EXPECT_EQ(stop.reason(), IncompleteReason::kRunTimeout);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 300ms);
}

}  // namespace
}  // namespace referee::engine
