// Output that cannot be written, and folders that hold what others put there: the verdict is still said, what was lost
// is named, and nothing that is not ours is touched.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
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
namespace fs = std::filesystem;

const std::string kShortRunOfTheShell =
    testing::program_path() + " run --built-in --filter oci.subject.push-201 --spec oci-1.1.1";

class LostOutput : public ::testing::TestWithParam<const char*> {};

// $1 is the run; what the shell prints is its exit code.
TEST_P(LostOutput, OnStandardErrorEndsNoRun) {
  Process shell = Process::of("sh", {"-c", GetParam(), "sh", kShortRunOfTheShell});
  ASSERT_THAT(shell.wait(), Eq(0)) << shell.errors();
  EXPECT_THAT(shell.output(), AllOf(HasSubstr("verdict: partial: conformant"), HasSubstr("code 0\n")));
  EXPECT_THAT(read_file(shell.folder() + "/referee-results/results.json"), Not(IsEmpty()));
}

INSTANTIATE_TEST_SUITE_P(Ways, LostOutput,
                         ::testing::Values("$1 2>&-; echo code $?", "$1 2>/dev/full; echo code $?",
                                           "exec 3>&1; { $1 2>&4 >&3; echo code $? >&3; } 4>&1 | true"));

TEST(ReportsThatCannotBeWritten, AreNamedBehindTheVerdictAndKeepNoOthersBack) {
  Process shell = Process::of(
      "sh", {"-c", "$1 --report tap=/dev/full --report ctrf=ctrf.json; echo code $?", "sh", kShortRunOfTheShell});
  ASSERT_THAT(shell.wait(), Eq(0));
  EXPECT_THAT(shell.output(), AllOf(HasSubstr("verdict: partial: conformant"), HasSubstr("code 2\n")));
  EXPECT_THAT(shell.errors(), HasSubstr("cannot write /dev/full"));
  EXPECT_THAT(read_file(shell.folder() + "/referee-results/results.json"), Not(IsEmpty()));
  EXPECT_THAT(read_file(shell.folder() + "/ctrf.json"), Not(IsEmpty()));
  EXPECT_TRUE(fs::exists(shell.folder() + "/referee-results/results.jsonl"));
}

TEST(TheReportFolder, BelongsToOneRunAtATime) {
  Process registry({"serve", "--latency", "20ms"});
  const auto url = registry.line_after("listening on ");
  Process first({"run", url, "--spec", "oci-1.1.1"});
  const fs::path folder = first.folder() + "/referee-results";
  for (int i = 0; i < 2000 && !fs::exists(folder / "results.jsonl"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  Process second({"run", "--built-in", "--report-dir", folder.string()});
  EXPECT_THAT(second.wait(), Eq(2));
  EXPECT_THAT(second.errors(), HasSubstr("another run writes its reports there now"));
  EXPECT_TRUE(fs::exists(folder / "results.jsonl"));
  first.signal(SIGINT);
  EXPECT_THAT(first.wait(), Eq(130));
}

TEST(TheFolderOfScripts, KeepsThoseOfOthers) {
  Process wrong({"serve", "--defect", "oci.subject.push-201#a"});
  const auto url = wrong.line_after("listening on ");
  Process shell = Process::of(
      "sh", {"-c",
             "mkdir -p referee-results/reproduce && echo mine >referee-results/reproduce/mine.sh && "
             "$1 run $2 --filter oci.subject.push-201 --spec oci-1.1.1; $1 run $2 --filter oci.subject.push-201 --spec "
             "oci-1.1.1; ls referee-results/reproduce",
             "sh", testing::program_path(), url});
  ASSERT_THAT(shell.wait(), Eq(0)) << shell.errors();
  EXPECT_THAT(read_file(shell.folder() + "/referee-results/reproduce/mine.sh"), Eq("mine\n"));
  EXPECT_THAT(shell.output(), HasSubstr("\nmine.sh\n"));
}

TEST(TheFolderOfScripts, IsNotFollowedElsewhere) {
  Process shell = Process::of(
      "sh", {"-c", "mkdir -p referee-results elsewhere && ln -s ../elsewhere referee-results/reproduce && $1", "sh",
             kShortRunOfTheShell});
  EXPECT_THAT(shell.wait(), Eq(2));
  EXPECT_THAT(shell.errors(), HasSubstr("it is a symbolic link"));
}

}  // namespace
}  // namespace referee::cli
