// The gate that the program keeps with a baseline: each transition by its exit code and its words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/cli/testing/process.h"

namespace referee::cli {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Process;
using testing::read_file;
using Json = nlohmann::json;

class GateOfTheProgram : public ::testing::Test {
 protected:
  Process wrong_{{"serve", "--defect", "oci.subject.header-value#a"}};
  Process honest_{{"serve"}};
  std::string baseline_ = wrong_.folder() + "/baseline.json";

  static std::string url_of(const Process& registry) { return registry.line_after("listening on "); }

  struct End {
    int code;
    std::string output;
    std::string errors;
    std::string junit;
  };

  End run(const Process& registry, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"run",       url_of(registry), "--spec",
                                          "oci-1.1.1", "--filter",       "oci.subject.header-value"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    Process process(arguments);
    const int code = process.wait();
    return {code, process.output(), process.errors(), read_file(process.folder() + "/referee-results/junit.xml")};
  }

  Json written() const { return Json::parse(read_file(baseline_)); }

  void fill_in(const char* member, const char* value) {
    auto json = written();
    for (auto& entry : json["entries"]) entry[member] = value;
    std::ofstream(baseline_) << json;
  }
};

TEST_F(GateOfTheProgram, BreaksOnANewFailure) {
  EXPECT_THAT(run(honest_, {"--update-baseline", baseline_}).code, Eq(0));
  EXPECT_TRUE(written()["entries"].empty());
  const auto end = run(wrong_, {"--baseline", baseline_});
  EXPECT_THAT(end.code, Eq(1));
  EXPECT_THAT(end.output,
              AllOf(HasSubstr("FAILED"), HasSubstr("baseline: broken: 0 known, "), HasSubstr("new: oci-1.1.1 ")));
}

TEST_F(GateOfTheProgram, HoldsForAKnownFailure) {
  EXPECT_THAT(run(wrong_, {"--update-baseline", baseline_}).code, Eq(1));
  ASSERT_FALSE(written()["entries"].empty());
  EXPECT_THAT(written()["entries"][0]["requirement"], Eq("oci.subject.header-value"));
  fill_in("reason", "fixed in 2.0");
  const auto end = run(wrong_, {"--baseline", baseline_});
  EXPECT_THAT(end.code, Eq(0)) << end.output;
  EXPECT_THAT(end.output, AllOf(HasSubstr("baseline: held: "), HasSubstr("known: fixed in 2.0"),
                                HasSubstr("non-conformant"), Not(HasSubstr("FAILED"))));
  EXPECT_THAT(end.junit, AllOf(HasSubstr("message=\"known: fixed in 2.0\""), Not(HasSubstr("<failure"))));
}

TEST_F(GateOfTheProgram, BreaksOnAnUnexpectedPassUnlessItIsAllowed) {
  run(wrong_, {"--update-baseline", baseline_});
  const auto end = run(honest_, {"--baseline", baseline_});
  EXPECT_THAT(end.code, Eq(1)) << end.output;
  EXPECT_THAT(end.output, AllOf(HasSubstr("passes now: oci-1.1.1 "), HasSubstr("baseline: broken")));
  EXPECT_THAT(end.junit, HasSubstr("<failure type=\"baseline\""));
  const auto allowed = run(honest_, {"--baseline", baseline_, "--allow-unexpected-pass"});
  EXPECT_THAT(allowed.code, Eq(0)) << allowed.output;
  EXPECT_THAT(allowed.output, HasSubstr("unexpected passes (allowed)"));
}

TEST_F(GateOfTheProgram, BreaksOnAnExpiredEntry) {
  run(wrong_, {"--update-baseline", baseline_});
  fill_in("expires", "2020-01-31");
  const auto end = run(wrong_, {"--baseline", baseline_});
  EXPECT_THAT(end.code, Eq(1));
  EXPECT_THAT(end.output, HasSubstr("expired on 2020-01-31: oci-1.1.1 "));
}

TEST_F(GateOfTheProgram, ReportsAnUnusedEntry) {
  run(wrong_, {"--update-baseline", baseline_});
  fill_in("edition", "oci-main");
  const auto end = run(honest_, {"--baseline", baseline_});
  EXPECT_THAT(end.code, Eq(0)) << end.output;
  EXPECT_THAT(end.output, HasSubstr("unused: oci-main "));
}

TEST_F(GateOfTheProgram, UpdatesToTheSameBytes) {
  run(wrong_, {"--update-baseline", baseline_});
  const auto first = read_file(baseline_);
  run(wrong_, {"--update-baseline", baseline_});
  EXPECT_THAT(read_file(baseline_), Eq(first));
}

TEST_F(GateOfTheProgram, RefusesWhatIsNoBaselineBeforeTheRun) {
  std::ofstream(baseline_) << "{}";
  for (const auto& options : {std::vector<std::string>{"--baseline", baseline_}, {"--update-baseline", baseline_}}) {
    const auto end = run(honest_, options);
    EXPECT_THAT(end.code, Eq(2));
    EXPECT_THAT(end.errors, HasSubstr("is not a baseline"));
  }
  EXPECT_THAT(run(honest_, {"--allow-unexpected-pass"}).code, Eq(2));
  EXPECT_THAT(run(honest_, {"--update-baseline", "/proc/x"}).code, Eq(2));
}

TEST_F(GateOfTheProgram, CannotHoldWhereNothingCouldBeJudged) {
  run(wrong_, {"--update-baseline", baseline_});
  const auto before = read_file(baseline_);
  Process unjudged({"run", "http://127.0.0.1:1", "--baseline", baseline_, "--update-baseline", baseline_});
  EXPECT_THAT(unjudged.wait(), Eq(3));
  EXPECT_THAT(unjudged.errors(), HasSubstr("stays as it is"));
  EXPECT_THAT(read_file(baseline_), Eq(before));
}

}  // namespace
}  // namespace referee::cli
