#include "harness/cli/commands/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "harness/spec/requirement.h"

namespace referee::cli {
namespace {

using spec::Edition;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::SizeIs;

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
  made.capabilities = {{"list", {"offered"}}};
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

}  // namespace
}  // namespace referee::cli
