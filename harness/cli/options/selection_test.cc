#include "harness/cli/options/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

using spec::Edition;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
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

}  // namespace
}  // namespace referee::cli
