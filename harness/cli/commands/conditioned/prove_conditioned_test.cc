// What `referee prove --conditioned` reports, and when it is content.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/conditioned/conditioned_report.h"
#include "harness/cli/exit_code.h"
#include "harness/spec/literals/oci.h"

namespace referee::cli {
namespace {

using spec::literals::operator""_requirement;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

proof::Mutant mutant(const std::string& base, const std::string& condition) {
  return {.id = base + "@" + condition,
          .title = base + ", but only sometimes",
          .base = base,
          .condition = registry::conditioned::find_condition(condition),
          .rows = {"oci.referrers.filter.header"_requirement},
          .always = {}};
}

class ConditionedReport : public ::testing::Test {
 protected:
  ConditionedReport() {
    run_.results = {{.mutant = &killed_, .fate = proof::Fate::kKilled},
                    {.mutant = &survivor_, .fate = proof::Fate::kSurvived},
                    {.mutant = &other_, .fate = proof::Fate::kKilledByOthers},
                    {.mutant = &hidden_, .fate = proof::Fate::kNotVisible}};
    run_.results[2].accusations = {{.edition = spec::Edition::kOci111,
                                    .check = "Listing.IsStable",
                                    .requirement = "oci.referrers.list.stable",
                                    .outcome = engine::Outcome::kFailed,
                                    .reason = "",
                                    .claims = {}}};
  }

  const proof::Mutant killed_ = mutant("killed", "filtered");
  const proof::Mutant survivor_ = mutant("survivor", "filtered");
  const proof::Mutant other_ = mutant("other", "second-ask");
  const proof::Mutant hidden_ = mutant("hidden", "second-ask");
  proof::ScoreRun run_;
};

TEST_F(ConditionedReport, LeavesOutOfTheScoreWhatNoClientCanSee) {
  const auto totals = run_.totals();
  EXPECT_EQ(totals.mutants, 4);
  EXPECT_EQ(totals.killed, 2);
  EXPECT_NEAR(totals.score(), 66.7, 0.1);
  EXPECT_DOUBLE_EQ(totals.rightness(), 50);
}

TEST_F(ConditionedReport, NamesSurvivorsAndWhoElseIsAccused) {
  const auto text = conditioned_survivors(run_);
  EXPECT_THAT(
      text, AllOf(HasSubstr("survivor@filtered"), HasSubstr("other@second-ask"), HasSubstr("oci.referrers.list.stable"),
                  HasSubstr("hidden@second-ask"), HasSubstr("never triggers it")));
  EXPECT_THAT(text, Not(HasSubstr("killed@filtered")));
}

TEST_F(ConditionedReport, ScoresByConditionAndByGroup) {
  const auto document = conditioned_json(run_);
  EXPECT_EQ(document["by_condition"]["filtered"]["survived"], 1);
  EXPECT_EQ(document["by_condition"]["second-ask"]["not_visible"], 1);
  EXPECT_EQ(document["by_group"]["OCI-F Filtering"]["mutants"], 4);
  EXPECT_EQ(document["mutants"][1]["fate"], "survived");
  EXPECT_EQ(document["mutants"][1]["uses"], 0);
  EXPECT_THAT(conditioned_tables(run_), AllOf(HasSubstr("second-ask"), HasSubstr("OCI-F Filtering")));
}

class ProvingConditioned : public ::testing::Test {
 protected:
  ProvingConditioned() { std::filesystem::remove_all(folder_); }
  ~ProvingConditioned() override { std::filesystem::remove_all(folder_); }

  int prove(std::vector<std::string> filters, int sample, int at_least) const {
    const std::atomic<bool> interrupted = false;
    ProveOptions options{.filters = std::move(filters), .conditioned = true, .sample = sample, .at_least = at_least};
    options.report_dir = folder_.string();
    options.quiet = true;
    return prove_command(options, interrupted);
  }

  std::filesystem::path folder_ = std::filesystem::path(::testing::TempDir()) / "referee-prove-conditioned";
};

TEST_F(ProvingConditioned, WritesItsReport) {
  EXPECT_EQ(prove({"oci.referrers.filter.header#a@filtered"}, 0, 100), kDone);
  std::ifstream in(folder_ / "conditioned.json");
  EXPECT_EQ(nlohmann::json::parse(in)["totals"]["killed"], 1);
}

TEST_F(ProvingConditioned, TriesNoMoreThanTheSample) {
  EXPECT_EQ(prove({"oras.filter.*@filtered"}, 1, 0), kDone);
  std::ifstream in(folder_ / "conditioned.json");
  EXPECT_EQ(nlohmann::json::parse(in)["totals"]["mutants"], 1);
}

TEST_F(ProvingConditioned, RefusesToProveNothing) { EXPECT_THROW(prove({"no.such@filtered"}, 0, 0), WrongUsage); }

}  // namespace
}  // namespace referee::cli
