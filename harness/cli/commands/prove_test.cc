// What `referee prove` reports, and when it is content.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/prove_report.h"
#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto* kDefect = "oci.referrers.filter.header#a";

proof::Accusation accusation(const std::string& check, const std::string& requirement) {
  return {.edition = spec::Edition::kOci111,
          .check = check,
          .requirement = requirement,
          .outcome = engine::Outcome::kFailed,
          .reason = "</script>",
          .claims = {}};
}

ProofFindings caught() {
  proof::Proof proof;
  proof.defect = kDefect;
  proof.requirement = "oci.referrers.filter.header";
  proof.editions = {spec::Edition::kOci111};
  proof.caught_by = {accusation("Filtering.NamesTheFilterItApplied", proof.requirement)};
  ProofFindings findings;
  findings.run.proofs = {proof};
  findings.editions = {spec::Edition::kOci111};
  findings.claims_counted = true;
  return findings;
}

TEST(ProofReport, IsCleanWhenEveryDefectIsCaughtAndNobodyElseAccused) {
  const auto findings = caught();
  EXPECT_TRUE(findings.clean());
  EXPECT_THAT(prove_summary(findings),
              EndsWith("defects: 1, caught: 1, missed: 0, false accusations: 0, unproven claims: 0\n"));
  EXPECT_THAT(prove_matrix(findings.run), HasSubstr("Filtering.NamesTheFilterItApplied"));
}

TEST(ProofReport, IsNotCleanWithAMissedDefect) {
  auto findings = caught();
  findings.run.proofs[0].caught_by.clear();
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(prove_summary(findings), HasSubstr("caught: 0, missed: 1"));
  EXPECT_THAT(prove_matrix(findings.run), HasSubstr("MISSED"));
}

TEST(ProofReport, IsNotCleanWithAFalseAccusation) {
  auto findings = caught();
  findings.run.proofs[0].false_ones = {accusation("Listing.IsStable", "oci.referrers.list.stable")};
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(prove_summary(findings), HasSubstr("false accusations: 1"));
  EXPECT_THAT(prove_matrix(findings.run), HasSubstr("oci.referrers.list.stable (FALSE)"));
}

TEST(ProofReport, IsNotCleanWithAnExcuseForNothing) {
  auto findings = caught();
  findings.run.proofs[0].idle_excuses = {"oci.referrers.list.stable"};
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(prove_summary(findings), HasSubstr("which did not occur"));
}

TEST(ProofReport, IsNotCleanWithAClaimThatNothingBreaks) {
  auto findings = caught();
  findings.unproven = {{.file = "suites/oci/x.cc", .first_line = 7, .last_line = 8, .text = "EXPECT_THAT(a, b)"}};
  EXPECT_FALSE(findings.clean());
  EXPECT_THAT(prove_summary(findings), HasSubstr("no defect breaks suites/oci/x.cc:7"));
  EXPECT_THAT(prove_summary(findings), HasSubstr("unproven claims: 1"));
}

TEST(ProofReport, IsNotCleanWhenInterrupted) {
  auto findings = caught();
  findings.run.complete = false;
  EXPECT_FALSE(findings.clean());
}

TEST(ProofReport, TellsAllOfADefectInJson) {
  auto findings = caught();
  const auto document = prove_json(findings);
  const auto& row = document["defects"][0];
  EXPECT_EQ(row["id"], kDefect);
  EXPECT_EQ(row["caught_by"][0]["check"], "Filtering.NamesTheFilterItApplied");
  EXPECT_EQ(row["caught_by"][0]["spec"], "oci-1.1.1");
  EXPECT_EQ(document["totals"]["unproven_claims"], 0);
  findings.claims_counted = false;
  EXPECT_TRUE(prove_json(findings)["totals"]["unproven_claims"].is_null()) << "not counted is not none";
}

TEST(ProofReport, MakesAPageThatNoTextCanLeave) {
  const auto page = prove_html(prove_json(caught()));
  EXPECT_THAT(page, HasSubstr(kDefect));
  EXPECT_THAT(page, Not(HasSubstr("\"</script>\"")));
}

class Proving : public ::testing::Test {
 protected:
  Proving() { std::filesystem::remove_all(folder_); }
  ~Proving() override { std::filesystem::remove_all(folder_); }

  int prove(std::vector<std::string> specs, std::vector<std::string> filters) const {
    return prove_command({.specs = std::move(specs),
                          .filters = std::move(filters),
                          .jobs = 1,
                          .report_dir = folder_.string(),
                          .quiet = true},
                         interrupted_);
  }
  nlohmann::json written() const {
    std::ifstream in(folder_ / "prove.json");
    return nlohmann::json::parse(in);
  }

  std::filesystem::path folder_ = std::filesystem::path(::testing::TempDir()) / "referee-prove";
  std::atomic<bool> interrupted_ = false;
};

TEST_F(Proving, WritesItsReports) {
  EXPECT_EQ(prove({"oci-1.1.1"}, {kDefect}), kDone);
  EXPECT_EQ(written()["totals"]["caught"], 1);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "prove.html"));
}

TEST_F(Proving, TriesAGroupInItsWholeFamily) {
  EXPECT_EQ(prove({"oras"}, {"oras.subject.missing-400#a"}), kDone);
  EXPECT_EQ(written()["specs"].size(), 6u);
}

TEST_F(Proving, RefusesToProveNothing) {
  EXPECT_THROW(prove({}, {"no.such.defect"}), WrongUsage);
  EXPECT_THROW(prove({"oras"}, {kDefect}), WrongUsage);
  EXPECT_THROW(prove({"oci-7"}, {}), WrongUsage);
}

}  // namespace
}  // namespace referee::cli
