// What `referee list` must hold: no requirement without a check, no defect of the catalogue that is not seeded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "fixtures/registry/mood.h"
#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/spec/releases.h"
#include "harness/spec/renamed_checks.h"
#include "harness/spec/requirement.h"

namespace referee::cli {
namespace {

using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;

nlohmann::json listed(const std::string& what, const std::string& new_since = {}) {
  ::testing::internal::CaptureStdout();
  const int code = list_command({.what = what, .new_since = new_since, .json = true});
  const auto text = ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(code, kDone);
  return nlohmann::json::parse(text);
}

std::set<std::string> ids_of(const nlohmann::json& rows) {
  std::set<std::string> ids;
  for (const auto& row : rows) EXPECT_TRUE(ids.insert(row["id"]).second) << row["id"] << " twice";
  return ids;
}

TEST(ListOfRequirements, HoldsNoneWithoutACheck) {
  const auto rows = listed("requirements");
  EXPECT_EQ(rows.size(), spec::all_requirements().size());
  for (const auto& row : rows) EXPECT_THAT(row["checks"], Not(IsEmpty())) << row["id"];
}

TEST(ListOfRequirements, ShowsTheDefectsThatProveThem) {
  for (const auto& row : listed("requirements")) {
    EXPECT_THAT(row["defects"], Not(IsEmpty())) << row["id"];
    EXPECT_THAT(row["mutants_without_defect"], IsEmpty()) << row["id"];
  }
}

TEST(ListOfRequirements, NamesChecksAndDefectsThatExist) {
  const auto checks = ids_of(listed("checks"));
  const auto defects = ids_of(listed("defects"));
  for (const auto& row : listed("requirements")) {
    EXPECT_THAT(checks, IsSupersetOf(row["checks"].get<std::set<std::string>>())) << row["id"];
    EXPECT_THAT(defects, IsSupersetOf(row["defects"].get<std::set<std::string>>())) << row["id"];
  }
}

TEST(ListOfDefects, HoldsEveryMutantOfTheCatalogue) {
  std::set<std::string> mutants;
  for (const auto& mutant : spec::all_mutants()) mutants.emplace(mutant.id);
  EXPECT_THAT(ids_of(listed("defects")), IsSupersetOf(mutants));
}

TEST(ListOfMoods, HoldsEveryMoodThatCanBeServed) {
  std::set<std::string> moods;
  for (const auto& mood : registry::all_moods()) moods.insert(mood.id);
  EXPECT_EQ(ids_of(listed("moods")), moods);
}

// A check that was renamed needs its line in renamed_checks.cc; what is withdrawn leaves the file of its version.
TEST(ReleasedIds, AreOfRequirementsAndChecksOfToday) {
  auto today = ids_of(listed("checks"));
  today.merge(ids_of(listed("requirements")));
  for (const auto& [version, id] : spec::released_ids()) {
    EXPECT_TRUE(today.contains(std::string(spec::new_name_of_check(id).value_or(id)))) << version << " has " << id;
  }
}

TEST(ListOfNewcomers, HoldsWhatTheVersionDidNotHave) {
  std::set<std::string> expected;
  for (const auto* kind : {"requirements", "checks"}) {
    for (const auto& row : listed(kind)) {
      if (row["since"] != "0.1.0") expected.insert(row["id"].get<std::string>());
    }
  }
  const auto rows = listed("", "0.1.0");
  EXPECT_EQ(ids_of(rows), expected);
  for (const auto& row : rows) EXPECT_NE(row["since"], "0.1.0") << row["id"];
}

TEST(ListOfNewcomers, IsRefusedForOtherKindsAndUnknownVersions) {
  EXPECT_THROW(list_command({.what = "probes", .new_since = "0.1.0"}), WrongUsage);
  EXPECT_THROW(list_command({.what = "", .new_since = "0.0.9"}), WrongUsage);
}

}  // namespace
}  // namespace referee::cli
