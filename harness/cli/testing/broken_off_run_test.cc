// Runs that are broken off: by a signal, by the run timeout, by a registry that dies or falls silent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/cli/testing/judged.h"
#include "harness/cli/testing/process.h"
#include "harness/cli/testing/watched_registry.h"

namespace referee::cli {
namespace {

using ::testing::Eq;
using testing::expect_sound_reports;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kSlack;
using ::testing::Le;
using ::testing::Not;
using testing::Process;
using testing::read_file;
using testing::results_of;
using testing::with_outcome;

class BrokenOff : public ::testing::Test {
 protected:
  nlohmann::json ask(const std::string& path) { return watched_.ask(path); }
  void wait_for_requests(int count) { watched_.wait_for_requests(count); }
  std::size_t stored() { return watched_.stored(); }

  testing::WatchedRegistry watched_{"10ms"};
  Process& registry_ = watched_.process();
  std::string url_ = watched_.url();
};

TEST_F(BrokenOff, RunThatIsInterruptedCleansUpAndReports) {
  for (const int number : {SIGINT, SIGTERM}) {
    Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "4"});
    wait_for_requests(ask("/counters")["total"].get<int>() + 150);
    ASSERT_THAT(run.wait(std::chrono::milliseconds(0)), Eq(-1)) << "too fast to be interrupted: " << run.output();
    run.signal(number);
    EXPECT_THAT(run.wait(std::chrono::seconds(30)), Eq(130)) << run.errors();
    const auto results = results_of(run);
    EXPECT_THAT(results["complete"], Eq(false));
    EXPECT_THAT(with_outcome(results, "failed"), IsEmpty());
    EXPECT_THAT(with_outcome(results, "passed"), Not(IsEmpty()));
    EXPECT_THAT(with_outcome(results, "skipped"), Not(IsEmpty()));
    EXPECT_THAT(results["leftovers"], IsEmpty());
    EXPECT_THAT(read_file(run.folder() + "/referee-results/junit.xml"), HasSubstr("interrupted"));
    expect_sound_reports(run);
    EXPECT_THAT(stored(), Eq(0U)) << ask("/stored").dump(1);
  }
}

TEST_F(BrokenOff, TwoSignalsAtOnceAreOneWish) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "4"});
  wait_for_requests(150);
  run.signal(SIGINT);
  run.signal(SIGTERM);
  EXPECT_THAT(run.wait(std::chrono::seconds(30)), Eq(130)) << run.errors();
  EXPECT_THAT(results_of(run)["complete"], Eq(false));
  EXPECT_THAT(stored(), Eq(0U)) << ask("/stored").dump(1);
}

TEST_F(BrokenOff, RunTimeoutEndsTheRunUnjudged) {
  const auto begin = std::chrono::steady_clock::now();
  Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "1", "--run-timeout", "2s"});
  EXPECT_THAT(run.wait(std::chrono::seconds(20)), Eq(3)) << run.errors() << run.output();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2) + kSlack);
  EXPECT_THAT(results_of(run)["complete"], Eq(false));
  EXPECT_THAT(run.output(), HasSubstr("run timeout"));
}

TEST_F(BrokenOff, TargetThatDiesInMidRunLeavesItUnjudged) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--timeout", "2s"});
  wait_for_requests(200);
  registry_.signal(SIGKILL);
  EXPECT_THAT(run.wait(3 * std::chrono::seconds(2)), Eq(3)) << run.errors() << run.output();
  EXPECT_THAT(with_outcome(results_of(run), "failed"), IsEmpty());
  EXPECT_THAT(run.output(), HasSubstr("gone"));
  expect_sound_reports(run);
}

TEST_F(BrokenOff, TargetThatFallsSilentInMidRunEndsItWithinThreeTimeouts) {
  // Long enough that what a busy machine adds does not decide.
  Process run({"run", url_, "--spec", "oci-1.1.1", "--timeout", "5s"});
  wait_for_requests(200);
  registry_.signal(SIGSTOP);
  EXPECT_THAT(run.wait(3 * std::chrono::seconds(5)), Eq(3)) << run.errors() << run.output();
  EXPECT_THAT(with_outcome(results_of(run), "failed"), IsEmpty());
  EXPECT_THAT(run.output(), HasSubstr("gone"));
  expect_sound_reports(run);
}

TEST_F(BrokenOff, TargetThatFallsSilentInMidRunCostsNoMoreThanTheRunMayTake) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--run-timeout", "4s"});
  wait_for_requests(200);
  registry_.signal(SIGSTOP);
  EXPECT_THAT(run.wait(std::chrono::seconds(20)), Eq(3)) << run.errors() << run.output();
  const auto results = results_of(run);
  EXPECT_THAT(results["seconds"], Le(4.5));  // half a second for a machine that does other things too
  EXPECT_THAT(results["complete"], Eq(false));
  EXPECT_THAT(results["leftovers"], Not(IsEmpty()));
  EXPECT_THAT(with_outcome(results, "failed"), IsEmpty());
}

}  // namespace
}  // namespace referee::cli
