// report.html: what its script is given, how much of it, and that no text can become part of the page.
#include "reports/formats/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/narrative/reproduce.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;
using ::testing::StartsWith;

Results check_of(const Results& data, const std::string& id) {
  for (const auto& check : list(data, "checks")) {
    if (text(check, "id") == id) return check;
  }
  return {};
}

// The JSON between the data element's tags.
Results embedded(const std::string& page) {
  const std::string begin = "id=\"data\">";
  const auto from = page.find(begin) + begin.size();
  return Results::parse(page.substr(from, page.find('<', from) - from));
}

TEST(ReportPage, StandsAlone) {
  const auto page = report_page(saved_of(sample_run()));
  EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(page, EndsWith("</html>\n"));
  for (const char* outside : {"src=", "<link", "@import", "url(", "fetch(", "innerHTML", "outerHTML",
                              "insertAdjacentHTML", "document.write", "eval(", "{{"}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
}

TEST(ReportPage, CarriesItsDataWhateverTheTextsAre) {
  const auto results = saved_of(sample_run());
  EXPECT_TRUE(embedded(report_page(results)) == report_data(results));
}

TEST(ReportPage, HoldsTheExchangesOfWhatDidNotPassOnly) {
  const auto data = report_data(saved_of(sample_run()));
  const auto passed = check_of(data, "Filtering.Checkpassed");
  EXPECT_FALSE(passed.contains("exchanges"));
  EXPECT_EQ(passed["exchanges_in_all"], 2);
  for (const char* outcome : {"failed", "warned", "noted", "blocked", "error", "skipped"}) {
    EXPECT_EQ(check_of(data, std::string("Filtering.Check") + outcome)["exchanges"].size(), 2) << outcome;
  }
  EXPECT_EQ(check_of(data, "Listing.CameTooLate")["outcome"], "not run");
}

TEST(ReportPage, CutsLongValuesAndSaysSo) {
  auto run = sample_run();
  auto& failed = run.checks[3];
  failed.exchanges[0].response->headers = {{"X-Long", std::string(90'000, 'h')}};
  failed.findings[0].actual = std::string(1'000'000, 'a');
  const auto page = report_page(saved_of(run));
  EXPECT_THAT(page.size(), Lt(500'000u));
  const auto check = check_of(embedded(page), failed.id);
  const auto header = check["exchanges"][0]["response"]["headers"][0][1].get<std::string>();
  EXPECT_THAT(header.size(), Lt(3'000u));
  EXPECT_THAT(header, HasSubstr("90000"));
  EXPECT_THAT(text(check["findings"][0], "actual"), HasSubstr("1000000"));
}

TEST(ReportPage, LeavesOutTheMiddleOfManyExchanges) {
  auto run = sample_run();
  auto& failed = run.checks[3];
  for (int i = 0; i < 200; ++i) failed.exchanges.push_back(failed.exchanges[1]);
  const auto exchanges = check_of(report_data(saved_of(run)), failed.id)["exchanges"];
  EXPECT_EQ(exchanges.size(), 41u);
  EXPECT_EQ(exchanges[10]["left_out"], 162);
}

TEST(ReportPage, ShrinksBeforeItGrowsTooLarge) {
  auto run = sample_run();
  const auto failed = run.checks[3];
  for (int i = 0; i < 300; ++i) {
    auto more = failed;
    more.id = "Filtering.More" + std::to_string(i);
    more.findings[0].actual = std::string(20'000, '<');
    run.checks.push_back(more);
  }
  EXPECT_THAT(report_page(saved_of(run)).size(), Lt(kReportPage));
}

TEST(ReportPage, TellsWhyThereIsNoVerdict) {
  const auto data = report_data(saved_of(unreachable_run()));
  EXPECT_THAT(data["obstacles"][0]["cause"].get<std::string>(), HasSubstr("connection refused"));
}

TEST(Reproduce, NamesTheCheckItsEditionAndTheSeed) {
  const auto run = saved_of(sample_run());
  const auto check = std::ranges::find(run.checks, "Filtering.Checkfailed", &SavedCheck::id);
  ASSERT_NE(check, run.checks.end());
  EXPECT_EQ(reproduce_command(run, *check),
            "referee run http://registry.example:5000 --spec oci-1.1.1 --filter Filtering.Checkfailed --seed 7");
}

TEST(Reproduce, CarriesTheHookOfACheckThatCollected) {
  const auto run = saved_of(sample_run());
  auto check = *std::ranges::find(run.checks, "Filtering.Checkfailed", &SavedCheck::id);
  check.facts["--gc-hook"] = {"0 1\n"};
  EXPECT_THAT(reproduce_command(run, check), HasSubstr(" --gc-hook \"${REFEREE_GC_HOOK:?"));
}

TEST(Reproduce, QuotesForTheShell) {
  EXPECT_EQ(shell_word("a-b/c:1"), "a-b/c:1");
  EXPECT_EQ(shell_word(""), "''");
  EXPECT_EQ(shell_word("$(rm -rf x)"), "'$(rm -rf x)'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
}

}  // namespace
}  // namespace referee::reports
