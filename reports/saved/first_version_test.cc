// Results of the first version, as an earlier Referee wrote them: they are read, judged alike, and written as they
// were.
#include "reports/saved/first_version.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/comparison/comparison.h"
#include "reports/saved/load_results.h"
#include "reports/saved/read_results.h"
#include "reports/saved/results_json.h"
#include "reports/saved/seal.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

const std::filesystem::path kClean = "reports/testing/version_1/clean.json";
const std::filesystem::path kDefect = "reports/testing/version_1/defect.json";

TEST(FirstVersion, IsReadAsTypes) {
  const auto run = load_results(kDefect);
  EXPECT_EQ(run.version, Version::k1);
  EXPECT_EQ(run.verdict, RunVerdict::kNonConformant);
  EXPECT_THAT(run.editions, ElementsAre(Field(&SavedEdition::offered, Optional(true))));
  ASSERT_THAT(run.checks, SizeIs(3));
  EXPECT_THAT(run.checks, Each(Field(&SavedCheck::edition, Eq(spec::Edition::kOci111))));
  const auto failed = std::ranges::find(run.checks, Outcome::kFailed, &SavedCheck::outcome);
  ASSERT_NE(failed, run.checks.end());
  EXPECT_EQ(failed->id, "Filtering.NamesTheFilterItApplied");
  ASSERT_THAT(failed->findings, SizeIs(1));
  EXPECT_THAT(failed->findings[0].actual, HasSubstr("which has no header OCI-Filters-Applied"));
  EXPECT_THAT(failed->findings[0].note, IsEmpty());
}

TEST(FirstVersion, IsWrittenAsItWasSoThatItsSealHolds) {
  for (const auto& path : {kClean, kDefect}) {
    EXPECT_EQ(results_text(load_results(path)), read_file(path)) << path;
    EXPECT_THAT(damages(load_document(path)), IsEmpty()) << path;
  }
}

TEST(FirstVersion, IsComparedWithTheNextOne) {
  auto today = load_results(kClean);
  today.version = Version::k1_1;
  const auto comparison = compare({load_saved(kDefect), today});
  EXPECT_EQ(comparison.count(Change::kBetter), 1U);
  EXPECT_EQ(comparison.count(Change::kWorse), 0U);
}

TEST(FirstVersion, SaysInWordsWhyARunIsIncomplete) {
  const auto reason_of = [](const std::string& words) {
    SavedRun run;
    run.complete = false;
    run.incomplete_because = words;
    complete_first_version(run);
    return run.incomplete_reason;
  };
  EXPECT_EQ(reason_of("interrupted"), IncompleteReason::kInterrupted);
  EXPECT_EQ(reason_of("the run timeout passed"), IncompleteReason::kRunTimeout);
  EXPECT_EQ(reason_of("the run timeout passed before GET http://a/v2/ was answered"), IncompleteReason::kNoAnswer);
  EXPECT_EQ(reason_of("the target has gone: timeout"), IncompleteReason::kTargetGone);
  EXPECT_EQ(reason_of("the program did not come to its end"), IncompleteReason::kBrokenOff);
  EXPECT_EQ(reason_of("http://a: connection refused"), IncompleteReason::kUnknown);
}

TEST(FirstVersion, SaysInWordsWhatTheTargetOffers) {
  SavedRun run;
  run.editions = {{spec::Edition::kOrasRc2, {}, {}, {}}, {spec::Edition::kOci111, {}, {}, {}}};
  run.capabilities = {{"OCI referrers API", {"the referrers API is not offered: the list was answered 404"}},
                      {"ORAS referrers API", {"oras-draft.1.1"}}};
  complete_first_version(run);
  EXPECT_TRUE(run.capabilities["OCI referrers API"].lacking);
  EXPECT_FALSE(run.capabilities["ORAS referrers API"].lacking);
  EXPECT_THAT(run.editions[0].offered, Optional(true));
  EXPECT_THAT(run.editions[1].offered, Optional(false));
  run.editions[0].offered.reset();
  run.capabilities.clear();
  complete_first_version(run);
  EXPECT_EQ(run.editions[0].offered, std::nullopt);
}

TEST(FirstVersion, SaysInTheReasonThatAnOptionIsMissing) {
  SavedRun run;
  for (const char* reason : {"needs --existing-repo twice", "no second identity is configured", "no entry is listed"}) {
    run.checks.push_back({.outcome = Outcome::kSkipped, .reason = reason});
  }
  complete_first_version(run);
  EXPECT_THAT(run.checks,
              ElementsAre(Field(&SavedCheck::not_configured, true), Field(&SavedCheck::not_configured, true),
                          Field(&SavedCheck::not_configured, false)));
}

}  // namespace
}  // namespace referee::reports
