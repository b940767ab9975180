#include "harness/cli/options/duration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::cli {
namespace {

using std::chrono::milliseconds;
using ::testing::Eq;
using ::testing::Optional;

TEST(Duration, ReadsWhatPeopleWrite) {
  EXPECT_THAT(parse_duration("30"), Optional(milliseconds(30'000)));
  EXPECT_THAT(parse_duration("30s"), Optional(milliseconds(30'000)));
  EXPECT_THAT(parse_duration("500ms"), Optional(milliseconds(500)));
  EXPECT_THAT(parse_duration("2m"), Optional(milliseconds(120'000)));
  EXPECT_THAT(parse_duration("1h"), Optional(milliseconds(3'600'000)));
  EXPECT_THAT(parse_duration("1.5s"), Optional(milliseconds(1'500)));
  EXPECT_THAT(parse_duration("1m30s"), Optional(milliseconds(90'000)));
  EXPECT_THAT(parse_duration("0"), Optional(milliseconds(0)));
}

TEST(Duration, RefusesAnythingElse) {
  for (const auto* text : {"", "s", "-1", "-1s", "1x", "1 s", "1s2", "1..5s", "nan", "1e3", "99999999h"}) {
    EXPECT_THAT(parse_duration(text), Eq(std::nullopt)) << text;
  }
}

TEST(Duration, ShowsTheShortestForm) {
  EXPECT_THAT(show_duration(milliseconds(30'000)), Eq("30s"));
  EXPECT_THAT(show_duration(milliseconds(120'000)), Eq("2m"));
  EXPECT_THAT(show_duration(milliseconds(1'500)), Eq("1500ms"));
}

}  // namespace
}  // namespace referee::cli
