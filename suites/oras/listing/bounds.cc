// Lists of what is long or many: ORAS artifacts-spec, manifest-referrers-api.md, which sets no bounds. A registry may
// refuse such an artifact; one that takes it lists it like any other.
#include "fixtures/content/rare.h"
#include "harness/spec/literals/oras.h"
#include "suites/oci/listing/listing.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

class OrasBounds : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;
};

}  // namespace

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveALongArtifactTypeWhole,
                   "oras.referrers.descriptor-artifacttype"_requirement) {
  const auto subject = push(image());
  const auto referrer = push_if_taken(oras_artifact(content::kLongestType).refers_to(subject));
  const auto listed = entry(subject, referrer).artifact_type;
  APPLIES_IF(listed.has_value(), Holds("an entry with an artifactType", "the registry leaves it out, as it may"));
  EXPECT_THAT(listed, The("artifactType", Optional(Eq(content::kLongestType.text))));
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveTheSizeAboveSixtyFourKiBRight,
                   "oras.referrers.descriptor-fields"_requirement) {
  expect_size_of_a_bulky_one(sbom());
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveOutNoArtifactWithManyBlobs, "oras.referrers.complete"_requirement) {
  expect_one_of_many_parts(sbom());
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveOutNoArtifactWithAnAnnotatedSubject,
                   "oras.referrers.complete"_requirement) {
  expect_one_with_an_annotated_subject(sbom());
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveOutNothingOnceABlobIsDeleted, "oras.referrers.complete"_requirement) {
  expect_lists_to_outlast_a_blob(sbom());
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveOutNothingOfALongList, "oras.referrers.complete"_requirement) {
  expect_all_in_a_long_list(sbom());
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveOutNoneOfALongChain, "oras.subject.kind-artifact"_requirement) {
  expect_a_long_chain(sbom());
}

}  // namespace referee::suites
