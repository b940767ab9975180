#include "harness/cli/options/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/exit_code.h"
#include "harness/spec/renamed_checks.h"

namespace referee::cli {
namespace {

using spec::Edition;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::set<std::string> ids(const Narrowing& narrowing, const std::vector<Edition>& editions) {
  std::set<std::string> found;
  for (const auto& job : engine::jobs_of(selection(narrowing), editions)) found.insert(job.check->id());
  return found;
}

engine::Check some_check() { return engine::all_checks().front(); }

TEST(SpecChoice, TakesEditionsAndGroups) {
  EXPECT_TRUE(spec_choice({}).auto_oci);
  EXPECT_TRUE(spec_choice({}).auto_oras);
  EXPECT_TRUE(spec_choice({"oci"}).auto_oci);
  EXPECT_FALSE(spec_choice({"oci"}).auto_oras);
  EXPECT_TRUE(spec_choice({"oras"}).auto_oras);
  EXPECT_THAT(spec_choice({"oci-1.1.1", "oras-rc.2", "oci-1.1.1"}).named,
              ElementsAre(Edition::kOrasRc2, Edition::kOci111));
  EXPECT_THAT(spec_choice({"all"}).named, SizeIs(spec::kEditionCount));
  EXPECT_THROW(spec_choice({"oci-9"}), WrongUsage);
  EXPECT_THROW(spec_choice({""}), WrongUsage);
}

TEST(SpecChoice, MayComeToMeanEveryOrasEdition) {
  EXPECT_THAT(possible_editions(spec_choice({"oras"})), SizeIs(6));
  EXPECT_THAT(possible_editions(spec_choice({"oci"})), ElementsAre(Edition::kOci111));
  EXPECT_THAT(possible_editions(spec_choice({"oci-main"})), ElementsAre(Edition::kOciMain));
}

TEST(Selection, TakesEverythingByDefault) {
  const auto all = spec::all_editions();
  EXPECT_THAT(ids({}, {all.begin(), all.end()}),
              SizeIs(std::ranges::count_if(engine::all_checks(), [](const auto& check) {
                return !check.traits.existing && !check.traits.walk;
              })));
}

TEST(Selection, MatchesIdsOfChecksAndOfRequirements) {
  const auto check = some_check();
  const auto editions = spec::editions_of(check.requirement);
  EXPECT_THAT(ids({.filters = {check.id()}, .excludes = {}, .level = {}}, editions), ElementsAre(check.id()));
  EXPECT_TRUE(ids({.filters = {std::string(check.requirement.text())}, .excludes = {}, .level = {}}, editions)
                  .contains(check.id()));
}

TEST(Selection, LetsExcludesWin) {
  const auto check = some_check();
  const Narrowing narrowing{.filters = {check.id()}, .excludes = {"*"}, .level = {}};
  EXPECT_THAT(ids(narrowing, spec::editions_of(check.requirement)), IsEmpty());
  EXPECT_THROW(refuse_empty(selection(narrowing), spec_choice({}), narrowing), WrongUsage);
}

TEST(Selection, LeavesWeakerLevelsOut) {
  using spec::Level;
  using spec::Verdict;
  const auto must = selection({.filters = {}, .excludes = {}, .level = "must"}).bindings;
  const auto should = selection({.filters = {}, .excludes = {}, .level = "SHOULD"}).bindings;
  EXPECT_TRUE(must({Level::kMustNot, Verdict::kFail}));
  EXPECT_FALSE(must({Level::kShould, Verdict::kWarn}));
  EXPECT_FALSE(must({Level::kImplied, Verdict::kFail}));
  EXPECT_FALSE(must({Level::kImplied, Verdict::kWarn}));
  const auto with_implied = selection({.filters = {}, .excludes = {}, .level = "must,implied"}).bindings;
  EXPECT_TRUE(with_implied({Level::kImplied, Verdict::kFail}));
  EXPECT_FALSE(with_implied({Level::kImplied, Verdict::kWarn}));
  EXPECT_FALSE(with_implied({Level::kShould, Verdict::kWarn}));
  EXPECT_TRUE(selection({.filters = {}, .excludes = {}, .level = ""}).bindings({Level::kImplied, Verdict::kInfo}));
  EXPECT_TRUE(should({Level::kShouldNot, Verdict::kWarn}));
  EXPECT_FALSE(should({Level::kMay, Verdict::kInfo}));
  EXPECT_THROW(selection({.filters = {}, .excludes = {}, .level = "could"}), WrongUsage);
}

// The ids of all that is selected of checks and rules, in whatever edition.
std::set<std::string> ids_of(const engine::Selection& selection) {
  std::set<std::string> found;
  for (const auto& check : engine::all_checks()) {
    if (selection.checks(check)) found.insert(check.id());
  }
  for (const auto& rule : engine::all_exchange_rules()) {
    if (selection.rules(rule)) found.insert(rule.id());
  }
  return found;
}

// The ids that a file in harness/spec/released/ has, as they are called today, without those of requirements.
std::set<std::string> released(std::string_view version) {
  std::set<std::string> found;
  for (const auto& [brought, id] : spec::released_ids()) {
    if (brought == version && !spec::RequirementId::named(id)) found.emplace(spec::new_name_of_check(id).value_or(id));
  }
  return found;
}

TEST(AsOf, TheFirstVersionIsExactlyWhatItsFileHolds) {
  const auto then = ids_of(selection({.filters = {}, .excludes = {}, .level = {}, .as_of = "0.1.0"}));
  EXPECT_EQ(then, released("0.1.0"));
  EXPECT_THAT(then, Not(IsEmpty()));
}

TEST(AsOf, LeavesOutNewerChecksAndRules) {
  const auto check = some_check();
  const auto rule = engine::all_exchange_rules().front();
  std::vector<spec::Release> made_up;
  for (const auto& [version, id] : spec::released_ids()) {
    made_up.push_back({id == check.id() || id == rule.id() ? "0.2.0" : "0.1.0", id});
  }
  const spec::Releases releases(made_up);
  const auto all = selection({});
  auto expected = ids_of(as_of(all, "0.2.0", releases));
  EXPECT_EQ(expected.erase(check.id()) + expected.erase(rule.id()), 2);
  EXPECT_EQ(ids_of(as_of(all, "0.1.0", releases)), expected);
}

// The rule of a walk is one of those: what it finds is judged by the rules that are selected, and by no others.
TEST(AsOf, LeavesOutWhateverJudgesANewerRequirement) {
  const auto walk = std::ranges::find_if(engine::all_exchange_rules(),
                                         [](const auto& rule) { return rule.judge != nullptr && !rule.whole_run; });
  ASSERT_NE(walk, engine::all_exchange_rules().end());
  const auto requirement = walk->requirement;
  std::vector<spec::Release> made_up;
  for (const auto& [version, id] : spec::released_ids()) {
    made_up.push_back({id == requirement.text() ? "0.2.0" : "0.1.0", id});
  }
  const spec::Releases releases(made_up);
  const auto then = as_of(selection({}), "0.1.0", releases);
  EXPECT_FALSE(then.rules(*walk));
  for (const auto& check : engine::all_checks()) {
    if (check.requirement == requirement) {
      EXPECT_FALSE(then.checks(check)) << check.id();
    }
  }
  EXPECT_TRUE(as_of(selection({}), "0.2.0", releases).rules(*walk));
}

TEST(AsOf, NamesTheVersionsWhereItIsNoneOfThem) {
  const spec::Releases releases({{"0.1.0", "A.B"}, {"0.2.0", "A.C"}});
  try {
    as_of(selection({}), "0.3.0", releases);
    ADD_FAILURE() << "a version that does not exist was taken";
  } catch (const WrongUsage& refusal) {
    EXPECT_STREQ(refusal.what(), "--as-of: no version '0.3.0' is known; choose one of 0.1.0, 0.2.0");
  }
}

}  // namespace
}  // namespace referee::cli
