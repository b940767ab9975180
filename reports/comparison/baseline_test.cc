// The baseline: every transition of a check, what the gate makes of it, and a file that changes only where it must.
#include "reports/comparison/baseline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/formats/junit.h"
#include "reports/testing/sample_run.h"
#include "reports/writing/output_file.h"

namespace referee::reports {
namespace {

using engine::Outcome;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kCheck = "Filtering.X";

// A run of a passing check and of one with that outcome.
Results run_with(Outcome outcome, bool strict = false) {
  auto run = sample_run();
  run.strict_should = strict;
  run.checks = {sample_check(kCheck, outcome), sample_check("Filtering.Y", Outcome::kPassed)};
  return json_of(run);
}

BaselineEntry entry(const std::string& outcome, const std::string& expires = "") {
  return {.edition = "oci-1.1.1",
          .check = kCheck,
          .requirement = "oci.referrers.filter.header",
          .outcome = outcome,
          .reason = "filters come with 2.0",
          .issue = "TRACK-7",
          .expires = expires};
}

std::string state_of(const Results& results) { return text(member(results["checks"][0], "baseline"), "state"); }

std::vector<std::string> remarks(const Results& results) {
  return results["baseline"]["remarks"].get<std::vector<std::string>>();
}

struct Transition {
  const char* name;
  Baseline baseline;
  Outcome now;
  bool allow;
  Gate gate;
  const char* state;
  const char* says;
};
void PrintTo(const Transition& transition, std::ostream* out) { *out << transition.name; }

class Transitions : public testing::TestWithParam<Transition> {};

TEST_P(Transitions, DecideTheGate) {
  auto results = run_with(GetParam().now);
  EXPECT_EQ(apply_baseline(results, GetParam().baseline, GetParam().allow), GetParam().gate);
  EXPECT_EQ(state_of(results), GetParam().state);
  EXPECT_THAT(results["baseline"].dump(), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    All, Transitions,
    testing::Values(
        Transition{"CleanAndEmpty", {}, Outcome::kPassed, false, Gate::kHeld, "", "held: 0 known, 0 new"},
        Transition{
            "NewFailure", {}, Outcome::kFailed, false, Gate::kBroken, "new", "new: oci-1.1.1 Filtering.X: failed"},
        Transition{"KnownFailure", {entry("failed")}, Outcome::kFailed, false, Gate::kHeld, "known", "held: 1 known"},
        Transition{"FailureNowWarns", {entry("failed")}, Outcome::kWarned, false, Gate::kHeld, "known", "1 known"},
        Transition{"WarningNowFails",
                   {entry("warned")},
                   Outcome::kFailed,
                   false,
                   Gate::kBroken,
                   "new",
                   "failed now, warned in the baseline"},
        Transition{"UnexpectedPass",
                   {entry("failed")},
                   Outcome::kPassed,
                   false,
                   Gate::kBroken,
                   "unexpected pass",
                   "passes now: oci-1.1.1 Filtering.X"},
        Transition{"AllowedPass",
                   {entry("failed")},
                   Outcome::kPassed,
                   true,
                   Gate::kHeld,
                   "passes now",
                   "1 unexpected passes (allowed)"},
        Transition{
            "LastDay", {entry("failed", "2026-11-23")}, Outcome::kFailed, false, Gate::kHeld, "known", "1 known"},
        Transition{"Expired",
                   {entry("failed", "2026-11-22")},
                   Outcome::kFailed,
                   false,
                   Gate::kBroken,
                   "expired",
                   "expired on 2026-11-22: oci-1.1.1 Filtering.X: failed"},
        Transition{"ExpiredAndPassing",
                   {entry("failed", "2026-11-22")},
                   Outcome::kPassed,
                   false,
                   Gate::kHeld,
                   "",
                   "1 expired"},
        Transition{"SkippedNow", {entry("failed")}, Outcome::kSkipped, false, Gate::kHeld, "", "skipped now"},
        Transition{"NewWarning", {}, Outcome::kWarned, false, Gate::kHeld, "", "0 new"},
        Transition{"NewlyBlocked", {}, Outcome::kBlocked, false, Gate::kUndecided, "new", "undecided"},
        Transition{"KnownBlocked", {entry("blocked")}, Outcome::kBlocked, false, Gate::kHeld, "known", "1 known"},
        Transition{
            "KnownFailureNowBlocked", {entry("failed")}, Outcome::kBlocked, false, Gate::kHeld, "known", "1 known"}),
    [](const auto& transition) { return transition.param.name; });

TEST(Baseline, ReportsEntriesThatNothingRanFor) {
  auto results = run_with(Outcome::kPassed);
  auto other = entry("failed");
  other.check = "Gone.Away";
  EXPECT_EQ(apply_baseline(results, {other}, false), Gate::kHeld);
  EXPECT_THAT(remarks(results), ElementsAre("unused: oci-1.1.1 Gone.Away: it did not run here"));
  EXPECT_EQ(results["baseline"]["counts"]["unused"], 1);
}

TEST(Baseline, HoldsNoRunThatDidNotEnd) {
  auto results = run_with(Outcome::kFailed);
  results["complete"] = false;
  EXPECT_EQ(apply_baseline(results, {entry("failed")}, false), Gate::kUndecided);
  auto nothing = json_of(unreachable_run());
  EXPECT_EQ(apply_baseline(nothing, {}, false), Gate::kUndecided);
}

TEST(Baseline, TakesAKnownWarningForAKnownFailureUnderStrictShould) {
  auto results = run_with(Outcome::kWarned, true);
  EXPECT_EQ(apply_baseline(results, {}, false), Gate::kBroken);
  results = run_with(Outcome::kWarned, true);
  EXPECT_EQ(apply_baseline(results, {entry("warned")}, false), Gate::kHeld);
}

TEST(Baseline, MakesAKnownFailureASkippedCaseWithItsReason) {
  auto results = run_with(Outcome::kFailed);
  apply_baseline(results, {entry("failed")}, false);
  const auto xml = junit_xml(results);
  EXPECT_THAT(xml, HasSubstr("<skipped type=\"known\" message=\"known: filters come with 2.0 (TRACK-7)\""));
  EXPECT_THAT(xml, Not(HasSubstr("<failure")));
  EXPECT_EQ(results["verdict"], "non-conformant");  // nothing masks a failure
}

TEST(Baseline, MakesAnUnexpectedPassAFailedCase) {
  auto results = run_with(Outcome::kPassed);
  apply_baseline(results, {entry("failed")}, false);
  EXPECT_THAT(junit_xml(results), HasSubstr("<failure type=\"baseline\""));
}

class BaselineFile : public testing::Test {
 protected:
  ScratchFolder folder_;
  std::filesystem::path path_ = folder_.path() / "baseline.json";

  std::string refusal(const std::string& bytes) {
    write_file(path_, bytes);
    try {
      load_baseline(path_);
    } catch (const CannotRead& refused) {
      return refused.what();
    }
    return "";
  }
};

TEST_F(BaselineFile, HoldsWhatDidNotPassSortedWithPlacesToFillIn) {
  const auto results = json_of(sample_run());
  const auto text_of_file = baseline_text(results, {});
  EXPECT_THAT(text_of_file, HasSubstr("\"reason\": \"\",\n      \"issue\": \"\",\n      \"expires\": \"\""));
  write_file(path_, text_of_file);
  const auto baseline = load_baseline(path_);
  EXPECT_THAT(baseline, SizeIs(8));  // failed, warned, blocked and error, twice
  EXPECT_TRUE(std::ranges::is_sorted(baseline));
  EXPECT_EQ(baseline_text(results, baseline), text_of_file);
  auto again = results;
  EXPECT_EQ(apply_baseline(again, baseline, false), Gate::kHeld);
}

TEST_F(BaselineFile, KeepsWhatWasFilledInAndWhatDidNotRun) {
  auto elsewhere = entry("failed");
  elsewhere.edition = "oras-rc.2";
  const auto updated = baseline_text(run_with(Outcome::kWarned), {entry("failed"), elsewhere});
  write_file(path_, updated);
  auto weaker = entry("warned");
  EXPECT_THAT(load_baseline(path_), ElementsAre(weaker, elsewhere));
  EXPECT_THAT(baseline_text(run_with(Outcome::kPassed), {entry("failed")}), HasSubstr("\"entries\": []"));
}

TEST_F(BaselineFile, IsRefusedWhereItIsWrong) {
  const auto of = [](const std::string& entries) {
    return R"({"schema":"referee-baseline/1","entries":[)" + entries + "]}";
  };
  const std::string good = R"({"edition":"e","check":"c","outcome":"failed"})";
  EXPECT_THAT(refusal("x"), HasSubstr("is not JSON"));
  EXPECT_THAT(refusal("{}"), HasSubstr("is no baseline"));
  EXPECT_THAT(refusal(of("1")), HasSubstr("entry 1 () is no object"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","check":"c","outcome":"passed"})")), HasSubstr("has an outcome other than"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","outcome":"failed"})")), HasSubstr("lacks its edition or its check"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","check":"c","outcome":"failed","expires":"soon"})")), HasSubstr("no day"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","check":"c","outcome":"failed","resaon":"x"})")), HasSubstr("'resaon'"));
  EXPECT_THAT(refusal(of(good + "," + good)), HasSubstr("two entries for e c"));
  EXPECT_THAT(refusal(of(good)), IsEmpty());
  EXPECT_THROW(load_baseline(folder_.path() / "none"), CannotRead);
}

}  // namespace
}  // namespace referee::reports
