// How a proof of many defects is planned and counted.
#include "suites/proof/prove_all.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/spec/literals/oci.h"

namespace referee::proof {
namespace {

using spec::Edition;
using spec::literals::operator""_requirement;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::atomic<bool> kGoOn = false;
const std::atomic<bool> kStop = true;

const registry::Defect& defect(std::string_view id) { return *registry::find_defect(id); }

TEST(TellingEditions, AreThoseThatBindDifferently) {
  // HEAD on the list is a rule only in main.
  EXPECT_THAT(telling_editions("oci.http.head-referrers"_requirement), ElementsAre(Edition::kOciMain));
  EXPECT_THAT(telling_editions("oci.referrers.filter.header"_requirement), ElementsAre(Edition::kOci111));
}

TEST(TellingEditions, AreThoseThatGradeDifferently) {
  // The same verdict in all three, but in 1.1.0 a blob may be refused otherwise, and main wants Allow.
  EXPECT_THAT(telling_editions("oci.delete.disabled-code"_requirement),
              ElementsAre(Edition::kOci110, Edition::kOci111, Edition::kOciMain));
}

TEST(TellingEditions, AreChosenAmongThoseAskedFor) {
  const auto row = "oci.referrers.filter.header"_requirement;
  EXPECT_THAT(telling_editions(row, {Edition::kOciMain}), ElementsAre(Edition::kOciMain));
  EXPECT_THAT(telling_editions(row, {Edition::kOrasRc2}), IsEmpty());
}

TEST(ProveAll, KeepsTheOrderOfThePlanWhateverEndsFirst) {
  const ProofPlan plan{.defects = {&defect("oras.subject.missing-400#a"), &defect("oras.page.default#a"),
                                   &defect("oras.filter.support#a")},
                       .editions = {Edition::kOrasRc2},
                       .jobs = 3};
  std::vector<std::size_t> counts;
  const auto run = prove_all(plan, kGoOn, [&](const Proof&, std::size_t finished) { counts.push_back(finished); });
  EXPECT_TRUE(run.complete);
  EXPECT_THAT(counts, ElementsAre(1u, 2u, 3u));
  ASSERT_THAT(run.proofs, SizeIs(3));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(run.proofs[i].defect, plan.defects[i]->id);
  EXPECT_EQ(run.totals().defects, 3);
  EXPECT_EQ(run.totals().caught, 3);
  EXPECT_THAT(run.broken_claims(), Not(IsEmpty()));
}

TEST(ProveAll, BeginsNothingOnceInterrupted) {
  const ProofPlan plan{.defects = {&defect("oras.subject.missing-400#a")}, .editions = {Edition::kOrasRc2}, .jobs = 1};
  const auto run = prove_all(plan, kStop);
  EXPECT_FALSE(run.complete);
  EXPECT_THAT(run.proofs, IsEmpty());
}

TEST(ProofTotals, AreCleanOnlyWithoutAnyFault) {
  EXPECT_TRUE((ProofTotals{.defects = 1, .caught = 1}.clean()));
  EXPECT_FALSE((ProofTotals{.defects = 1, .missed = 1}.clean()));
  EXPECT_FALSE((ProofTotals{.defects = 1, .caught = 1, .false_accusations = 1}.clean()));
  EXPECT_FALSE((ProofTotals{.defects = 1, .caught = 1, .idle_excuses = 1}.clean()));
}

TEST(Proof, NamesTheEditionsInWhichNobodySawTheDefect) {
  Proof proof;
  proof.editions = {Edition::kOrasRc1, Edition::kOrasRc2};
  proof.caught_by = {
      {.edition = Edition::kOrasRc2, .check = "A.B", .requirement = "", .outcome = {}, .reason = "", .claims = {}}};
  EXPECT_THAT(proof.unseen_in(), ElementsAre(Edition::kOrasRc1));
}

TEST(ClaimsDue, AreThoseOfChecksInTheEditions) {
  const auto is_in = [](std::string_view file) {
    return ::testing::Field("file", &Claim::file, ::testing::StartsWith(file));
  };
  const auto oras = claims_due({Edition::kOrasRc2});
  EXPECT_THAT(oras, Contains(is_in("suites/oras/")));
  EXPECT_THAT(oras, Not(Contains(is_in("suites/oci/filtering"))));
  const std::set<Edition> all(spec::all_editions().begin(), spec::all_editions().end());
  EXPECT_THAT(claims_due(all), SizeIs(all_claims().size()));
}

}  // namespace
}  // namespace referee::proof
