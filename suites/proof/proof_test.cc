// Each defect of the reference registry is caught by its own requirement, and no other requirement accuses it.
#include "suites/proof/proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fixtures/registry/defect.h"
#include "suites/proof/claims.h"
#include "suites/proof/plain_words.h"

namespace referee::proof {
namespace {

Baseline& baseline() {
  static Baseline known;
  return known;
}

class EveryDefect : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryDefect, IsCaughtByItsOwnRequirementAndNoOtherIsAccused) {
  const auto* defect = registry::find_defect(GetParam());
  ASSERT_NE(defect, nullptr);
  const auto proof = prove(*defect, telling_editions(defect->violates), {.editions = {}, .checks = {}}, baseline());
  EXPECT_TRUE(proof.clean()) << describe(proof);
  EXPECT_THAT(proof.unplain, ::testing::IsEmpty());
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const auto& defect : registry::all_defects()) all.emplace_back(defect.id);
  return all;
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Proof, EveryDefect, ::testing::ValuesIn(ids()), test_name);

class HonestRegistry : public ::testing::TestWithParam<spec::Edition> {};

TEST_P(HonestRegistry, IsNeverAccused) {
  const auto run = run_on({}, {.editions = {GetParam()}, .checks = {}});
  EXPECT_EQ(run.not_judged_because, "");
  for (const auto& result : run.checks) {
    EXPECT_TRUE(result.outcome == engine::Outcome::kPassed || result.outcome == engine::Outcome::kSkipped ||
                result.outcome == engine::Outcome::kNoted)
        << spec::name(result.edition) << ' ' << result.id << ' ' << engine::name(result.outcome) << ": "
        << result.reason;
    EXPECT_THAT(unplain_texts(result), ::testing::IsEmpty());
  }
  EXPECT_EQ(run.verdict(), engine::RunVerdict::kConformant);
}

std::vector<spec::Edition> editions() { return {spec::all_editions().begin(), spec::all_editions().end()}; }

std::string edition_name(const ::testing::TestParamInfo<spec::Edition>& edition) {
  std::string name(spec::name(edition.param));
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Proof, HonestRegistry, ::testing::ValuesIn(editions()), edition_name);

TEST(Suites, AreLinkedInWhole) {
  std::set<std::string> ids;
  for (const auto& check : engine::all_checks()) EXPECT_TRUE(ids.insert(check.id()).second) << check.id() << " twice";
  for (const auto& rule : engine::all_exchange_rules())
    EXPECT_TRUE(ids.insert(rule.id()).second) << rule.id() << " twice";
  for (const auto& check : engine::all_checks()) {
    if (check.traits.existing) ids.erase(check.id());  // suites/existing is not among the files that are searched
  }
  // Walks and the rules of the model are made in a loop, and have their own proof.
  std::erase_if(ids, [](const std::string& id) {
    return id.starts_with("Walks.") || id.starts_with("OrasWalks.") || id.starts_with("Exchanges.") ||
           id.starts_with("OrasExchanges.");
  });
  const auto declared = declared_checks();
  EXPECT_THAT(ids, ::testing::ContainerEq(std::set<std::string>(declared.begin(), declared.end())));
}

}  // namespace
}  // namespace referee::proof
