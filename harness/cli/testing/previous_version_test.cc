// Results that the version before wrote (reports/testing/version_1): each command that takes saved results takes them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "harness/cli/testing/process.h"

namespace referee::cli {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using testing::Process;
using testing::read_file;

// ctest runs tests in the root of the project; the program itself runs elsewhere.
const std::string kSaved = (std::filesystem::current_path() / "reports/testing/version_1/").string();

TEST(ResultsOfThePreviousVersion, AreReported) {
  Process report({"report", kSaved + "defect.json", "--report", "console=-"});
  EXPECT_THAT(report.wait(), Eq(0)) << report.errors();
  EXPECT_THAT(report.output(), AllOf(HasSubstr("FAILED oci-1.1.1 Filtering.NamesTheFilterItApplied"),
                                     HasSubstr("verdict: partial: non-conformant")));
  Process again({"report", kSaved + "defect.json", "--report", "json=-"});
  EXPECT_THAT(again.wait(), Eq(0)) << again.errors();
  EXPECT_TRUE(again.output() == read_file(kSaved + "defect.json")) << "a seal holds for what was written then";
}

TEST(ResultsOfThePreviousVersion, AreCompared) {
  Process compare({"compare", kSaved + "clean.json", kSaved + "defect.json", "--fail-on", "worse"});
  EXPECT_THAT(compare.wait(), Eq(1)) << compare.errors();
  EXPECT_THAT(compare.output(), HasSubstr("- oci-1.1.1 oci.referrers.filter.header"));
}

TEST(ResultsOfThePreviousVersion, AreJudgedAgain) {
  for (const auto* name : {"clean.json", "defect.json"}) {
    Process again({"rejudge", kSaved + name});
    EXPECT_THAT(again.wait(), Eq(0)) << name << again.output() << again.errors();
    EXPECT_THAT(again.output(), AllOf(HasSubstr("judged again: 3 checks, 3 as then"), HasSubstr("recorded by version")))
        << name;
  }
}

}  // namespace
}  // namespace referee::cli
