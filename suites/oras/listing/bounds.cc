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
  const auto subject = push(image());
  const auto referrer = push_if_taken(content::bulky(sbom().refers_to(subject)));
  const auto listed = entry(subject, referrer);
  GIVEN_THAT(listed.size.value_or(0) != 0, Holds("an entry with a size", "the entry has no size"));
  EXPECT_THAT(listed.size, The("size", Optional(Eq(static_cast<std::int64_t>(referrer.bytes().size())))));
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveOutNoArtifactWithManyBlobs, "oras.referrers.complete"_requirement) {
  const auto subject = push(image());
  settled(subject, push(sbom().refers_to(subject)));
  const auto referrer = push_if_taken(sbom().refers_to(subject).with_layers(content::sixty_layers()));
  GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
  EXPECT_EVENTUALLY(list_all(subject), Lists(referrer)) << "with sixty blobs";
}

CONFORMANCE_TEST_F(OrasBounds, OrasBounds, LeaveOutNoneOfALongChain, "oras.subject.kind-artifact"_requirement) {
  auto before = push(image());
  for (int link = 1; link <= 8; ++link) {
    const auto referrer = push_if_taken(sbom().refers_to(before));
    if (link <= 2) settled(before, referrer);
    EXPECT_EVENTUALLY(list_all(before), Lists(referrer)) << "number " << link << " of a chain";
    before = referrer;
  }
}

}  // namespace referee::suites
