// The Link header of every list that any check sees: OCI distribution-spec, "Listing Referrers"; RFC 8288, section 3.
#include "harness/spec/literals/oci.h"
#include "suites/links_of_lists.h"
#include "suites/suite.h"

namespace referee::suites {

EXCHANGE_RULE(Paging, WritesWellFormedLinksOnEachList, "oci.referrers.page.rel-next"_requirement) {
  EXPECT_THAT(fault_of(links_of_list(exchange, context)),
              The("Link header's fault, which is none where it is well formed", ::testing::IsEmpty()));
}

}  // namespace referee::suites
