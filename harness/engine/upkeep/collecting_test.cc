// Runs with a collector: the phase of those that need it, alone with it, and what becomes of them if it fails.
#include "harness/engine/upkeep/collecting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "harness/engine/detection/small_content.h"
#include "harness/engine/runner.h"
#include "harness/engine/testing/scripted_transport.h"
#include "harness/spec/literals/oci.h"

namespace referee::engine {
namespace {

using http::Request;
using http::Response;
using spec::literals::operator""_requirement;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::SizeIs;

CONFORMANCE_TEST(Collected, Once, "oci.referrers.list.known-200"_requirement, {.collects = true}) {
  push(small_image(session()));
  collect();
  EXPECT_THAT(pull("after").status, Eq(200));
}
CONFORMANCE_TEST(Collected, Twice, "oci.referrers.list.known-200"_requirement, {.collects = true}) {
  collect();
  pull("between");
  collect();
  EXPECT_THAT(pull("after").status, Eq(200));
}
CONFORMANCE_TEST(Collected, Never, "oci.referrers.list.known-200"_requirement) {
  EXPECT_THAT(pull("alone").status, Eq(200));
}
CONFORMANCE_TEST(Collected, WithoutSayingSo, "oci.referrers.list.empty-200"_requirement) { collect(); }

// A registry that takes everything, and counts who is with it.
class Scene {
 public:
  Scene() {
    request_.settings.client.base = "http://registry";
    request_.settings.run_id = "run";
    request_.settings.jobs = 3;
    request_.specs.named = {spec::Edition::kOci111};
    request_.selection.checks = [](const Check& check) { return check.name != "WithoutSayingSo"; };
    request_.settings.collect = [this](const std::string&) {
      busy_at_turns_.push_back(busy_);
      const auto before = transport_.asked().size();
      for (int i = 0; i < 50; ++i) std::this_thread::yield();
      asked_in_turns_ += transport_.asked().size() - before;
      pulled_alone_ = pulled_alone_ && asked("alone");
      away_ = away_after_a_turn_;
      return report_;
    };
  }

  RunResult run() { return engine::run(request_, {.transport = transport_, .clock = clock_}); }

  bool asked(std::string_view name) const {
    const auto names_it = [&](const Request& request) { return request.url.ends_with(name); };
    return std::ranges::any_of(transport_.asked(), names_it);
  }

  static std::map<std::string, Outcome> outcomes_of(const RunResult& result) {
    std::map<std::string, Outcome> outcomes;
    for (const auto& check : result.checks) outcomes[check.id] = check.outcome;
    return outcomes;
  }

  RunRequest request_;
  HookReport report_;
  std::vector<int> busy_at_turns_;
  std::size_t asked_in_turns_ = 0;
  bool pulled_alone_ = true;
  int away_after_a_turn_ = 0;

 private:
  Response answer(const Request& request) {
    ++busy_;
    const auto response = answer_of(request);
    --busy_;
    return response;
  }

  Response answer_of(const Request& request) {
    if (away_ > 0 && away_-- > 0) return {.status = 503};
    return testing::agreeable(request);
  }

  std::atomic<int> busy_ = 0;
  std::atomic<int> away_ = 0;
  http::ManualClock clock_;
  testing::ScriptedTransport transport_{[this](const Request& request) { return answer(request); }};
};

TEST(Collecting, RunsTheHookOnceForAllWhileNothingIsAsked) {
  Scene scene;
  const auto result = scene.run();
  EXPECT_THAT(Scene::outcomes_of(result), Each(Pair(::testing::_, Outcome::kPassed)));
  EXPECT_THAT(scene.busy_at_turns_, ElementsAre(0, 0));
  EXPECT_EQ(scene.asked_in_turns_, 0U);
  EXPECT_TRUE(scene.pulled_alone_) << "what does not collect has run before";
  EXPECT_THAT(result.capabilities.at("collections").words, HasSubstr("2 runs of --gc-hook: "));
  EXPECT_THAT(result.turns, SizeIs(2));
}

TEST(Collecting, BlocksWhatNeedsItWhereItFails) {
  Scene scene;
  scene.report_ = {7, std::string(100'000, 'x') + "no space left"};
  const auto result = scene.run();
  const auto outcomes = Scene::outcomes_of(result);
  EXPECT_EQ(outcomes.at("Collected.Once"), Outcome::kBlocked);
  EXPECT_EQ(outcomes.at("Collected.Twice"), Outcome::kBlocked);
  EXPECT_EQ(outcomes.at("Collected.Never"), Outcome::kPassed);
  EXPECT_THAT(scene.busy_at_turns_, SizeIs(1)) << "no check needs another one";
  ASSERT_THAT(result.turns, SizeIs(1));
  EXPECT_EQ(result.turns[0].status, 7);
  EXPECT_THAT(result.turns[0].output,
              ::testing::AllOf(::testing::EndsWith("no space left"), SizeIs(::testing::Lt(4'000))));
  for (const auto& check : result.checks) {
    if (check.outcome != Outcome::kBlocked) continue;
    EXPECT_THAT(check.reason, ::testing::AllOf(HasSubstr("--gc-hook ended with 7"), HasSubstr("no space left")));
    EXPECT_THAT(check.reason, SizeIs(::testing::Lt(4'000)));
  }
}

TEST(Collecting, WaitsForATargetThatTheHookStartsAgain) {
  Scene scene;
  scene.away_after_a_turn_ = 5;
  EXPECT_THAT(Scene::outcomes_of(scene.run()), Each(Pair(::testing::_, Outcome::kPassed)));
}

TEST(Collecting, TagsTheRepositoriesOfThoseThatCollect) {
  Scene scene;
  const auto result = scene.run();
  const auto check = std::ranges::find(result.checks, "Collected.Once", &CheckResult::id);
  ASSERT_NE(check, result.checks.end());
  std::vector<std::string> pushed;
  for (const auto& each : check->exchanges) {
    const auto at = each.request.url.find("/manifests/");
    if (each.request.method == "PUT" && at != std::string::npos) pushed.push_back(each.request.url.substr(at));
  }
  EXPECT_THAT(pushed, ElementsAre(HasSubstr("/manifests/kept-"), HasSubstr("/manifests/sha256:")));
}

TEST(Collecting, FindsThoseThatDoNotSayThatTheyCollect) {
  Scene scene;
  scene.request_.selection.checks = [](const Check& check) { return check.name == "WithoutSayingSo"; };
  const auto result = scene.run();
  ASSERT_THAT(result.checks, SizeIs(1));
  EXPECT_EQ(result.checks[0].outcome, Outcome::kError);
  EXPECT_THAT(scene.busy_at_turns_, IsEmpty());
}

TEST(Collecting, DoesNotRunTheHookForOthersAlone) {
  Scene scene;
  scene.request_.selection.checks = [](const Check& check) { return check.name == "Never"; };
  const auto result = scene.run();
  EXPECT_THAT(scene.busy_at_turns_, IsEmpty());
  EXPECT_FALSE(result.capabilities.contains("collections"));
}

}  // namespace
}  // namespace referee::engine
