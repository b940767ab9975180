// The requirement that CONTRIBUTING.md shows, built from its own lines: the row is the catalogue's, the check passes on
// the honest registry, its defect makes it fail, and its mood makes it skip.
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "fixtures/registry/defects/tables.h"
#include "fixtures/registry/moods/tables.h"
#include "harness/spec/literals/oci.h"
#include "suites/proof/proof.h"

namespace referee::proof {
namespace {

using engine::Outcome;
using registry::Behaviour;
using registry::ListContext;
using namespace spec::literals;  // NOLINT(google-build-using-namespace): the page is written in them

std::vector<registry::Defect> defects_of_the_guide() {
  return {
#include "suites/proof/guide/defect.inc"
  };
}

std::vector<registry::Mood> moods_of_the_guide() {
  return {
#include "suites/proof/guide/mood.inc"
  };
}

nlohmann::json read(const std::string& path) { return nlohmann::json::parse(std::ifstream(path)); }

/// No other check is linked into this test.
engine::CheckResult result_on(const std::function<void(Behaviour&)>& inject) {
  Behaviour behaviour;
  inject(behaviour);
  auto run = run_on(behaviour, {.editions = {spec::Edition::kOci111}});
  EXPECT_THAT(run.checks, ::testing::SizeIs(1)) << run.not_judged_because;
  return run.checks.at(0);
}

TEST(Guide, ShowsTheRowOfTheCatalogue) {
  const auto shown = read(REFEREE_GUIDE "/row.json");
  const auto rows = read("harness/spec/catalogue/oci-filtering.json");
  const auto row = std::ranges::find(rows, shown.at("id"), [](const auto& one) { return one.at("id"); });
  ASSERT_NE(row, rows.end());
  EXPECT_EQ(shown, *row);
}

TEST(Guide, ShowsACheckThatPassesOnTheHonestRegistry) {
  EXPECT_EQ(result_on([](Behaviour&) {}).outcome, Outcome::kPassed);
}

TEST(Guide, ShowsADefectThatTheCheckCatches) {
  const auto defects = defects_of_the_guide();
  ASSERT_THAT(defects, ::testing::SizeIs(1));
  const auto result = result_on(defects[0].inject);
  EXPECT_EQ(result.outcome, Outcome::kFailed) << result.reason;
  EXPECT_EQ(result.requirement, defects[0].violates);
}

TEST(Guide, ShowsAMoodThatTheCheckDoesNotAccuse) {
  const auto moods = moods_of_the_guide();
  ASSERT_THAT(moods, ::testing::SizeIs(1));
  EXPECT_NE(registry::find_mood(moods[0].id), nullptr);
  EXPECT_EQ(result_on(moods[0].inject).outcome, Outcome::kSkipped);
}

}  // namespace
}  // namespace referee::proof
