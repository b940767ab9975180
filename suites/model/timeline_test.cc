#include "suites/model/timeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::model {
namespace {

using ::testing::ElementsAre;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

http::WallTime at(int seconds) { return http::WallTime() + std::chrono::seconds(seconds); }

TEST(Timeline, ShowsTheFirstValueUntilSomethingChanges) {
  const Timeline<int> value(1);
  EXPECT_THAT(value.possible({at(5), at(6)}, 30s), ElementsAre(1));
}

TEST(Timeline, ShowsEitherValueUntilTheChangeHasSettled) {
  Timeline<int> value(1);
  value.set(2, {at(10), at(11)});
  EXPECT_THAT(value.possible({at(5), at(6)}, 30s), ElementsAre(1)) << "before";
  EXPECT_THAT(value.possible({at(9), at(10)}, 30s), ElementsAre(1, 2)) << "asked before, answered during the change";
  EXPECT_THAT(value.possible({at(40), at(41)}, 30s), ElementsAre(1, 2)) << "just before it has settled";
  EXPECT_THAT(value.possible({at(41), at(42)}, 30s), ElementsAre(2)) << "settled";
}

TEST(Timeline, ShowsAllValuesThatHeldWithinTheSettleTime) {
  Timeline<int> value(1);
  value.set(2, {at(10), at(11)});
  value.set(1, {at(12), at(13)});
  EXPECT_THAT(value.possible({at(14), at(15)}, 30s), ElementsAre(1, 2));
  EXPECT_TRUE(value.only(1, {at(50), at(51)}, 30s));
}

TEST(Timeline, ShowsTheLastValueAtOnceToWhoGrantsNoTime) {
  Timeline<int> value(1);
  value.set(2, {at(10), at(11)});
  EXPECT_TRUE(value.only(2, {at(11), at(11)}, 0s));
  EXPECT_FALSE(value.only(2, {at(10), at(11)}, 0s)) << "asked while it changed";
}

}  // namespace
}  // namespace referee::model
