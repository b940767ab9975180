// `referee rejudge` as a program: whole runs judged again without their registry, and evidence that was changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
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

std::string results_of(const Process& run) { return run.folder() + "/referee-results/results.json"; }

// The registry is gone with the run: what is judged again has nothing to ask.
TEST(Rejudge, ReachesTheSameOutcomesForAWholeRunOfBothFamilies) {
  Process run({"run", "--built-in", "--jobs", "4", "--quiet"});
  ASSERT_THAT(run.wait(), Eq(0)) << run.errors();
  Process again({"rejudge", results_of(run)});
  EXPECT_THAT(again.wait(), Eq(0)) << again.output() << again.errors();
  EXPECT_THAT(again.output(), AllOf(HasSubstr(" 0 changed, 0 blocked"), HasSubstr("verdict then: conformant")));
}

TEST(Rejudge, ReachesTheSameFailures) {
  Process registry({"serve", "--defect", "oras.subject.missing-400#a"});
  const auto url = registry.line_after("listening on ");
  Process run({"run", url, "--spec", "oras-rc.2", "--filter", "oras.subject.*", "--settle", "1s", "--quiet"});
  ASSERT_THAT(run.wait(), Eq(1)) << run.errors();
  registry.signal(SIGTERM);
  registry.wait();
  Process again({"rejudge", results_of(run)});
  EXPECT_THAT(again.wait(), Eq(0)) << again.output() << again.errors();
  EXPECT_THAT(again.output(), AllOf(HasSubstr(" 0 changed, 0 blocked"), HasSubstr("verdict then: non-conformant")));
}

// The hook fails where a request comes while it runs.
TEST(Rejudge, ReachesTheSameOutcomesWithACollectorThatRanAloneAndAtMostSixTimes) {
  Process registry({"serve", "--control", "0", "--mood", "collector-drops-untagged"});
  const auto url = registry.line_after("listening on ");
  const auto control = registry.line_after("control on ");
  const auto hook =
      "c=" + control +
      "; before=$(curl -sSf $c/counters) && curl -sSf -X POST $c/collect && after=$(curl -sSf $c/counters)"
      " && echo turn >>turns && [ \"$before\" = \"$after\" ]";
  Process run({"run", url, "--filter", "oras.lifecycle.*", "--filter", "oci.delete.*", "--filter", "oras.manifest.*",
               "--settle", "1s", "--cascade-wait", "1s", "--gc-hook", hook, "--jobs", "8"});
  ASSERT_THAT(run.wait(), Eq(0)) << run.output() << run.errors();
  EXPECT_THAT(run.output(), Not(HasSubstr("--gc-hook ended with")));
  const auto turns = read_file(run.folder() + "/turns");
  EXPECT_THAT(std::ranges::count(turns, '\n'), ::testing::AllOf(::testing::Ge(1), ::testing::Le(6)));
  registry.signal(SIGTERM);
  registry.wait();
  Process again({"rejudge", results_of(run)});
  EXPECT_THAT(again.wait(), Eq(0)) << again.output() << again.errors();
  EXPECT_THAT(again.output(), HasSubstr(" 0 changed, 0 blocked"));
}

class ChangedEvidence : public ::testing::Test {
 protected:
  ChangedEvidence() {
    make_key("ours");
    make_key("theirs");
    Process run({"run", "--built-in", "--spec", "oci-1.1.1", "--filter", "oci.subject.push-201", "--quiet",
                 "--sign-key", path("ours.pem")});
    EXPECT_THAT(run.wait(), Eq(0)) << run.errors();
    results_ = nlohmann::ordered_json::parse(read_file(results_of(run)));
  }

  std::string path(const std::string& name) const { return keys_.folder() + "/" + name; }
  void make_key(const std::string& name) const {
    const auto command = "openssl genpkey -algorithm ed25519 -out " + path(name + ".pem") +
                         " 2>/dev/null && openssl pkey -in " + path(name + ".pem") + " -pubout -out " +
                         path(name + ".pub");
    ASSERT_THAT(std::system(command.c_str()), Eq(0)) << command;
  }
  // The exit code; what was said is in `said_`.
  int rejudged(std::vector<std::string> options = {}) {
    std::ofstream(path("results.json")) << results_.dump();
    options.insert(options.begin(), {"rejudge", path("results.json")});
    Process again(options);
    const int code = again.wait();
    said_ = again.output() + again.errors();
    return code;
  }

  Process keys_{{"--version"}};  // its folder holds the files of the test
  nlohmann::ordered_json results_;
  std::string said_;
};

TEST_F(ChangedEvidence, IsNoneWhereNothingChanged) {
  EXPECT_THAT(rejudged({"--verify-key", path("ours.pub")}), Eq(0)) << said_;
}

TEST_F(ChangedEvidence, IsReportedWithItsCheck) {
  auto& check = results_["checks"][0];
  auto& url = check["exchanges"][0]["request"]["url"].get_ref<std::string&>();
  url[url.size() - 1] = url.back() == '0' ? '1' : '0';
  EXPECT_THAT(rejudged(), Eq(1));
  EXPECT_THAT(said_, AllOf(HasSubstr(check["id"].get<std::string>()), HasSubstr("nothing was judged again")));
}

TEST_F(ChangedEvidence, IsRefusedUnderAnotherKeyOrNone) {
  EXPECT_THAT(rejudged({"--verify-key", path("theirs.pub")}), Eq(1));
  EXPECT_THAT(said_, HasSubstr("not of that key"));
  results_["seal"].erase("ed25519");
  EXPECT_THAT(rejudged({"--verify-key", path("ours.pub")}), Eq(1));
  EXPECT_THAT(said_, HasSubstr("not signed"));
}

TEST_F(ChangedEvidence, IsWrongUsageWithoutAKeyThatCanBeRead) {
  EXPECT_THAT(rejudged({"--verify-key", path("missing.pub")}), Eq(2));
  EXPECT_THAT(said_, HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace referee::cli
