// What was deleted, looked at again once everything else has run: OCI distribution-spec, "Deleting Manifests" and
// "Listing Referrers"; GET of the manifest and of the list.
#include "harness/spec/literals/oci.h"
#include "suites/later.h"

namespace referee::suites {
namespace {

/// What a check has deleted, and what it left.
class Deletions : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  struct Kept {
    Pushed subject;
    std::vector<Pushed> deleted;
  };

  /// Pushes two referrers of each kind and deletes one of each; as long as one is left, the list has entries.
  Kept delete_some() const {
    const auto subject = push(image(), {.in = {}, .tag = session().fresh_nonce()});
    Kept kept{subject, {}};
    for (const auto& recipe : {artifact(kSbom), index({image()}, kSbom), config_artifact(kExampleConfig)}) {
      push(recipe.refers_to(subject));
      kept.deleted.push_back(push(recipe.refers_to(subject)));
    }
    for (const auto& referrer : kept.deleted) removed(referrer);
    return kept;
  }
};

}  // namespace

CONFORMANCE_TEST_AND_LATER(Deletions, DeletedAgain, StaysUnlisted, "oci.delete.referrer-unlisted"_requirement) {
  auto kept = delete_some();
  for (const auto& referrer : kept.deleted) GIVEN_EVENTUALLY(list_all(kept.subject), Not(Lists(referrer)));
  return kept;
}

void DeletedAgain_StaysUnlisted::later(const Kept& kept) {
  for (const auto& referrer : kept.deleted) {
    EXPECT_EVENTUALLY(list_all(kept.subject), Not(Lists(referrer)))
        << "deleted, and at the end of the run listed again";
  }
}

CONFORMANCE_TEST_AND_LATER(Deletions, DeletedAgain, StaysDeleted, "oci.delete.manifest-gone"_requirement) {
  return delete_some();
}

void DeletedAgain_StaysDeleted::later(const Kept& kept) {
  for (const auto& manifest : kept.deleted) {
    EXPECT_EVENTUALLY(pull(manifest), HasAnyStatusOf({404, 410})) << "deleted, and at the end of the run there again";
  }
}

}  // namespace referee::suites
