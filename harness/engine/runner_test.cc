// Runs as a whole: order, workers, interruption, targets that are down, gone or hostile to every push.
#include "harness/engine/runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "harness/engine/testing/scripted_transport.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/oras.h"

namespace referee::engine {
namespace {

using http::FaultKind;
using http::Request;
using http::Response;
using http::TransportFault;
using spec::literals::operator""_requirement;
using std::chrono_literals::operator""ms;
using testing::agreeable;
using ::testing::Each;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

CONFORMANCE_TEST(RunnerSample, Asks, "oci.referrers.list.known-200"_requirement) {
  EXPECT_THAT(pull("anything").status, ::testing::Eq(200));
}
CONFORMANCE_TEST(RunnerSample, AsksToo, "oci.referrers.list.empty-200"_requirement) {
  EXPECT_THAT(pull("anything").status, ::testing::Eq(200));
}
CONFORMANCE_TEST(RunnerSample, KnowsOras, "oras.referrers.key"_requirement) {
  EXPECT_THAT(pull("anything").status, ::testing::Eq(200));
}
EXCHANGE_RULE(RunnerSample, SeesAll, "oci.http.no-5xx"_requirement) {
  if (!exchange.response) throw NotApplicable("no answer");
  EXPECT_THAT(exchange.response->status, ::testing::Lt(500));
}

RunRequest request_for(std::vector<spec::Edition> editions, int jobs = 1) {
  RunRequest request;
  request.settings.client.base = "http://registry";
  request.settings.run_id = "run";
  request.settings.jobs = jobs;
  request.specs.named = std::move(editions);
  return request;
}

RunResult run_against(testing::ScriptedTransport::Script script, const RunRequest& request,
                      const std::atomic<bool>* interrupted = nullptr) {
  testing::ScriptedTransport transport(std::move(script));
  http::ManualClock clock;
  return run(request, {.transport = transport, .clock = clock, .interrupted = interrupted});
}

TEST(Runner, RunsEachCheckOnceInEachEditionThatHasItsRow) {
  const auto result = run_against(agreeable, request_for({spec::Edition::kOci111, spec::Edition::kOciMain}, 4));
  ASSERT_THAT(result.checks, SizeIs(6));  // two checks and a rule, twice
  EXPECT_THAT(result.checks, Each(Field(&CheckResult::outcome, Outcome::kPassed)));
  EXPECT_EQ(result.verdict(), RunVerdict::kConformant);
  EXPECT_TRUE(result.complete);
  EXPECT_THAT(result.leftovers, IsEmpty());
}

TEST(Runner, AutoTakesTheNewestOrasEditionWhoseListAnswers) {
  auto request = request_for({});
  request.specs = {.auto_oci = true, .auto_oras = true};
  const auto result = run_against(agreeable, request);
  EXPECT_THAT(result.editions, ::testing::ElementsAre(spec::Edition::kOrasRc2, spec::Edition::kOci111));
}

TEST(Runner, ARuleSeesTheExchangesOfAllChecks) {
  const auto result = run_against(
      [](const Request& request) {
        return request.url.ends_with("anything") ? Response{.status = 500} : agreeable(request);
      },
      request_for({spec::Edition::kOci111}));
  const auto& rule = result.checks.back();
  EXPECT_EQ(rule.id, "RunnerSample.SeesAll");
  EXPECT_EQ(rule.outcome, Outcome::kWarned);
  EXPECT_THAT(rule.exchanges, SizeIs(2));
}

TEST(Runner, ATargetThatIsDownIsNotJudged) {
  const auto result =
      run_against([](const Request&) -> Response { throw TransportFault(FaultKind::kConnect, "connection refused"); },
                  request_for({spec::Edition::kOci111}));
  EXPECT_EQ(result.verdict(), RunVerdict::kNotJudged);
  EXPECT_THAT(result.not_judged_because, HasSubstr("connection refused"));
  EXPECT_THAT(result.checks, IsEmpty());
}

TEST(Runner, ATargetThatRefusesEveryPushIsNotJudged) {
  const auto result =
      run_against([](const Request&) { return Response{.status = 403}; }, request_for({spec::Edition::kOci111}));
  EXPECT_EQ(result.verdict(), RunVerdict::kNotJudged);
  EXPECT_THAT(result.not_judged_because, HasSubstr("403"));
}

TEST(Runner, ATargetThatGoesInTheMiddleEndsTheRun) {
  std::atomic<bool> gone = false;
  const auto result = run_against(
      [&](const Request& request) {
        if (request.url.ends_with("anything")) gone = true;
        if (gone) throw TransportFault(FaultKind::kConnect, "connection refused");
        return agreeable(request);
      },
      request_for({spec::Edition::kOci111}));
  EXPECT_FALSE(result.complete);
  EXPECT_THAT(result.incomplete_because, HasSubstr("gone"));
  EXPECT_EQ(result.checks[0].outcome, Outcome::kError);
  EXPECT_TRUE(result.checks[1].not_run);
  EXPECT_EQ(result.verdict(), RunVerdict::kNotJudged);
}

TEST(Runner, AnInterruptionLeavesAnIncompleteResultAndCleansUp) {
  std::atomic<bool> interrupted = false;
  std::atomic<int> deleted = 0;
  const auto result = run_against(
      [&](const Request& request) {
        if (request.method == "DELETE") ++deleted;
        if (request.url.ends_with("anything")) {
          interrupted = true;
          std::this_thread::sleep_for(60ms);  // the watchdog looks every 20 ms of real time
        }
        return agreeable(request);
      },
      request_for({spec::Edition::kOci111}), &interrupted);
  EXPECT_FALSE(result.complete);
  EXPECT_EQ(result.incomplete_because, "interrupted");
  EXPECT_TRUE(result.checks[1].not_run);
  EXPECT_NE(result.verdict(), RunVerdict::kConformant);
  EXPECT_GT(deleted, 0);
}

TEST(Runner, JobsDoNotChangeOutcomes) {
  const auto one = run_against(agreeable, request_for({spec::Edition::kOci111}, 1));
  const auto eight = run_against(agreeable, request_for({spec::Edition::kOci111}, 8));
  ASSERT_EQ(one.checks.size(), eight.checks.size());
  for (std::size_t i = 0; i < one.checks.size(); ++i) {
    EXPECT_EQ(one.checks[i].id, eight.checks[i].id);
    EXPECT_EQ(one.checks[i].outcome, eight.checks[i].outcome);
  }
}

}  // namespace
}  // namespace referee::engine
