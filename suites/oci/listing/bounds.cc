// Lists of what is long or many: OCI distribution-spec, "Listing Referrers", which sets no bounds. A registry may
// refuse such a manifest; one that takes it lists it like any other.
#include "fixtures/content/rare.h"
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

class ListingBounds : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;
};

}  // namespace

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveALongArtifactTypeWhole,
                   "oci.referrers.list.artifacttype-explicit"_requirement) {
  const auto subject = push(image());
  const auto usual = entry(subject, push(artifact(kSbom).refers_to(subject))).artifact_type;
  GIVEN_THAT(usual, The("artifactType", Optional(Eq(kSbom.text))));  // what is wrong with each is another check's
  const auto referrer = push_if_taken(artifact(content::kLongestType).refers_to(subject));
  EXPECT_THAT(entry(subject, referrer).artifact_type, The("artifactType", Optional(Eq(content::kLongestType.text))));
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveTheSizeAboveSixtyFourKiBRight,
                   "oci.referrers.list.size-exact"_requirement) {
  expect_size_of_a_bulky_one(artifact(kSbom));
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveOutNoReferrerWithManyLayers,
                   "oci.referrers.list.read-after-write"_requirement) {
  expect_one_of_many_parts(artifact(kSbom));
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveOutNoReferrerWithAnAnnotatedSubject,
                   "oci.referrers.list.read-after-write"_requirement) {
  expect_one_with_an_annotated_subject(artifact(kSbom));
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveOutNothingOnceABlobIsDeleted,
                   "oci.referrers.list.read-after-write"_requirement) {
  expect_lists_to_outlast_a_blob(artifact(kSbom));
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveOutNothingOfALongList,
                   "oci.referrers.list.read-after-write"_requirement) {
  expect_all_in_a_long_list(artifact(kSbom));
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveOutNoneOfALongChain, "oci.subject.chain"_requirement) {
  expect_a_long_chain(artifact(kSbom));
}

}  // namespace referee::suites
