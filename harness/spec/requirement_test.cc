// Tests of the ids and of what is asked of a row by its id.
#include "harness/spec/requirement.h"

#include "harness/spec/literals/image.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/oras.h"
#include "harness/spec/literals/probes.h"

namespace referee::spec {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::SizeIs;

/// Whether each id is greater than the one before, so that none repeats.
template <typename Rows>
bool rises(const Rows& rows) {
  return std::ranges::adjacent_find(rows, [](const auto& a, const auto& b) { return a.id >= b.id; }) == rows.end();
}

TEST(Catalogue, RowsAreSortedByIdWithoutRepetition) {
  EXPECT_TRUE(rises(all_requirements()));
  EXPECT_TRUE(rises(all_mutants()));
  EXPECT_TRUE(rises(all_probes()));
  EXPECT_TRUE(rises(all_lawful_behaviours()));
  EXPECT_TRUE(rises(all_contradictions()));
}

TEST(Catalogue, RowsAreFoundByTheirIds) {
  for (const Requirement& row : all_requirements()) {
    const RequirementId id = RequirementId::named(row.id).value();
    EXPECT_THAT(&requirement(id), Eq(&row)) << row.id;
    EXPECT_THAT(id.text(), Eq(row.id));
  }
  for (const Mutant& row : all_mutants()) EXPECT_THAT(&mutant(MutantId::named(row.id).value()), Eq(&row)) << row.id;
  for (const Probe& row : all_probes()) EXPECT_THAT(&probe(ProbeId::named(row.id).value()), Eq(&row)) << row.id;
}

TEST(Catalogue, DefectsOfARowAreThoseOfTheWholeList) {
  std::vector<const Mutant*> of_rows;
  for (const Requirement& row : all_requirements()) {
    for (const Mutant& defect : row.mutants) {
      of_rows.push_back(&defect);
      EXPECT_THAT(MutantId::named(defect.id).value().requirement().text(), Eq(row.id));
    }
  }
  std::vector<const Mutant*> all;
  for (const Mutant& defect : all_mutants()) all.push_back(&defect);
  EXPECT_THAT(of_rows, Eq(all));
}

TEST(RequirementId, OtherTextsNameNone) {
  for (const char* text : {"", "oci", "oci.subject.push-20", "oci.subject.push-2011", "zzz", "OCI.subject.push-201"}) {
    EXPECT_THAT(RequirementId::named(text), Eq(std::nullopt)) << text;
  }
}

TEST(RequirementId, PrintsAsItsText) {
  EXPECT_THAT(testing::PrintToString("oci.subject.push-201"_requirement), Eq("oci.subject.push-201"));
  EXPECT_THAT(testing::PrintToString("oci.subject.push-201#b"_mutant), Eq("oci.subject.push-201#b"));
  EXPECT_THAT(testing::PrintToString("probe.delete.subject-untagged"_probe), Eq("probe.delete.subject-untagged"));
}

TEST(Requirement, BindsPerEdition) {
  const Requirement& row = requirement("oci.subject.missing-201"_requirement);
  EXPECT_THAT(row.in(Edition::kOci111), Eq(Binding{Level::kMust, Verdict::kFail}));
  EXPECT_THAT(row.in(Edition::kOrasRc2), Eq(std::nullopt));
}

TEST(Requirement, ExistsOnlyInEditionsOfItsFamily) {
  for (const Requirement& row : all_requirements()) {
    const RequirementId id = RequirementId::named(row.id).value();
    EXPECT_THAT(editions_of(id), testing::Not(testing::IsEmpty())) << row.id;
    for (const Edition edition : editions_of(id)) EXPECT_THAT(family(edition), Eq(family_of(id))) << row.id;
  }
}

TEST(Requirement, ListsItsEditionsOldestFirst) {
  EXPECT_THAT(editions_of("oras.discover.available"_requirement), ElementsAre(Edition::kOrasRc1, Edition::kOrasRc2));
  EXPECT_THAT(editions_of("oci.http.method-not-allowed"_requirement), ElementsAre(Edition::kOciMain));
}

TEST(Requirement, ImageRulesAreOfTheOciFamily) {
  EXPECT_THAT(family_of("img.subject.weak-association"_requirement), Eq(Family::kOci));
  EXPECT_THAT(family_of("oci.subject.push-201"_requirement), Eq(Family::kOci));
  EXPECT_THAT(family_of("oras.manifest.push-201"_requirement), Eq(Family::kOras));
}

TEST(GradedAnswer, HoldsInItsEditionsOnly) {
  const auto& row = requirement("oras.filter.support"_requirement);
  const auto all_entries = std::ranges::find(row.graded, "5 entries", &GradedAnswer::answer);
  ASSERT_NE(all_entries, row.graded.end());
  EXPECT_TRUE(all_entries->holds_in(Edition::kOrasDraft1));
  EXPECT_FALSE(all_entries->holds_in(Edition::kOrasRc2));
}

TEST(GradedAnswer, HoldsEverywhereWithoutEditions) {
  const auto& row = requirement("oci.http.auth-list"_requirement);
  ASSERT_THAT(row.graded, SizeIs(3));
  for (const Edition edition : all_editions()) EXPECT_TRUE(row.graded[0].holds_in(edition));
}

TEST(LawfulBehaviour, NamesRowsAndEditionsThatExist) {
  for (const LawfulBehaviour& behaviour : all_lawful_behaviours()) {
    for (const auto row : behaviour.rows) EXPECT_NE(RequirementId::named(row), std::nullopt) << row;
    for (const auto edition : behaviour.editions) EXPECT_NE(edition_named(edition), std::nullopt) << edition;
    for (const auto defect : behaviour.was) EXPECT_EQ(MutantId::named(defect), std::nullopt) << defect;
  }
}

}  // namespace
}  // namespace referee::spec
