// The console's text: what is in it, and what can never reach a terminal.
#include "reports/formats/console.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/narrative/judgement.h"
#include "reports/plain_text.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

engine::RunResult run_of(std::vector<engine::CheckResult> checks) {
  auto run = sample_run();
  run.editions = {spec::Edition::kOci111};
  run.checks = std::move(checks);
  return run;
}

TEST(Console, TellsTargetVerdictsAndCounts) {
  const auto text = console_text(saved_of(sample_run()), {.color = false, .written = {"out/results.json"}});
  EXPECT_THAT(text, HasSubstr("target:  http://registry.example:5000\n"));
  EXPECT_THAT(text, HasSubstr("oras-rc.2       conformant  (1 passed)\n"));
  EXPECT_THAT(text, HasSubstr("oci-1.1.1       non-conformant  (2 passed, 2 failed, 2 warned, 2 noted, 3 skipped, "
                              "2 blocked, 2 error)\n"));
  EXPECT_THAT(text, HasSubstr("verdict: non-conformant"));
  EXPECT_THAT(text, HasSubstr("report: out/results.json\n"));
}

TEST(Console, TellsHowOftenAndHowLongTheCollectorRan) {
  auto run = sample_run();
  EXPECT_THAT(console_text(saved_of(run)), Not(HasSubstr("collector: ")));
  run.capabilities["collections"] = {"2 runs of --gc-hook: 4.1 s, 3.9 s"};
  EXPECT_THAT(console_text(saved_of(run)), HasSubstr("collector: 2 runs of --gc-hook: 4.1 s, 3.9 s\n"));
}

TEST(Console, TellsEachCheckThatDidNotPass) {
  const auto text = console_text(saved_of(sample_run()));
  for (const char* title : {"FAILED oci-1.1.1 Filtering.Checkfailed\n", "WARNED oci-1.1.1 Listing.Checkwarned\n",
                            "BLOCKED oci-1.1.1 Filtering.Checkblocked\n", "ERROR oci-1.1.1 Listing.Checkerror\n",
                            "noted  oci-1.1.1 Filtering.Checknoted (oci.referrers.filter.header)"}) {
    EXPECT_THAT(text, HasSubstr(title));
  }
  EXPECT_THAT(text, HasSubstr("  rule:     oci.referrers.filter.header (MUST)\n"));
  EXPECT_THAT(text, HasSubstr("  requires: "));
  EXPECT_THAT(text, HasSubstr("  expected: has the header OCI-Filters-Applied\n"));
  EXPECT_THAT(text, HasSubstr("  got:      ]]> <script>"));
  EXPECT_THAT(text, HasSubstr("  section:  https://github.com/opencontainers/distribution-spec/"));
  EXPECT_THAT(text, HasSubstr("reason:   the same as for oci-1.1.1 Filtering.Checkerror"));
  EXPECT_THAT(text, HasSubstr("left behind on the target"));
  EXPECT_THAT(text, Not(HasSubstr("Filtering.Checkpassed")));
}

TEST(Console, ShowsTheRequestOfTheFindingAndNotTheLastOfTheCheck) {
  auto check = sample_check("A.Fails", engine::Outcome::kFailed);
  check.findings.resize(1);
  check.exchanges.resize(1);
  auto& shown = check.exchanges.front();
  shown.sequence = 7;
  shown.request.method = "GET";
  shown.request.url = "http://registry.example:5000/v2/a/referrers/notadigest";
  auto last = shown;
  last.sequence = 8;
  last.request.url = "http://registry.example:5000/v2/a/tags/list";
  check.exchanges.push_back(last);
  check.findings.front().exchanges = {7};
  const auto text = console_text(saved_of(run_of({check})));
  EXPECT_THAT(text, HasSubstr("  request:  GET /v2/a/referrers/notadigest\n"));
  EXPECT_THAT(text, Not(HasSubstr("tags/list")));
}

TEST(Console, EndsWithALineForEachFailureAndCountsWhySomeAreSkipped) {
  auto skipped = sample_check("B.IsSkipped", engine::Outcome::kSkipped);
  skipped.reason = "one page holds all";
  auto also = sample_check("C.IsSkipped", engine::Outcome::kSkipped);
  also.reason = skipped.reason;
  const auto text = console_text(saved_of(run_of({sample_check("A.Fails", engine::Outcome::kFailed), skipped, also})));
  EXPECT_THAT(text, HasSubstr("skipped:   2 checks: one page holds all\n"));
  EXPECT_THAT(text.substr(text.find("\nfailed:\n")), HasSubstr("  - oci-1.1.1 A.Fails: "));
}

TEST(Console, LetsNothingHostileReachTheTerminal) {
  const auto text = console_text(saved_of(sample_run()));
  EXPECT_EQ(visible(text), text) << "every character shows";
  for (const auto line : lines_of(text)) {
    const auto trimmed = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    EXPECT_FALSE(trimmed.starts_with("::")) << line;
    EXPECT_EQ(line.find("##["), std::string_view::npos) << line;
    EXPECT_EQ(line.find("##vso["), std::string_view::npos) << line;
  }
}

TEST(Console, ColorsOnlyWhenAsked) {
  EXPECT_THAT(console_text(saved_of(sample_run())), Not(HasSubstr("\x1b")));
  EXPECT_THAT(console_text(saved_of(sample_run()), {.color = true, .written = {}}),
              HasSubstr("\x1b[31;1mFAILED\x1b[0m"));
}

TEST(Console, CutsWhatIsLongAndSaysSo) {
  auto check = sample_check("Long.One", engine::Outcome::kFailed);
  check.findings.front().actual = std::string(50'000, 'x');
  check.findings.back().actual.clear();
  for (int i = 0; i < 100; ++i) check.findings.back().actual += "line\n";
  const auto text = console_text(saved_of(run_of({check})));
  EXPECT_THAT(text, AllOf(HasSubstr("[cut: the first"), HasSubstr("[cut: results.json has the rest]")));
  EXPECT_LT(text.size(), 10'000U);
}

TEST(Console, NamesTheCauseAndTheMendOfAnUnreachableTarget) {
  const auto text = console_text(saved_of(unreachable_run()));
  EXPECT_THAT(text, HasSubstr("verdict: not-judged  (no checks;"));
  EXPECT_THAT(text, HasSubstr("not judged: The target could not be judged: http://127.0.0.1:1: connection refused"));
  EXPECT_THAT(text, HasSubstr("what to do: Check that the URL is right"));
}

TEST(Console, NamesWhatBlocksARunThatIsNotJudged) {
  const auto text = console_text(saved_of(
      run_of({sample_check("A.Passes", engine::Outcome::kPassed), sample_check("A.Errs", engine::Outcome::kError),
              sample_check("A.ErrsToo", engine::Outcome::kError)})));
  EXPECT_THAT(text, HasSubstr("2 checks whose violation would be a failure could not be decided"));
  EXPECT_THAT(text, HasSubstr("  - oci-1.1.1 A.Errs, oci-1.1.1 A.ErrsToo: error: timeout"));
  EXPECT_THAT(text, HasSubstr("--timeout"));
}

TEST(Console, SaysThatARunEndedEarly) {
  auto run = run_of({sample_check("A.Passes", engine::Outcome::kPassed)});
  run.complete = false;
  run.incomplete_reason = IncompleteReason::kRunTimeout;
  run.incomplete_because = "it took too long";
  const auto text = console_text(saved_of(run));
  EXPECT_THAT(text, HasSubstr("incomplete: the run ended early: it took too long"));
  EXPECT_THAT(text, HasSubstr("--run-timeout"));
}

TEST(Console, SaysThatAnEditionAskedForIsNotOffered) {
  auto skipped = sample_check("Sorting.NewestFirst", engine::Outcome::kSkipped);
  skipped.edition = spec::Edition::kOrasRc2;
  skipped.reason = "oras-rc.2 is not offered here: the list path was answered 404";
  auto run = run_of({skipped});
  run.editions = {spec::Edition::kOrasRc2};
  run.capabilities = {{"ORAS referrers API", {"not offered", true}}};
  run.offered = {{spec::Edition::kOrasRc2, false}};
  EXPECT_THAT(console_text(saved_of(run)),
              AllOf(HasSubstr("note: oras-rc.2 is not offered by the target: all its checks were skipped"),
                    HasSubstr("not judged: No check passed")));
}

TEST(NotOffered, SaysOfAnOfferedEditionThatNothingOfItWasJudged) {
  auto check = sample_check("Sorting.NewestFirst", engine::Outcome::kSkipped);
  check.edition = spec::Edition::kOrasRc2;
  check.reason = "needs --gc-hook, which was not given";
  auto run = run_of({check});
  run.editions = {spec::Edition::kOrasRc2};
  run.offered = {{spec::Edition::kOrasRc2, true}};
  EXPECT_THAT(
      not_offered(saved_of(run)),
      testing::ElementsAre("nothing of oras-rc.2 was judged: all its checks were skipped (needs --gc-hook, which "
                           "was not given)"));
}

TEST(NotOffered, TellsOfAnEditionThatIsJudgedAllTheSame) {
  auto check = sample_check("Sorting.NewestFirst", engine::Outcome::kFailed);
  check.edition = spec::Edition::kOrasRc2;
  auto run = run_of({check});
  run.editions = {spec::Edition::kOrasRc2};
  run.capabilities = {{"ORAS referrers API", {"whatever it says"}}};
  run.offered = {{spec::Edition::kOrasRc2, false}};
  EXPECT_THAT(not_offered(saved_of(run)),
              testing::ElementsAre("oras-rc.2 was judged although the target does not offer the ORAS referrers API "
                                   "(whatever it says)"));
  run.offered = {{spec::Edition::kOrasRc2, true}};
  EXPECT_THAT(not_offered(saved_of(run)), IsEmpty());
}

TEST(Obstacles, AreNoneOnceThereIsAVerdict) {
  EXPECT_THAT(obstacles(saved_of(sample_run())), IsEmpty());
  EXPECT_THAT(obstacles(saved_of(run_of({sample_check("A.Passes", engine::Outcome::kPassed)}))), IsEmpty());
}

TEST(Obstacles, AreOvercomeByWhatTheReasonCallsFor) {
  auto run = run_of({sample_check("A.Passes", engine::Outcome::kPassed)});
  run.complete = false;
  run.incomplete_because = "timeout gone was answered";  // no advice is made out of words
  const auto advice = [&](IncompleteReason reason) {
    run.incomplete_reason = reason;
    return obstacles(saved_of(run)).at(0).remedy;
  };
  EXPECT_THAT(advice(IncompleteReason::kRunTimeout), HasSubstr("--run-timeout"));
  EXPECT_THAT(advice(IncompleteReason::kNoAnswer), HasSubstr("does not answer"));
  EXPECT_THAT(advice(IncompleteReason::kTargetGone), HasSubstr("log"));
  EXPECT_EQ(advice(IncompleteReason::kInterrupted), "Run it again, to its end.");
}

TEST(Obstacles, TellThatNothingAskedForIsOffered) {
  auto run = run_of({});
  run.editions = {};
  const auto found = obstacles(saved_of(run));
  ASSERT_THAT(found, testing::SizeIs(1));
  EXPECT_THAT(found.front().cause, HasSubstr("none of the editions asked for"));
}

}  // namespace
}  // namespace referee::reports
