// Filtering by artifactType: OCI distribution-spec, "Listing Referrers", GET /v2/<name>/referrers/<digest>?artifactType=.
#include "suites/suite.h"

namespace referee::suites {

CONFORMANCE_TEST(Filtering, NamesTheFilterItApplied, "oci.referrers.filter.header"_requirement) {
  const auto subject = push(image());
  const auto sbom = push(artifact(kSbom).refers_to(subject));
  const auto signature = push(artifact(kSignature).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(sbom, signature));

  const auto filtered = list_all(subject, kSbom.text);
  APPLIES_IF(filtered, Not(Lists(signature)));  // the rule binds only where the filter was applied

  EXPECT_THAT(filtered.pages, Each(HasHeader(oci::kFiltersHeader)));
}

CONFORMANCE_TEST(Filtering, IsSupported, "oci.referrers.filter.supported"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));

  const auto filtered = list_referrers(subject, kSbom.text);

  GIVEN_THAT(filtered, IsReadableList());
  EXPECT_THAT(filtered, HasHeader(oci::kFiltersHeader));
}

}  // namespace referee::suites
