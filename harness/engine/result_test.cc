// The verdict on a run: what makes it conformant, non-conformant, or not judged.
#include "harness/engine/result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/spec/literals/oci.h"

namespace referee::engine {
namespace {

using spec::literals::operator""_requirement;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

CheckResult result(Outcome outcome, spec::Verdict verdict = spec::Verdict::kFail) {
  return {.id = "Suite.Name",
          .edition = spec::Edition::kOci111,
          .requirement = "oci.referrers.list.empty-200"_requirement,
          .binding = {spec::Level::kMust, verdict},
          .outcome = outcome};
}

RunResult run_of(std::vector<CheckResult> checks) {
  RunResult run;
  run.editions = {spec::Edition::kOci111};
  run.checks = std::move(checks);
  return run;
}

TEST(Verdict, IsConformantWhereSomethingPassedAndNothingIsOpen) {
  EXPECT_EQ(run_of({result(Outcome::kPassed)}).verdict(), RunVerdict::kConformant);
  EXPECT_EQ(
      run_of({result(Outcome::kPassed), result(Outcome::kWarned), result(Outcome::kNoted), result(Outcome::kSkipped)})
          .verdict(),
      RunVerdict::kConformant);
}

TEST(Verdict, IsNonConformantWhereAnythingFailed) {
  EXPECT_EQ(run_of({result(Outcome::kPassed), result(Outcome::kBlocked), result(Outcome::kFailed)}).verdict(),
            RunVerdict::kNonConformant);
}

TEST(Verdict, IsNotJudgedWhereNothingPassed) {
  EXPECT_EQ(run_of({}).verdict(), RunVerdict::kNotJudged);
  EXPECT_EQ(run_of({result(Outcome::kSkipped)}).verdict(), RunVerdict::kNotJudged);
}

TEST(Verdict, IsNotJudgedWhereSomethingWeightyIsOpen) {
  for (const auto open : {Outcome::kBlocked, Outcome::kError}) {
    const auto run = run_of({result(Outcome::kPassed), result(open)});
    EXPECT_EQ(run.verdict(), RunVerdict::kNotJudged);
    EXPECT_THAT(run.blocking(), ElementsAre("oci-1.1.1 Suite.Name"));
  }
}

TEST(Verdict, ABlockedWarningDoesNotMatterUnlessWarningsCount) {
  auto run = run_of({result(Outcome::kPassed), result(Outcome::kBlocked, spec::Verdict::kWarn)});
  EXPECT_EQ(run.verdict(), RunVerdict::kConformant);
  EXPECT_THAT(run.blocking(), IsEmpty());
  run.strict_should = true;
  EXPECT_EQ(run.verdict(), RunVerdict::kNotJudged);
}

TEST(Verdict, StrictCountsWarningsAsFailures) {
  auto run = run_of({result(Outcome::kPassed), result(Outcome::kWarned)});
  run.strict_should = true;
  EXPECT_EQ(run.verdict(), RunVerdict::kNonConformant);
}

TEST(Verdict, AnIncompleteRunIsNeverConformant) {
  auto run = run_of({result(Outcome::kPassed)});
  run.complete = false;
  EXPECT_EQ(run.verdict(), RunVerdict::kNotJudged);
  run.checks.push_back(result(Outcome::kFailed));
  EXPECT_EQ(run.verdict(), RunVerdict::kNonConformant);
}

TEST(Counts, AddUp) {
  const auto run = run_of({result(Outcome::kPassed), result(Outcome::kPassed), result(Outcome::kFailed)});
  EXPECT_EQ(run.counts().of(Outcome::kPassed), 2);
  EXPECT_EQ(run.counts().total(), 3);
  EXPECT_EQ(run.counts(spec::Edition::kOciMain).total(), 0);
}

}  // namespace
}  // namespace referee::engine
