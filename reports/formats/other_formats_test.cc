// TAP, CTRF, badge and workflow annotations: their readers' rules, and that a registry cannot speak through them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/formats/badge.h"
#include "reports/formats/ctrf.h"
#include "reports/formats/github.h"
#include "reports/formats/markdown.h"
#include "reports/formats/tap.h"
#include "reports/output_file.h"
#include "reports/plain_text.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  for (const auto line : lines_of(text)) all.emplace_back(line);
  return all;
}

TEST(Tap, HasOneLineForEachCheckAndNothingThatCouldPassAsOne) {
  const auto results = saved_of(sample_run());
  const auto all = lines(tap(results));
  EXPECT_EQ(all[0], "TAP version 13");
  EXPECT_EQ(all[1], "1..16");
  const auto tests =
      std::ranges::count_if(all, [](const auto& l) { return l.starts_with("ok ") || l.starts_with("not ok "); });
  EXPECT_EQ(tests, 16);
  for (std::size_t i = 2; i < all.size(); ++i) {
    EXPECT_THAT(all[i], AnyOf(MatchesRegex("(not )?ok [0-9]+ - .*"), StartsWith("  "), StartsWith("# non-conformant")))
        << i;
  }
}

TEST(Tap, TellsOutcomesApart) {
  const auto all = lines(tap(saved_of(sample_run())));
  EXPECT_THAT(all, Contains(MatchesRegex("not ok [0-9]+ - oci-1.1.1 Filtering.Checkfailed")));
  EXPECT_THAT(all, Contains(MatchesRegex("not ok [0-9]+ - oci-1.1.1 Filtering.Checkerror")));
  EXPECT_THAT(all, Contains(MatchesRegex("ok [0-9]+ - oci-1.1.1 Filtering.Checkwarned")));
  EXPECT_THAT(all,
              Contains(MatchesRegex("ok [0-9]+ - oci-1.1.1 Filtering.Checkskipped # SKIP skipped: the referrers.*")));
  EXPECT_THAT(all, Contains(MatchesRegex("ok [0-9]+ - oci-1.1.1 Filtering.Checkblocked # SKIP blocked: .*")));
  EXPECT_THAT(all, Contains(MatchesRegex("ok [0-9]+ - oci-1.1.1 Listing.CameTooLate # SKIP not run: .*")));
}

// The reader that comes with Perl, the strictest about what it takes for YAML.
TEST(Tap, IsReadByProve) {
  if (run_command("command -v prove").code != 0) GTEST_SKIP() << "prove is not installed";
  const ScratchFolder folder;
  write_file(folder.path() / "run.tap", tap(saved_of(sample_run())));
  const auto end = run_command("prove --exec cat " + (folder.path() / "run.tap").string());
  EXPECT_THAT(end.output, HasSubstr("Failed 4/16 subtests"));
  EXPECT_THAT(end.output, Not(HasSubstr("Parse errors")));
}

TEST(Tap, BailsOutOfARunThatDidNotEnd) {
  auto run = sample_run();
  run.complete = false;
  run.incomplete_because = "interrupted # by hand";
  EXPECT_THAT(lines(tap(saved_of(run))).back(), "Bail out! The run ended early: interrupted \\# by hand");
  EXPECT_THAT(tap(saved_of(unreachable_run())), HasSubstr("1..0\nBail out! Nothing was judged: http://127.0.0.1:1"));
}

TEST(Ctrf, HasWhatItsSchemaRequiresAndCountsThatAddUp) {
  const auto report = Results::parse(ctrf(saved_of(sample_run())));
  EXPECT_EQ(report["reportFormat"], "CTRF");
  EXPECT_EQ(report["results"]["tool"]["name"], "referee");
  const auto& summary = report["results"]["summary"];
  EXPECT_EQ(summary["tests"], 16);
  EXPECT_EQ(summary["failed"], 4);   // two failed, two in error
  EXPECT_EQ(summary["skipped"], 4);  // two skipped, two blocked
  EXPECT_EQ(summary["pending"], 1);
  EXPECT_EQ(summary["passed"], 7);
  EXPECT_EQ(summary["other"], 0);
  EXPECT_EQ(summary["start"], 1'795'449'600'000);
  EXPECT_EQ(summary["stop"], 1'795'449'612'346);
  for (const auto& test : report["results"]["tests"]) {
    EXPECT_TRUE(test["name"].is_string() && test["status"].is_string() && test["duration"].is_number_integer());
  }
}

TEST(Badge, TellsTheVerdict) {
  auto badge_of = [](const engine::RunResult& run) { return Results::parse(badge(saved_of(run))); };
  EXPECT_EQ(badge_of(sample_run()),
            Results::parse(R"({"schemaVersion":1,"label":"referrers","message":"2 failed","color":"red"})"));
  EXPECT_EQ(badge_of(unreachable_run())["message"], "not judged");
  auto clean = sample_run();
  std::erase_if(clean.checks, [](const auto& check) { return check.outcome != engine::Outcome::kPassed; });
  EXPECT_EQ(badge_of(clean)["message"], "oras-rc.2, oci-1.1.1");
  EXPECT_EQ(badge_of(clean)["color"], "brightgreen");
}

TEST(GithubAnnotations, AreCommandsOnlyAndEachIsOurs) {
  const auto all = lines(github_annotations(saved_of(sample_run())));
  EXPECT_THAT(all, Each(MatchesRegex("::(error|warning|notice) title=[^:,]*::[^\r\n]*")));
  EXPECT_EQ(std::ranges::count_if(all, [](const auto& l) { return l.starts_with("::error"); }), 4);
  EXPECT_EQ(std::ranges::count_if(all, [](const auto& l) { return l.starts_with("::warning"); }), 2);
  EXPECT_THAT(all.back(), StartsWith("::notice title=Referee::non-conformant: http://registry.example:5000"));
}

TEST(GithubAnnotations, CountWhatAStepWouldNotShow) {
  auto run = sample_run();
  for (int i = 0; i < 50; ++i)
    run.checks.push_back(sample_check("More.Failed" + std::to_string(i), engine::Outcome::kFailed));
  const auto all = lines(github_annotations(saved_of(run)));
  EXPECT_EQ(std::ranges::count_if(all, [](const auto& l) { return l.starts_with("::error"); }), 10);
  EXPECT_THAT(all, Contains(HasSubstr("and 45 more")));
}

TEST(StepSummary, IsAddedOnceBehindWhatIsThere) {
  const ScratchFolder folder;
  const auto path = folder.path() / "summary";
  write_file(path, "# Before\n");
  const auto results = saved_of(sample_run());
  add_step_summary(path, results);
  const auto once = read_file(path);
  EXPECT_THAT(once, StartsWith("# Before\n<!-- referee run k3m9x0p2qa -->\n# Referee: `non-conformant`"));
  add_step_summary(path, results);
  EXPECT_EQ(read_file(path), once);
}

TEST(StepSummary, NeverGrowsBeyondWhatWouldBeDropped) {
  const ScratchFolder folder;
  const auto path = folder.path() / "summary";
  auto run = sample_run();
  for (int i = 0; i < 500; ++i)
    run.checks.push_back(sample_check("More.Failed" + std::to_string(i), engine::Outcome::kFailed));
  write_file(path, std::string(700'000, '-'));
  add_step_summary(path, saved_of(run));
  const auto size = read_file(path).size();
  EXPECT_GT(size, 750'000u);
  EXPECT_THAT(size, Le(kMarkdownFile));
  EXPECT_THROW(add_step_summary(folder.path() / "missing" / "summary", saved_of(run)), CannotWrite);
}

}  // namespace
}  // namespace referee::reports
