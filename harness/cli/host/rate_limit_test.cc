#include "harness/cli/host/rate_limit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::cli {
namespace {

using ::testing::Eq;

TEST(RateLimit, KeepsTurnsApart) {
  http::ManualClock clock;
  RateLimit limit(10, clock, nullptr);
  const auto begin = clock.now();
  for (int i = 0; i < 11; ++i) limit.wait();
  EXPECT_THAT(clock.now() - begin, Eq(std::chrono::seconds(1)));
}

TEST(RateLimit, LosesUnusedTime) {
  http::ManualClock clock;
  RateLimit limit(1, clock, nullptr);
  limit.wait();
  clock.advance(std::chrono::seconds(60));
  limit.wait();
  const auto begin = clock.now();
  limit.wait();
  EXPECT_THAT(clock.now() - begin, Eq(std::chrono::seconds(1)));
}

TEST(RateLimit, LetsEverybodyGoOnceInterrupted) {
  http::ManualClock clock;
  const std::atomic<bool> interrupted{true};
  RateLimit limit(0.001, clock, &interrupted);
  const auto begin = clock.now();
  for (int i = 0; i < 3; ++i) limit.wait();
  EXPECT_THAT(clock.now() - begin, Eq(std::chrono::seconds(0)));
}

}  // namespace
}  // namespace referee::cli
