// The parts of the commands that need no network: merging, pacing, hooks, plans, serve's set-up, explanations.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "harness/cli/commands/built_in.h"
#include "harness/cli/commands/explain.h"
#include "harness/cli/commands/merge.h"
#include "harness/cli/commands/serve_setup.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/hook.h"
#include "harness/cli/host/rate_limit.h"
#include "harness/engine/check.h"

namespace referee::cli {
namespace {

using spec::Edition;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Ne;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

http::Exchange exchange(std::uint64_t sequence) {
  http::Exchange made;
  made.sequence = sequence;
  return made;
}

engine::RunResult part(Edition edition, engine::Outcome outcome) {
  engine::RunResult made;
  made.target_url = "http://" + std::string(spec::name(edition));
  made.editions = {edition};
  made.seconds = 1;
  engine::CheckResult check{.id = "A.B",
                            .edition = edition,
                            .requirement = spec::RequirementId::named("oci.subject.push-201").value(),
                            .binding = {spec::Level::kMust, spec::Verdict::kFail},
                            .outcome = outcome};
  check.exchanges = {exchange(2), exchange(3)};
  made.checks = {check};
  made.run_exchanges = {exchange(1)};
  made.capabilities = {{"list", "offered"}};
  return made;
}

TEST(Merge, HoldsEverythingUnderUniqueNumbers) {
  const auto whole =
      merge({part(Edition::kOci110, engine::Outcome::kPassed), part(Edition::kOci111, engine::Outcome::kFailed)});
  EXPECT_THAT(whole.editions, ElementsAre(Edition::kOci110, Edition::kOci111));
  EXPECT_THAT(whole.seconds, Eq(2));
  EXPECT_THAT(whole.verdict(), Eq(engine::RunVerdict::kNonConformant));
  EXPECT_THAT(whole.capabilities, SizeIs(2));
  std::set<std::uint64_t> numbers;
  for (const auto& one : whole.run_exchanges) numbers.insert(one.sequence);
  for (const auto& check : whole.checks) {
    for (const auto& one : check.exchanges) numbers.insert(one.sequence);
  }
  EXPECT_THAT(numbers, SizeIs(6));
}

TEST(Merge, IsNotConformantWhereOnePartWasNotJudged) {
  auto silent = part(Edition::kOci111, engine::Outcome::kPassed);
  silent.checks.clear();
  silent.not_judged_because = "it is down";
  const auto whole = merge({part(Edition::kOci110, engine::Outcome::kPassed), silent});
  EXPECT_THAT(whole.verdict(), Eq(engine::RunVerdict::kNotJudged));
  EXPECT_THAT(whole.incomplete_because, HasSubstr("it is down"));
}

TEST(Merge, LeavesASinglePartAlone) {
  const auto whole = merge({part(Edition::kOci111, engine::Outcome::kPassed)});
  EXPECT_THAT(whole.capabilities.begin()->first, Eq("list"));
  EXPECT_THAT(whole.verdict(), Eq(engine::RunVerdict::kConformant));
  EXPECT_THROW(merge({}), std::invalid_argument);
}

TEST(Merge, NumbersAddedExchangesAfterAllOthers) {
  auto result = part(Edition::kOci111, engine::Outcome::kPassed);
  add_exchanges(result, {exchange(1)}, {{"sha256:x", {}}});
  EXPECT_THAT(result.run_exchanges.back().sequence, Eq(4U));
  EXPECT_THAT(result.bodies, SizeIs(1));
}

TEST(RateLimit, KeepsTurnsApart) {
  http::ManualClock clock;
  RateLimit limit(10, clock, nullptr);
  const auto begin = clock.now();
  for (int i = 0; i < 11; ++i) limit.wait();
  EXPECT_THAT(clock.now() - begin, Eq(std::chrono::seconds(1)));
}

TEST(RateLimit, LosesUnusedTime) {
  http::ManualClock clock;
  RateLimit limit(1, clock, nullptr);
  limit.wait();
  clock.advance(std::chrono::seconds(60));
  limit.wait();
  const auto begin = clock.now();
  limit.wait();
  EXPECT_THAT(clock.now() - begin, Eq(std::chrono::seconds(1)));
}

TEST(RateLimit, LetsEverybodyGoOnceInterrupted) {
  http::ManualClock clock;
  const std::atomic<bool> interrupted{true};
  RateLimit limit(0.001, clock, &interrupted);
  const auto begin = clock.now();
  for (int i = 0; i < 3; ++i) limit.wait();
  EXPECT_THAT(clock.now() - begin, Eq(std::chrono::seconds(0)));
}

TEST(Hook, TellsStatusAndOutput) {
  const std::atomic<bool> interrupted{false};
  const auto report = hook_of("echo $REFEREE_HOOK; echo err >&2; exit 3", interrupted)("before");
  EXPECT_THAT(report.status, Eq(3));
  EXPECT_THAT(report.output, Eq("before\nerr\n"));
  EXPECT_FALSE(static_cast<bool>(hook_of("", interrupted)));
}

TEST(Hook, EndsWhenInterruptedOrTooSlow) {
  const std::atomic<bool> never{false};
  const std::atomic<bool> interrupted{true};
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(hook_of("sleep 60", interrupted)("collect").output, HasSubstr("interrupted"));
  EXPECT_THAT(hook_of("sleep 60 & sleep 60", never, std::chrono::milliseconds(10))("collect").status, Eq(137));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Hook, DoesNotWaitForWhatItLeavesRunning) {
  const std::atomic<bool> never{false};
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(hook_of("sleep 30 & echo started", never)("restart").status, Eq(0));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(BuiltInPlan, GivesEachNamedEditionARegistryOfItsOwn) {
  EXPECT_THAT(built_in_plan(spec_choice({})), SizeIs(1));
  EXPECT_THAT(built_in_plan(spec_choice({"all"})), SizeIs(spec::kEditionCount));
  EXPECT_THAT(built_in_plan(spec_choice({"auto", "oci-1.1.1", "oci-main"})), SizeIs(2));
}

TEST(ServeSetUp, InjectsWhatExistsAndNamesTheLikestOtherwise) {
  ServeOptions options;
  options.defects = {std::string(registry::all_defects().front().id)};
  options.moods = {std::string(registry::all_moods().front().id)};
  EXPECT_NO_THROW(behaviour_of(options));
  options.defects = {"oci.subject.push-201#z"};
  EXPECT_THAT([&] { behaviour_of(options); }, ThrowsMessage<WrongUsage>(HasSubstr("oci.subject.push-201#")));
}

TEST(ServeSetUp, ReadsUsersAndPaths) {
  ServeOptions options;
  options.auth = "token";
  options.users = {"me:secret:a/*:pull,push"};
  options.base_path = "/base/";
  options.specs = {"oci-main", "oras"};
  const auto set_up = registry_options(options);
  ASSERT_THAT(set_up.users, SizeIs(1));
  EXPECT_THAT(set_up.users[0].repositories, Eq("a/*"));
  EXPECT_THAT(set_up.base_path, Eq("/base"));
  EXPECT_TRUE(set_up.editions.has(Edition::kOciMain));
  EXPECT_TRUE(set_up.editions.has(Edition::kOrasRc2));
  EXPECT_FALSE(set_up.editions.has(Edition::kOci111));
}

TEST(ServeSetUp, RefusesWhatCannotWork) {
  const auto refused = [](auto change) {
    ServeOptions options;
    change(options);
    EXPECT_THROW(registry_options(options), WrongUsage);
  };
  refused([](auto& o) { o.auth = "basic"; });
  refused([](auto& o) { o.users = {"me:secret:*:pull"}; });
  refused([](auto& o) { o.auth = "basic", o.users = {"me:secret"}; });
  refused([](auto& o) { o.auth = "basic", o.users = {"me:secret:*:eat"}; });
  refused([](auto& o) { o.tls_cert = "x.pem"; });
  refused([](auto& o) { o.base_path = "base"; });
  refused([](auto& o) { o.specs = {"oci-9"}; });
}

TEST(Explain, KnowsEveryIdThatItOffers) {
  const auto ids = explained_ids();
  EXPECT_THAT(ids.size(), ::testing::Gt(spec::all_requirements().size() + spec::all_mutants().size()));
  for (const auto& id : ids) EXPECT_THAT(explanation(id), Optional(HasSubstr(id))) << id;
  EXPECT_THAT(explanation("nothing"), Eq(std::nullopt));
}

TEST(Explain, TellsARequirementWithItsSource) {
  const auto text = explanation("oras.subject.missing-400");
  ASSERT_THAT(text, Ne(std::nullopt));
  EXPECT_THAT(*text, ::testing::AllOf(HasSubstr("oras-rc.2"), HasSubstr("MUST"), HasSubstr("https://github.com/"),
                                      HasSubstr("oras.subject.missing-400#a"), HasSubstr("X01")));
}

}  // namespace
}  // namespace referee::cli
