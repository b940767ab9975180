// In every lawful mood the registry is conformant, and what the suite leaves unjudged is what is recorded: a mood must
// not pass by silence. `prove_tool mood --write` writes the records anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "suites/proof/mood_run.h"
#include "suites/proof/plain_words.h"

namespace referee::proof {
namespace {

std::vector<std::string> recorded(const std::string& mood) {
  std::ifstream in(record_of(mood));
  EXPECT_TRUE(in.is_open()) << record_of(mood) << " is missing; the tests run in the root of the sources";
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Of a hundred checks so many may be blocked in a mood: then the run is not judged, but nothing is accused.
constexpr std::size_t kMostBlocked = 5;

void expect_no_accusation(const engine::RunResult& run, bool recorded = true) {
  EXPECT_EQ(run.not_judged_because, "");
  const auto blocked = static_cast<std::size_t>(
      std::ranges::count(run.checks, engine::Outcome::kBlocked, &engine::CheckResult::outcome));
  EXPECT_TRUE(!recorded || 100 * blocked <= kMostBlocked * run.checks.size()) << blocked << " blocked";
  if (blocked == 0) {
    EXPECT_EQ(run.verdict(), engine::RunVerdict::kConformant);
  }
  for (const auto& check : run.checks) {
    const auto said = std::string(spec::name(check.edition)) + " " + check.id + ": " + check.reason;
    EXPECT_NE(check.outcome, engine::Outcome::kFailed) << said;
    EXPECT_NE(check.outcome, engine::Outcome::kError) << said;
    const bool graded = check.outcome != engine::Outcome::kWarned || may_warn(check.requirement, check.edition);
    EXPECT_TRUE(graded) << said;
    EXPECT_THAT(unplain_texts(check), ::testing::IsEmpty());
  }
}

TEST(Record, IsComparedLineByLine) {
  const std::vector<std::string> record = {"oci-1.1.1 skipped A.B", "oras-draft.1.1 skipped C.D"};
  const auto found = unlike({"oci-1.1.1 skipped A.B", "oci-1.1.1 warned E.F"}, record);
  EXPECT_THAT(found.unrecorded, ::testing::ElementsAre("oci-1.1.1 warned E.F"));
  EXPECT_THAT(found.idle, ::testing::ElementsAre("oras-draft.1.1 skipped C.D"));
  EXPECT_FALSE(found.none());
  EXPECT_TRUE(unlike({"oci-1.1.1 skipped A.B"}, record, {spec::Edition::kOci111}).none());
  EXPECT_TRUE(unlike(record, record).none());
}

class EveryMood : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryMood, IsConformantAndLeavesUnjudgedWhatIsRecorded) {
  const auto* mood = registry::find_mood(GetParam());
  ASSERT_NE(mood, nullptr);
  std::vector<std::string> lines;
  for (const auto edition : editions_of(*mood)) {
    const auto run = run_in(*mood, edition);
    expect_no_accusation(run, has_record(mood->id));
    for (auto& line : lines_of(run)) lines.push_back(std::move(line));
  }
  if (!has_record(mood->id)) return;
  std::ranges::sort(lines);
  EXPECT_THAT(lines, ::testing::ContainerEq(recorded(mood->id)));
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const auto& mood : registry::all_moods()) all.push_back(mood.id);
  return all;
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(5);
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Moods, EveryMood, ::testing::ValuesIn(ids()), test_name);

TEST(HonestRegistry, LeavesUnjudgedWhatIsRecorded) {
  std::vector<std::string> lines;
  for (const auto edition : editions_of({.id = "honest", .title = "", .inject = {}})) {
    const auto run = run_honest(edition);
    expect_no_accusation(run);
    for (auto& line : lines_of(run)) lines.push_back(std::move(line));
  }
  std::ranges::sort(lines);
  EXPECT_THAT(lines, ::testing::ContainerEq(recorded("honest")));
}

}  // namespace
}  // namespace referee::proof
