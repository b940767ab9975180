#include "harness/replay/recorded_clock.h"

#include <gtest/gtest.h>

#include "harness/http/client/lane.h"

namespace referee::replay {
namespace {

using std::chrono::seconds;

const http::WallTime kStart = http::WallTime(seconds(1'000'000));

TEST(RecordedClock, StandsUntilAnExchangeOrASleepMovesIt) {
  RecordedClock clock(kStart);
  EXPECT_EQ(clock.wall(), kStart);
  clock.moved_to(kStart + seconds(2));
  clock.sleep(seconds(1));
  EXPECT_EQ(clock.wall(), kStart + seconds(3));
  EXPECT_EQ(clock.now().time_since_epoch(), seconds(1'000'003));
}

TEST(RecordedClock, DoesNotGoBack) {
  RecordedClock clock(kStart);
  clock.sleep(seconds(5));
  clock.moved_to(kStart + seconds(1));
  EXPECT_EQ(clock.wall(), kStart + seconds(5));
}

TEST(RecordedClock, KeepsLanesApart) {
  RecordedClock clock(kStart);
  clock.moved_to(kStart + seconds(1));
  {
    const http::LaneScope first(1);
    EXPECT_EQ(clock.wall(), kStart + seconds(1)) << "a lane begins where the check is";
    clock.moved_to(kStart + seconds(9));
  }
  const http::LaneScope second(2);
  EXPECT_EQ(clock.wall(), kStart + seconds(1));
}

TEST(RecordedClock, LetsTheCheckWaitForItsLanes) {
  RecordedClock clock(kStart);
  {
    const http::LaneScope lane(3);
    clock.sleep(seconds(4));
  }
  EXPECT_EQ(clock.wall(), kStart + seconds(4));
}

}  // namespace
}  // namespace referee::replay
