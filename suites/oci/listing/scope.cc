// Lists end at their repository: OCI distribution-spec, "Listing Referrers"; GET /v2/<name>/referrers/<digest> under
// two names.
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

class ListingScope : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// What was pushed, pushed again to the other repository.
  Pushed also_elsewhere(const Pushed& pushed) const {
    return push(pushed.content, {.in = other_repository(), .tag = {}});
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingScope, ListingScope, IsTheRepository, "oci.referrers.list.repo-scope"_requirement) {
  const auto& [here, there, mine, theirs] = push_on_both_sides(artifact(kSbom));
  settled(there, theirs);
  EXPECT_THAT(settled(here, mine), Not(Lists(theirs)));
  EXPECT_THAT(settled(there, theirs), Not(Lists(mine)));
}

CONFORMANCE_TEST_F(ListingScope, ListingScope, EndsWhereTheNameGoesOn, "oci.referrers.list.repo-scope"_requirement) {
  const auto& [here, below, mine, theirs] = push_on_both_sides(artifact(kSbom), repository_below());
  settled(below, theirs);
  EXPECT_THAT(settled(here, mine), Not(Lists(theirs)))
      << "a referrer in a repository whose name begins with this one's";
  EXPECT_THAT(settled(below, theirs), Not(Lists(mine))) << "a referrer in the repository above";
}

CONFORMANCE_TEST_F(ListingScope, ListingScope, IsTheRepositoryWhenFiltered,
                   "oci.referrers.list.repo-scope"_requirement) {
  const auto& [here, there, mine, theirs] = push_on_both_sides(artifact(kSbom));
  settled(here, mine);
  settled(there, theirs);
  GIVEN_THAT(list_all(here, kSbom.text), Lists(mine));
  EXPECT_EVENTUALLY(list_all(there, kSbom.text), Not(Lists(mine)))
      << "asked for in the other repository before: the answer may come from a cache that both share";
  EXPECT_EVENTUALLY(list_all(here, kSbom.text), Not(Lists(theirs)));
}

CONFORMANCE_TEST_F(ListingScope, ListingScope, HoldsTheSameReferrerInEachRepository,
                   "oci.referrers.list.same-manifest-two-repos"_requirement) {
  const auto here = push(image());
  const auto there = also_elsewhere(here);
  const auto first = push(artifact(kSbom).refers_to(here));
  settled(here, first);
  const auto second = also_elsewhere(first);
  EXPECT_EVENTUALLY(referrers_of(there), Lists(second)) << "where the same referrer was pushed second";
  EXPECT_EVENTUALLY(referrers_of(here), Lists(first)) << "where it was pushed first";
}

CONFORMANCE_TEST_F(ListingScope, ListingScope, KeepsAReferrerThatIsDeletedElsewhere,
                   "oci.referrers.list.same-manifest-two-repos"_requirement) {
  needs(Gate::kManifestDeletion);
  const auto here = push(image());
  const auto there = also_elsewhere(here);
  const auto deleted = push(artifact(kSbom).refers_to(here));
  const auto kept = also_elsewhere(deleted);
  settled(here, deleted);
  settled(there, kept);
  GIVEN_EVENTUALLY(pull(kept), HasStatus(200));
  removed(deleted);
  GIVEN_EVENTUALLY(referrers_of(here), Not(Lists(deleted)));  // oci.delete.referrer-unlisted
  EXPECT_THAT(referrers_of(there), Lists(kept));
  EXPECT_THAT(pull(kept), HasStatus(200));
}

}  // namespace referee::suites
