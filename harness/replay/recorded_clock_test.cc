#include "harness/replay/recorded_clock.h"

#include <gtest/gtest.h>

#include "harness/http/client/lane.h"

namespace referee::replay {
namespace {

using std::chrono::seconds;

const http::WallTime kBeginning = http::WallTime(seconds(1'000'000));

TEST(RecordedClock, StandsUntilAnExchangeOrASleepMovesIt) {
  RecordedClock clock(kBeginning);
  EXPECT_EQ(clock.wall(), kBeginning);
  clock.moved_to(kBeginning + seconds(2));
  clock.sleep(seconds(1));
  EXPECT_EQ(clock.wall(), kBeginning + seconds(3));
  EXPECT_EQ(clock.now().time_since_epoch(), seconds(1'000'003));
}

TEST(RecordedClock, DoesNotGoBack) {
  RecordedClock clock(kBeginning);
  clock.sleep(seconds(5));
  clock.moved_to(kBeginning + seconds(1));
  EXPECT_EQ(clock.wall(), kBeginning + seconds(5));
}

TEST(RecordedClock, KeepsLanesApart) {
  RecordedClock clock(kBeginning);
  clock.moved_to(kBeginning + seconds(1));
  {
    const http::LaneScope first(1);
    EXPECT_EQ(clock.wall(), kBeginning + seconds(1)) << "a lane begins where the check is";
    clock.moved_to(kBeginning + seconds(9));
  }
  const http::LaneScope second(2);
  EXPECT_EQ(clock.wall(), kBeginning + seconds(1));
}

TEST(RecordedClock, LetsTheCheckWaitForItsLanes) {
  RecordedClock clock(kBeginning);
  {
    const http::LaneScope lane(3);
    clock.sleep(seconds(4));
  }
  EXPECT_EQ(clock.wall(), kBeginning + seconds(4));
}

}  // namespace
}  // namespace referee::replay
