// All reports of one run give the same findings, counts and verdict.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/formats/report_page.h"
#include "reports/narrative/readable_findings.h"
#include "reports/saved/profile.h"
#include "reports/saved/seal.h"
#include "reports/testing/golden_run.h"
#include "reports/writing/write_reports.h"

namespace referee::reports {
namespace {

using ::testing::HasSubstr;

// Several inputs with one fault, without the API, in only a part of the suite.
SavedRun run_with_much_to_tell() {
  auto run = golden_run();
  run.options["filter"] = "Filtering.*";
  for (auto& judged : run.editions) judged.offered = false;
  for (auto& check : run.checks) {
    if (check.findings.empty() || check.outcome != Outcome::kFailed) continue;
    auto finding = check.findings.front();
    finding.actual = "200, 3 bytes";
    finding.expected = "status 400";
    for (const char* input : {"notadigest", "sha256"}) {
      finding.note = input;
      check.findings.push_back(finding);
    }
  }
  seal(run);
  return run;
}

// The one place where a reader of the format finds what a person would read.
std::string text_in(const Format& format, const SavedRun& run) {
  auto text = format.render(run);
  if (format.name == "html") text = report_data(run).dump();
  return text;
}

TEST(Formats, TellTheSameVerdict) {
  const auto run = run_with_much_to_tell();
  const auto words = verdict_in_words(run);
  ASSERT_THAT(words, HasSubstr("not offered"));
  ASSERT_THAT(words, HasSubstr("partial: "));
  for (const auto& format : formats()) {
    // A badge has room only for its short form.
    const std::string wanted = format.name == "badge" ? "partial: " : words;
    EXPECT_THAT(text_in(format, run), HasSubstr(wanted)) << format.name;
  }
}

TEST(Formats, TellTheSameFindings) {
  const auto run = run_with_much_to_tell();
  std::size_t seen = 0;
  for (const auto& check : run.checks) {
    if (check.outcome != Outcome::kFailed || standing(run, check) != Standing::kFailed) continue;
    for (const auto& finding : readable_findings(run, check)) {
      ++seen;
      for (const auto& format : formats()) {
        // Annotations have a line for each check, and results the raw findings.
        if (format.name == "badge" || format.name == "github" || format.name == "json") continue;
        const auto text = text_in(format, run);
        EXPECT_THAT(text, HasSubstr(finding.got)) << format.name;
        EXPECT_THAT(text, HasSubstr(finding.request)) << format.name;
      }
    }
    const auto annotations = format_named("github").render(run);
    EXPECT_THAT(annotations, HasSubstr(check.id));
  }
  EXPECT_GT(seen, 1u);
}

TEST(Formats, CountTheSame) {
  const auto run = run_with_much_to_tell();
  const auto of = [&](Outcome outcome) { return run.counts.of(outcome); };
  const auto failed = of(Outcome::kFailed);
  EXPECT_THAT(format_named("console").render(run), HasSubstr(fmt::format("{} failed", failed)));
  EXPECT_THAT(format_named("github").render(run), HasSubstr(fmt::format("{} failed", failed)));
  EXPECT_THAT(format_named("badge").render(run), HasSubstr(fmt::format("{} failed", failed)));
  EXPECT_EQ(report_data(run)["counts"]["failed"], failed);
  EXPECT_EQ(Results::parse(format_named("json").render(run))["counts"]["failed"], failed);
  EXPECT_EQ(Results::parse(format_named("ctrf").render(run))["results"]["summary"]["tests"], run.checks.size());
  EXPECT_THAT(format_named("tap").render(run), HasSubstr(fmt::format("1..{}\n", run.checks.size())));
  EXPECT_THAT(format_named("markdown").render(run),
              HasSubstr(fmt::format("| {} | {} | {} |", of(Outcome::kPassed), failed, of(Outcome::kWarned))));
}

}  // namespace
}  // namespace referee::reports
