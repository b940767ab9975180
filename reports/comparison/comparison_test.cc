#include "reports/comparison/comparison.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace referee::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

SavedCheck check(const std::string& requirement, Outcome outcome) {
  return {.requirement = requirement, .source = {}, .outcome = outcome};
}

SavedRun run(const std::vector<SavedCheck>& checks) {
  SavedRun saved;
  saved.run = "r";
  saved.target_url = "http://a";
  saved.checks = checks;
  return saved;
}

TEST(Comparison, TellsWhatGotWorseByTheWorstOfARequirement) {
  const auto comparison = compare(
      {run({check("oci.x", Outcome::kPassed), check("oci.x", Outcome::kWarned), check("oci.y", Outcome::kFailed)}),
       run({check("oci.x", Outcome::kFailed), check("oci.x", Outcome::kPassed), check("oci.y", Outcome::kPassed)})});
  ASSERT_THAT(comparison.differences, SizeIs(2));
  EXPECT_THAT(comparison.differences[0].values, ElementsAre("warned", "failed"));
  EXPECT_EQ(comparison.differences[0].change, Change::kWorse);
  EXPECT_EQ(comparison.differences[1].change, Change::kBetter);
  EXPECT_THAT(comparison_text(comparison, 80),
              HasSubstr("2 differ: 1 better (+), 1 worse (-), 0 otherwise; 0 the same"));
}

TEST(Comparison, CallsRunsByTheirNames) {
  auto ours = run({});
  ours.options["name"] = "ours";
  EXPECT_THAT(compare({ours, ours}, {"", "after"}).columns,
              ElementsAre("ours (http://a, run r)", "after (http://a, run r)"));
}

TEST(Comparison, TakesWhatIsNotDueForNeitherBetterNorWorse) {
  const auto comparison = compare({run({check("oci.x", Outcome::kFailed)}), run({check("oci.x", Outcome::kSkipped)})});
  ASSERT_THAT(comparison.differences, SizeIs(1));
  EXPECT_EQ(comparison.differences[0].change, Change::kOther);
}

TEST(Comparison, CountsApartWhatOneColumnAloneHas) {
  const auto comparison = compare({run({check("oci.x", Outcome::kPassed)}), run({check("oci.y", Outcome::kFailed)})});
  EXPECT_THAT(comparison.differences, SizeIs(0));
  EXPECT_EQ(comparison.same, 0u);
  EXPECT_EQ(comparison.alone, 2u);
  EXPECT_THAT(comparison_text(comparison, 80), HasSubstr("not compared: 2, which only one column has"));
}

TEST(Comparison, PutsTheRegistriesOfAnExplorationInColumnsOfTheirOwn) {
  const auto registry = [](const std::string& answer) {
    return Results{
        {"target", {{"url", "http://b"}}},
        {"run", "e"},
        {"observations", Results::array({Results{{"probe", "probe.x"}, {"spec", "oci-1.1.1"}, {"answer", answer}}})}};
  };
  const Results exploration = {{"schema", "referee-exploration/1"},
                               {"registries", Results::array({registry("KEEP"), registry("CASCADE")})}};
  const auto comparison = compare({exploration, exploration}, {"", "after"});
  EXPECT_THAT(comparison.columns[1], HasSubstr("http://b (run e)"));
  EXPECT_THAT(comparison.columns[3], HasSubstr("after: http://b (http://b, run e)"));
  EXPECT_THAT(comparison.columns, SizeIs(4));
  ASSERT_THAT(comparison.differences, SizeIs(1));
  EXPECT_THAT(comparison.differences[0].values, ElementsAre("KEEP", "CASCADE", "KEEP", "CASCADE"));
  EXPECT_EQ(comparison.differences[0].change, Change::kOther);
}

TEST(Comparison, RefusesAFileThatIsNeither) { EXPECT_THROW(load_saved("/no/such/file.json"), CannotRead); }

}  // namespace
}  // namespace referee::reports
