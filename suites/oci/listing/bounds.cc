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
  const auto subject = push(image());
  const auto referrer = push_if_taken(content::bulky(artifact(kSbom).refers_to(subject)));
  const auto listed = entry(subject, referrer);
  GIVEN_THAT(listed.size.value_or(0) != 0,
             Holds("an entry with a size", "the entry has no size"));  // oci.referrers.list.descriptor-required
  EXPECT_THAT(listed.size, The("size", Optional(Eq(static_cast<std::int64_t>(referrer.bytes().size())))));
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveOutNoReferrerWithManyLayers,
                   "oci.referrers.list.read-after-write"_requirement) {
  const auto subject = push(image());
  settled(subject, push(artifact(kSbom).refers_to(subject)));
  const auto referrer = push_if_taken(artifact(kSbom).refers_to(subject).with_layers(content::sixty_layers()));
  GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
  EXPECT_EVENTUALLY(list_all(subject), Lists(referrer)) << "with sixty layers";
}

CONFORMANCE_TEST_F(ListingBounds, ListingBounds, LeaveOutNoneOfALongChain, "oci.subject.chain"_requirement) {
  auto before = push(image());
  for (int link = 1; link <= 8; ++link) {
    const auto referrer = push_if_taken(artifact(kSbom).refers_to(before));
    if (link <= 2) settled(before, referrer);
    EXPECT_EVENTUALLY(list_all(before), Lists(referrer)) << "number " << link << " of a chain";
    before = referrer;
  }
}

}  // namespace referee::suites
