// The baseline: every transition of a check, what the gate makes of it, and a file that changes only where it must.
#include "reports/comparison/baseline.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/formats/junit.h"
#include "reports/output_file.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using engine::Outcome;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kCheck = "Filtering.X";

// A run of a passing check and of one with that outcome.
SavedRun run_with(Outcome outcome, bool strict = false) {
  auto run = sample_run();
  run.strict_should = strict;
  run.checks = {sample_check(kCheck, outcome), sample_check("Filtering.Y", Outcome::kPassed)};
  return saved_of(run);
}

BaselineEntry entry(Outcome outcome, const std::string& expires = "") {
  return {.edition = "oci-1.1.1",
          .check = kCheck,
          .requirement = "oci.referrers.filter.header",
          .outcome = outcome,
          .reason = "filters come with 2.0",
          .issue = "TRACK-7",
          .expires = expires};
}

std::string state_of(const SavedRun& run) {
  const auto& mark = run.checks[0].baseline;
  return mark ? name(mark->state) : "";
}

std::vector<std::string> remarks(const SavedRun& run) { return run.baseline->remarks; }

struct Transition {
  const char* name;
  Baseline baseline;
  Outcome now;
  bool allow;
  BaselineGate gate;
  const char* state;
  const char* says;
};
void PrintTo(const Transition& transition, std::ostream* out) { *out << transition.name; }

class Transitions : public testing::TestWithParam<Transition> {};

TEST_P(Transitions, DecideTheGate) {
  auto results = run_with(GetParam().now);
  EXPECT_EQ(apply_baseline(results, GetParam().baseline, GetParam().allow), GetParam().gate);
  EXPECT_EQ(state_of(results), GetParam().state);
  const auto& told = *results.baseline;
  EXPECT_THAT(fmt::format("{}\n{}", told.summary, fmt::join(told.remarks, "\n")), HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    All, Transitions,
    testing::Values(
        Transition{"CleanAndEmpty", {}, Outcome::kPassed, false, BaselineGate::kHeld, "", "held: 0 known, 0 new"},
        Transition{"NewFailure",
                   {},
                   Outcome::kFailed,
                   false,
                   BaselineGate::kBroken,
                   "new",
                   "new: oci-1.1.1 Filtering.X: failed"},
        Transition{"KnownFailure",
                   {entry(Outcome::kFailed)},
                   Outcome::kFailed,
                   false,
                   BaselineGate::kHeld,
                   "known",
                   "held: 1 known"},
        Transition{"FailureNowWarns",
                   {entry(Outcome::kFailed)},
                   Outcome::kWarned,
                   false,
                   BaselineGate::kHeld,
                   "known",
                   "1 known"},
        Transition{"WarningNowFails",
                   {entry(Outcome::kWarned)},
                   Outcome::kFailed,
                   false,
                   BaselineGate::kBroken,
                   "new",
                   "failed now, warned in the baseline"},
        Transition{"UnexpectedPass",
                   {entry(Outcome::kFailed)},
                   Outcome::kPassed,
                   false,
                   BaselineGate::kBroken,
                   "unexpected pass",
                   "passes now: oci-1.1.1 Filtering.X"},
        Transition{"AllowedPass",
                   {entry(Outcome::kFailed)},
                   Outcome::kPassed,
                   true,
                   BaselineGate::kHeld,
                   "passes now",
                   "1 unexpected passes (allowed)"},
        Transition{"LastDay",
                   {entry(Outcome::kFailed, "2026-11-23")},
                   Outcome::kFailed,
                   false,
                   BaselineGate::kHeld,
                   "known",
                   "1 known"},
        Transition{"Expired",
                   {entry(Outcome::kFailed, "2026-11-22")},
                   Outcome::kFailed,
                   false,
                   BaselineGate::kBroken,
                   "expired",
                   "expired on 2026-11-22: oci-1.1.1 Filtering.X: failed"},
        Transition{"ExpiredAndPassing",
                   {entry(Outcome::kFailed, "2026-11-22")},
                   Outcome::kPassed,
                   false,
                   BaselineGate::kHeld,
                   "",
                   "1 expired"},
        Transition{
            "SkippedNow", {entry(Outcome::kFailed)}, Outcome::kSkipped, false, BaselineGate::kHeld, "", "skipped now"},
        Transition{"NewWarning", {}, Outcome::kWarned, false, BaselineGate::kHeld, "", "0 new"},
        Transition{"NewlyBlocked", {}, Outcome::kBlocked, false, BaselineGate::kUndecided, "new", "undecided"},
        Transition{"KnownBlocked",
                   {entry(Outcome::kBlocked)},
                   Outcome::kBlocked,
                   false,
                   BaselineGate::kHeld,
                   "known",
                   "1 known"},
        Transition{"KnownFailureNowBlocked",
                   {entry(Outcome::kFailed)},
                   Outcome::kBlocked,
                   false,
                   BaselineGate::kHeld,
                   "known",
                   "1 known"}),
    [](const auto& transition) { return transition.param.name; });

TEST(Baseline, ReportsEntriesThatNothingRanFor) {
  auto results = run_with(Outcome::kPassed);
  auto other = entry(Outcome::kFailed);
  other.check = "Gone.Away";
  EXPECT_EQ(apply_baseline(results, {other}, false), BaselineGate::kHeld);
  EXPECT_THAT(remarks(results), ElementsAre("unused: oci-1.1.1 Gone.Away: it did not run here"));
  EXPECT_EQ(results.baseline->counts.unused, 1);
}

TEST(Baseline, UnderstandsTheEarlierNameOfACheck) {
  auto run = sample_run();
  run.checks = {sample_check("Filtering.FallsBackToConfigMediaType", Outcome::kFailed),
                sample_check("Filtering.Y", Outcome::kPassed)};
  auto results = saved_of(run);
  auto old = entry(Outcome::kFailed);
  old.check = "Filtering.SeesTheConfigInPlaceOfAType";
  EXPECT_THAT(baseline_text(results, {old}),
              AllOf(HasSubstr("FallsBackToConfigMediaType"), HasSubstr("TRACK-7"), Not(HasSubstr("SeesTheConfig"))));
  EXPECT_EQ(apply_baseline(results, {old}, false), BaselineGate::kHeld);
  EXPECT_EQ(state_of(results), "known");
  EXPECT_THAT(remarks(results), ElementsAre("renamed: oci-1.1.1 Filtering.SeesTheConfigInPlaceOfAType is called "
                                            "Filtering.FallsBackToConfigMediaType now; write that into the baseline "
                                            "(--update-baseline does)"));
  auto earlier = saved_of(run);  // a run of the version that had the earlier name
  earlier.checks[0].id = old.check;
  EXPECT_EQ(apply_baseline(earlier, {old}, false), BaselineGate::kHeld);
  EXPECT_THAT(remarks(earlier), IsEmpty());
}

TEST(Baseline, HoldsNoRunThatDidNotEnd) {
  auto results = run_with(Outcome::kFailed);
  results.complete = false;
  EXPECT_EQ(apply_baseline(results, {entry(Outcome::kFailed)}, false), BaselineGate::kUndecided);
  auto nothing = saved_of(unreachable_run());
  EXPECT_EQ(apply_baseline(nothing, {}, false), BaselineGate::kUndecided);
}

TEST(Baseline, TakesAKnownWarningForAKnownFailureUnderStrictShould) {
  auto results = run_with(Outcome::kWarned, true);
  EXPECT_EQ(apply_baseline(results, {}, false), BaselineGate::kBroken);
  results = run_with(Outcome::kWarned, true);
  EXPECT_EQ(apply_baseline(results, {entry(Outcome::kWarned)}, false), BaselineGate::kHeld);
}

TEST(Baseline, MakesAKnownFailureASkippedCaseWithItsReason) {
  auto results = run_with(Outcome::kFailed);
  apply_baseline(results, {entry(Outcome::kFailed)}, false);
  const auto xml = junit_xml(results);
  EXPECT_THAT(xml, HasSubstr("<skipped type=\"known\" message=\"known: filters come with 2.0 (TRACK-7)\""));
  EXPECT_THAT(xml, Not(HasSubstr("<failure")));
  EXPECT_EQ(results.verdict, RunVerdict::kNonConformant);  // nothing masks a failure
}

TEST(Baseline, MakesAnUnexpectedPassAFailedCase) {
  auto results = run_with(Outcome::kPassed);
  apply_baseline(results, {entry(Outcome::kFailed)}, false);
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
  const auto results = saved_of(sample_run());
  const auto text_of_file = baseline_text(results, {});
  EXPECT_THAT(text_of_file, HasSubstr("\"reason\": \"\",\n      \"issue\": \"\",\n      \"expires\": \"\""));
  write_file(path_, text_of_file);
  const auto baseline = load_baseline(path_);
  EXPECT_THAT(baseline, SizeIs(8));  // failed, warned, blocked and error, twice
  EXPECT_TRUE(std::ranges::is_sorted(baseline));
  EXPECT_EQ(baseline_text(results, baseline), text_of_file);
  auto again = results;
  EXPECT_EQ(apply_baseline(again, baseline, false), BaselineGate::kHeld);
}

TEST_F(BaselineFile, KeepsWhatWasFilledInAndWhatDidNotRun) {
  auto elsewhere = entry(Outcome::kFailed);
  elsewhere.edition = "oras-rc.2";
  const auto updated = baseline_text(run_with(Outcome::kWarned), {entry(Outcome::kFailed), elsewhere});
  write_file(path_, updated);
  auto weaker = entry(Outcome::kWarned);
  EXPECT_THAT(load_baseline(path_), ElementsAre(weaker, elsewhere));
  EXPECT_THAT(baseline_text(run_with(Outcome::kPassed), {entry(Outcome::kFailed)}), HasSubstr("\"entries\": []"));
}

TEST_F(BaselineFile, IsRefusedWhereItIsWrong) {
  const auto of = [](const std::string& entries) {
    return R"({"schema":"referee-baseline/1","entries":[)" + entries + "]}";
  };
  const std::string good = R"({"edition":"e","check":"c","outcome":"failed"})";
  EXPECT_THAT(refusal("x"), HasSubstr("is not JSON"));
  EXPECT_THAT(refusal("{}"), HasSubstr("is not a baseline"));
  EXPECT_THAT(refusal(of("1")), HasSubstr("entry 1 () is not an object"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","check":"c","outcome":"passed"})")), HasSubstr("has an outcome other than"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","outcome":"failed"})")), HasSubstr("lacks its edition or its check"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","check":"c","outcome":"failed","expires":"soon"})")),
              HasSubstr("not a day"));
  EXPECT_THAT(refusal(of(R"({"edition":"e","check":"c","outcome":"failed","resaon":"x"})")), HasSubstr("'resaon'"));
  EXPECT_THAT(refusal(of(good + "," + good)), HasSubstr("two entries for e c"));
  EXPECT_THAT(refusal(of(good)), IsEmpty());
  EXPECT_THROW(load_baseline(folder_.path() / "none"), CannotRead);
}

}  // namespace
}  // namespace referee::reports
