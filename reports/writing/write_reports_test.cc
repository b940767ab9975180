// Writing reports: what the folder holds, whole or not at all, and refusals that name the path.
#include "reports/writing/write_reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "reports/saved/load_results.h"
#include "reports/saved/results_json.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  return names;
}

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const CannotWrite& refused) {
    return refused.what();
  }
  return "";
}

class WriteReports : public testing::Test {
 protected:
  ScratchFolder scratch_;
  fs::path folder_ = scratch_.path() / "made" / "on the way";
  SavedRun results_ = saved_of(sample_run());
};

TEST_F(WriteReports, FillsTheFolder) {
  const auto written = write_report_dir(folder_, results_);
  EXPECT_THAT(names_in(folder_),
              UnorderedElementsAre("results.json", "junit.xml", "report.html", "summary.md", "reproduce"));
  EXPECT_THAT(written, UnorderedElementsAre(folder_ / "results.json", folder_ / "junit.xml", folder_ / "report.html",
                                            folder_ / "summary.md"));
  EXPECT_THAT(read_file(folder_ / "junit.xml"), StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites"));
  EXPECT_EQ(results_text(load_results(folder_ / "results.json")), results_text(results_));
}

TEST_F(WriteReports, WritesOneFormatAtOnePath) {
  for (const auto& format : formats()) {
    const auto path = folder_ / std::string(format.name);
    write_report(format.name, path, results_);
    EXPECT_EQ(read_file(path), format.render(results_));
  }
}

TEST_F(WriteReports, RefusesAnUnknownFormatAndListsTheOthers) {
  EXPECT_THROW(write_report("pdf", folder_ / "x", results_), UnknownFormat);
  EXPECT_THAT(UnknownFormat("pdf").what(), HasSubstr("'pdf'; there are json, junit, html, markdown"));
}

TEST_F(WriteReports, ReplacesAnOlderFileAndKeepsToTheUmask) {
  write_file(folder_ / "a", "old and longer");
  write_file(folder_ / "a", "new");
  EXPECT_EQ(read_file(folder_ / "a"), "new");
  EXPECT_THAT(names_in(folder_), UnorderedElementsAre("a"));
  const auto mask = ::umask(0);
  ::umask(mask);
  struct stat status {};
  ASSERT_EQ(::stat((folder_ / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0666 & ~mask);
}

TEST_F(WriteReports, WritesIntoPipesAndThroughLinks) {
  fs::create_directories(folder_);
  write_file(folder_ / "real", "old");
  fs::create_symlink("real", folder_ / "link");
  write_file(folder_ / "link", "new");
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_EQ(read_file(folder_ / "real"), "new");
  ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  std::string read;
  std::jthread reader([&] { read = read_file(folder_ / "pipe"); });
  write_file(folder_ / "pipe", "through");
  reader.join();
  EXPECT_EQ(read, "through");
}

TEST_F(WriteReports, NamesThePathAndTheMendWhereItCannotWrite) {
  write_file(folder_ / "file", "x");
  const auto below_a_file = refusal([&] { write_report_dir(folder_ / "file" / "below", results_); });
  EXPECT_THAT(below_a_file, AllOf(HasSubstr("file/below"), HasSubstr("--report-dir")));
  EXPECT_THAT(refusal([&] { write_file(folder_, "x"); }), HasSubstr("it is a folder"));
  EXPECT_THAT(refusal([] { write_file("/dev/full", "x"); }), AllOf(HasSubstr("/dev/full"), HasSubstr("No space left")));
}

TEST_F(WriteReports, LeavesNoTemporaryFileWhereItFails) {
  fs::create_directories(folder_);
  EXPECT_NE(refusal([&] { write_file(folder_ / std::string(250, 'n'), "x"); }), "");  // the passing name is too long
  EXPECT_THAT(names_in(folder_), IsEmpty());
}

TEST_F(WriteReports, FindsOutBeforeTheWorkIsDone) {
  EXPECT_NO_THROW(can_write(folder_));
  EXPECT_TRUE(fs::is_directory(folder_));
  EXPECT_THAT(names_in(folder_), IsEmpty());
  write_file(folder_ / "file", "x");
  EXPECT_THROW(can_write(folder_ / "file"), CannotWrite);
  EXPECT_THROW(can_write(folder_ / "file" / "below"), CannotWrite);
  EXPECT_NO_THROW(can_write_file(folder_ / "file"));
  EXPECT_EQ(read_file(folder_ / "file"), "x");
  EXPECT_NO_THROW(can_write_file(folder_ / "new"));
  EXPECT_NO_THROW(can_write_file("/dev/stderr"));
  EXPECT_THROW(can_write_file(folder_), CannotWrite);
  EXPECT_THROW(can_write("/proc/referee"), CannotWrite);
}

}  // namespace
}  // namespace referee::reports
