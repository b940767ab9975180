// The defects of deletion and lifecycle are caught whatever the collector is like, lawful ones of all kinds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "harness/engine/check.h"
#include "suites/proof/proof.h"

namespace referee::proof {
namespace {

constexpr const char* kCollectors[] = {"collector-drops-untagged", "collector-needs-tags", "cascade-late"};

// Defects that a collector makes good, or that show only where deletion is followed at once.
bool is_without_effect(const std::string& defect, const std::string& collector) {
  static const std::map<std::string, std::set<std::string>> kWithout = {
      {"collector-drops-untagged", {"oras.lifecycle.cascade-should#a", "oras.lifecycle.nested-cascade#a"}},
      {"cascade-late",
       {"oras.lifecycle.cascade-should#a", "oras.lifecycle.cascade-should#b", "oras.lifecycle.nested-cascade#a",
        "oras.lifecycle.artifact-without-subject-unaffected#a", "oras.referrers.after-cascade-empty#b"}}};
  const auto found = kWithout.find(collector);
  return found != kWithout.end() && found->second.contains(defect);
}

// Whether any check of the requirement collects: then its defects are tried.
bool collects(spec::RequirementId requirement) {
  return std::ranges::any_of(engine::all_checks(), [&](const engine::Check& check) {
    return check.requirement == requirement && check.traits.collects;
  });
}

// Whether a check of the defect's requirement says more against it than against only the collector.
bool is_caught(const registry::Defect& defect, const registry::Mood& collector, spec::Edition edition) {
  Bench bench = bench_for(defect, {.editions = {edition}, .checks = [&](const engine::Check& check) {
                                     return check.requirement == defect.violates;
                                   }});
  registry::Behaviour lawful;
  collector.inject(lawful);
  std::map<std::string, engine::Outcome> without;
  for (const auto& result : run_on(lawful, bench).checks) {
    without[std::string(spec::name(result.edition)) + " " + result.id] = result.outcome;
  }
  registry::Behaviour behaviour;
  collector.inject(behaviour);
  defect.inject(behaviour);
  return std::ranges::any_of(accusations_in(run_on(behaviour, bench), without), [&](const Accusation& accusation) {
    return accusation.requirement == defect.violates.text();
  });
}

class EachCollector : public ::testing::TestWithParam<const char*> {};

TEST_P(EachCollector, LetsEachDefectOfALifecycleBeCaught) {
  const auto* mood = registry::find_mood(GetParam());
  ASSERT_NE(mood, nullptr);
  int tried = 0;
  for (const auto& defect : registry::all_defects()) {
    if (!collects(defect.violates)) continue;
    ++tried;
    const auto editions = telling_editions(defect.violates);
    const bool caught =
        std::ranges::any_of(editions, [&](spec::Edition edition) { return is_caught(defect, *mood, edition); });
    EXPECT_NE(caught, is_without_effect(defect.id, GetParam())) << defect.id << ": " << defect.title;
  }
  EXPECT_GT(tried, 20);
}

INSTANTIATE_TEST_SUITE_P(Proof, EachCollector, ::testing::ValuesIn(kCollectors),
                         [](const ::testing::TestParamInfo<const char*>& collector) {
                           std::string name = collector.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace referee::proof
