// The reports of the built program: what a killed run leaves, what `referee report` makes of it, and where it all goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/cli/testing/process.h"

namespace referee::cli {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Process;
using testing::read_file;
using ::testing::StartsWith;
using Json = nlohmann::json;
namespace fs = std::filesystem;

const std::vector<std::string> kShortRun = {"run",    "--built-in", "--filter", "oci.subject.push-201",
                                            "--spec", "oci-1.1.1"};

std::vector<std::string> short_run_with(std::vector<std::string> more) {
  more.insert(more.begin(), kShortRun.begin(), kShortRun.end());
  return more;
}

std::size_t lines_of(const fs::path& path) {
  const auto text = read_file(path);
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(ReportsOfTheProgram, FillTheFolderAndTakeTheJournalAway) {
  Process run(kShortRun);
  ASSERT_THAT(run.wait(), Eq(0)) << run.errors();
  const fs::path folder = run.folder() + "/referee-results";
  for (const char* name : {"results.json", "junit.xml", "report.html", "summary.md"}) {
    EXPECT_THAT(read_file(folder / name), Not(IsEmpty())) << name;
  }
  EXPECT_FALSE(fs::exists(folder / "results.jsonl"));
}

TEST(ReportsOfTheProgram, OutliveAKill) {
  Process registry({"serve", "--latency", "20ms"});
  const auto url = registry.line_after("listening on ");
  Process run({"run", url, "--spec", "oci-1.1.1", "--jobs", "2"});
  const fs::path journal = run.folder() + "/referee-results/results.jsonl";
  for (int i = 0; i < 2000 && lines_of(journal) < 12; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  run.signal(SIGKILL);
  ASSERT_THAT(run.wait(), Eq(128 + SIGKILL));
  EXPECT_FALSE(fs::exists(run.folder() + "/referee-results/results.json"));

  Process report({"report", journal.string(), "--report", "junit=junit.xml", "--report", "json=-"});
  ASSERT_THAT(report.wait(), Eq(0)) << report.errors();
  const auto results = Json::parse(report.output());
  EXPECT_THAT(results["complete"], Eq(false));
  EXPECT_THAT(results["target"]["url"], Eq(url));
  EXPECT_THAT(results["counts"]["passed"].get<int>(), ::testing::Ge(10));
  EXPECT_THAT(results["counts"]["skipped"].get<int>(), ::testing::Ge(10));
  const auto junit = read_file(report.folder() + "/junit.xml");
  EXPECT_THAT(junit, AllOf(HasSubstr("name=\"complete\" value=\"false\""), HasSubstr("type=\"not run\"")));
}

TEST(ReportsOfTheProgram, LeaveNoOlderOnesBesideAKilledRun) {
  Process registry({"serve", "--latency", "200ms"});
  const auto url = registry.line_after("listening on ");
  const fs::path folder = registry.folder() + "/reports";
  fs::create_directory(folder);
  std::ofstream(folder / "junit.xml") << "<old/>";
  Process run({"run", url, "--report-dir", folder.string()});
  for (int i = 0; i < 2000 && lines_of(folder / "results.jsonl") == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  run.signal(SIGKILL);
  EXPECT_THAT(run.wait(), Eq(128 + SIGKILL));
  EXPECT_FALSE(fs::exists(folder / "junit.xml"));
}

TEST(ReportsOfTheProgram, ComeInEveryFormatFromSavedResults) {
  Process run(short_run_with({"--report-dir", "saved"}));
  ASSERT_THAT(run.wait(), Eq(0)) << run.errors();
  const auto saved = run.folder() + "/saved/results.json";
  for (const char* format : {"json", "junit", "html", "markdown", "tap", "ctrf", "badge", "github", "console"}) {
    Process report({"report", saved, "--report", std::string(format) + "=out"});
    EXPECT_THAT(report.wait(), Eq(0)) << format << report.errors();
    EXPECT_THAT(read_file(report.folder() + "/out"), Not(IsEmpty())) << format;
  }
}

TEST(ReportsOfTheProgram, SayThatResultsWereChanged) {
  Process run(short_run_with({"--report-dir", "saved"}));
  ASSERT_THAT(run.wait(), Eq(0)) << run.errors();
  const auto saved = run.folder() + "/saved/results.json";
  auto text = read_file(saved);
  const auto verdict = text.find("\"verdict\": \"conformant\"");
  ASSERT_NE(verdict, std::string::npos);
  text.replace(verdict, std::string("\"verdict\": \"conformant\"").size(), "\"verdict\": \"non-conformant\"");
  std::ofstream(saved) << text;
  Process report({"report", saved});
  EXPECT_THAT(report.wait(), Eq(1));
  EXPECT_THAT(report.errors(), HasSubstr("is not as its run wrote it"));
  EXPECT_THAT(report.output(), HasSubstr("non-conformant"));
}

TEST(ReportsOfTheProgram, RefuseWhatIsNoResults) {
  const auto refused = [](const std::string& bytes) {
    const auto path = fs::temp_directory_path() / ("referee-no-results-" + std::to_string(::getpid()));
    std::ofstream(path) << bytes;
    Process report({"report", path.string()});
    EXPECT_THAT(report.wait(), Eq(2)) << bytes;
    fs::remove(path);
    return report.errors();
  };
  EXPECT_THAT(refused("<xml/>"), HasSubstr("is not JSON"));
  EXPECT_THAT(refused(""), HasSubstr("is not JSON"));
  EXPECT_THAT(refused("[1,2]"), HasSubstr("has the schema ''"));
  EXPECT_THAT(refused(R"({"schema":"referee-results/9"})"), HasSubstr("referee-results/9"));
  EXPECT_THAT(refused(R"({"schema":"referee-results/1"})"), HasSubstr("has no checks"));
}

TEST(ReportsOfTheProgram, TakeStandardOutputForThemselves) {
  Process run(short_run_with({"--report", "badge=-"}));
  ASSERT_THAT(run.wait(), Eq(0)) << run.errors();
  EXPECT_THAT(Json::parse(run.output())["message"], Eq("partial: oci-1.1.1"));
}

TEST(ReportsOfTheProgram, AddTheSummaryOfAStep) {
  const auto path = fs::temp_directory_path() / ("referee-step-" + std::to_string(::getpid()));
  Process run(kShortRun, {{"GITHUB_STEP_SUMMARY", path.string()}});
  EXPECT_THAT(run.wait(), Eq(0)) << run.errors();
  EXPECT_THAT(read_file(path),
              AllOf(StartsWith("<!-- referee run "), HasSubstr("# Referee: `partial: conformant (--filter ")));
  fs::remove(path);
}

TEST(ReportsOfTheProgram, MakeAFolderForACertification) {
  Process run(
      short_run_with({"--submission", "out", "--product-vendor", "Example", "--product-name", "hub",
                      "--product-version", "1.10", "--product-website-url", "https://hub.example", "--partial"}));
  ASSERT_THAT(run.wait(), Eq(0)) << run.errors();
  const auto folder = run.folder() + "/out/";
  EXPECT_THAT(read_file(folder + "PRODUCT.yaml"),
              AllOf(HasSubstr("version: \"1.10\"\n"), HasSubstr("website_url: \"https://hub.example\"\n")));
  EXPECT_THAT(read_file(folder + "README.md"),
              HasSubstr("referee run --built-in --filter oci.subject.push-201 --spec oci-1.1.1 --walks 0 --seed "));
  EXPECT_THAT(read_file(folder + "README.md"), HasSubstr("**partial: conformant (--filter oci.subject.push-201)**."));
  for (const char* name : {"junit.xml", "report.html", "results.json"}) {
    EXPECT_THAT(read_file(folder + name), Eq(read_file(run.folder() + "/referee-results/" + name))) << name;
  }
  Process again({"rejudge", folder + "results.json"});
  EXPECT_THAT(again.wait(), Eq(0)) << again.errors();
}

TEST(ReportsOfTheProgram, WantAProductForACertification) {
  Process run(short_run_with({"--submission", "out", "--product-name", "hub", "--partial"}));
  EXPECT_THAT(run.wait(), Eq(2));
  EXPECT_THAT(run.errors(), HasSubstr("give --product-vendor, --product-version"));
  Process part(short_run_with(
      {"--submission", "out", "--product-vendor", "Example", "--product-name", "hub", "--product-version", "1.10"}));
  EXPECT_THAT(part.wait(), Eq(2));
  EXPECT_THAT(part.errors(), HasSubstr("--partial"));
}

}  // namespace
}  // namespace referee::cli
