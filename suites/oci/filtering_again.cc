// A filtered list that was asked for before something changed: OCI distribution-spec, "Listing Referrers"; GET
// /v2/<name>/referrers/<digest>?artifactType=, before and after a push. deletion/referrers.cc and listing/scope.cc look
// after a deletion, and in another repository.
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

}  // namespace referee::suites
