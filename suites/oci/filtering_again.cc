// A filtered list that was asked for before something changed: OCI distribution-spec, "Listing Referrers"; GET
// /v2/<name>/referrers/<digest>?artifactType=, before and after a push, a deletion, and in another repository.
//
// What holds of the whole list holds of the filtered one: an answer from a cache is an answer.
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

class FilteredBefore : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// Asks for the filtered list; skipped unless filters are applied.
  void look_before(const Pushed& subject) const {
    const auto filtered = list_all(subject, kSbom.text);
    GIVEN_THAT(filtered, IsReadableList());
    APPLIES_IF(filtered, HasHeader(oci::kFiltersHeader));
  }
};

}  // namespace

CONFORMANCE_TEST_F(FilteredBefore, Filtering, ReturnsWhatIsPushedAfterALook,
                   "oci.referrers.filter.all-matching"_requirement) {
  const auto subject = push(image());
  look_before(subject);
  for (const auto& recipe : {artifact(kSbom), artifact(kSbom)}) {
    const auto pushed = push(recipe.refers_to(subject));
    GIVEN_EVENTUALLY(list_all(subject), Lists(pushed));
    EXPECT_EVENTUALLY(list_all(subject, kSbom.text), Lists(pushed)) << "pushed after the filtered list was asked for";
  }
}

CONFORMANCE_TEST_F(FilteredBefore, DeletingReferrers, RemovesThemFromFilteredLists,
                   "oci.delete.referrer-unlisted"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject, kSbom.text), Lists(referrer));
  look_before(subject);
  removed(referrer);
  GIVEN_EVENTUALLY(list_all(subject), Not(Lists(referrer)));
  EXPECT_EVENTUALLY(list_all(subject, kSbom.text), Not(Lists(referrer)))
      << "deleted after the filtered list was asked for";
}

CONFORMANCE_TEST_F(FilteredBefore, ListingScope, IsTheRepositoryWhenFiltered,
                   "oci.referrers.list.repo-scope"_requirement) {
  const auto here = push(image());
  const auto there = push(here.content, {.in = other_repository(), .tag = {}});
  const auto mine = push(artifact(kSbom).refers_to(here));
  GIVEN_EVENTUALLY(list_all(here, kSbom.text), Lists(mine));
  look_before(here);
  EXPECT_THAT(list_all(there, kSbom.text), Not(Lists(mine))) << "the filtered list of another repository";
}

}  // namespace referee::suites
