#include "harness/cli/commands/hunting/hunt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/engine/check.h"
#include "harness/spec/literals/oci.h"

namespace referee::cli {
namespace {

using namespace spec::literals;        // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)
using ::testing::HasSubstr;

engine::RunResult judged(engine::Outcome outcome) {
  engine::RunResult result;
  result.complete = true;
  const auto row = "oci.referrers.list.stable"_requirement;
  const auto edition = spec::Edition::kOci111;
  result.checks.push_back({.id = "Walks.OverTags",
                           .edition = edition,
                           .requirement = row,
                           .binding = *spec::requirement(row).in(edition),
                           .outcome = outcome});
  return result;
}

TEST(Hunt, GoesOtherWaysInEachRound) {
  http::ManualClock clock;
  engine::Settings settings;
  settings.seed = 2'000'041;
  settings.run_id = "first";
  Hunt hunt(settings, 1min, clock);
  EXPECT_EQ(settings.walks.seed, 42U);
  hunt.next(settings);
  EXPECT_EQ(settings.walks.seed, 43U);
  EXPECT_EQ(settings.shown_options["walk-seed"], "43");
  EXPECT_NE(settings.run_id, "first");
  EXPECT_THAT(hunt.line(judged(engine::Outcome::kPassed)), HasSubstr("round 2 (--walk-seed 43): all answers agree"));
}

TEST(Hunt, EndsWithTheFirstWrongAnswerOrTheTime) {
  http::ManualClock clock;
  engine::Settings settings;
  Hunt hunt(settings, 1min, clock);
  EXPECT_FALSE(hunt.ends_with(judged(engine::Outcome::kPassed)));
  EXPECT_TRUE(hunt.ends_with(judged(engine::Outcome::kFailed)));
  clock.sleep(61s);
  EXPECT_TRUE(hunt.ends_with(judged(engine::Outcome::kPassed)));
}

TEST(Hunt, TakesWalksAlone) {
  engine::RunRequest request;
  request.settings.walks.rounds = 0;
  take_walks_alone(request);
  EXPECT_EQ(request.settings.walks.rounds, 1);
  engine::Check check{.suite = "Walks", .name = "OverTags", .requirement = "oci.referrers.list.stable"_requirement};
  EXPECT_FALSE(request.selection.checks(check));
  check.traits.walk = true;
  EXPECT_TRUE(request.selection.checks(check));
}

}  // namespace
}  // namespace referee::cli
