// Deleted artifacts, looked at again once everything else has run: ORAS artifacts-spec, scenarios.md, "Reference Type
// Requirements"; GET of the artifact and of the list.
#include "harness/spec/literals/oras.h"
#include "suites/later.h"
#include "suites/oras/lifecycle/lifecycle.h"

namespace referee::suites {
namespace {

class OrasDeletions : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  struct Kept {
    Pushed subject;
    Pushed deleted;
  };

  bool is_traced(const Kept& kept) const {
    const auto listed = engine::digests_of(referrers_of(kept.subject).entries());
    return std::ranges::count(listed, kept.deleted.digest().text()) > 0 || pull(kept.deleted).status == 200;
  }
};

}  // namespace

CONFORMANCE_TEST_AND_LATER(OrasDeletions, OrasLifecycle, KeepsADeletedArtifactAway,
                           "oras.lifecycle.delete-artifact"_requirement) {
  const auto subject = push(image(), {.in = {}, .tag = session().fresh_nonce()});
  const auto artifact = push(sbom().refers_to(subject));
  push(sbom().refers_to(subject));
  removed(artifact);
  GIVEN_EVENTUALLY(list_all(subject), Not(Lists(artifact)));
  return {subject, artifact};
}

void OrasLifecycle_KeepsADeletedArtifactAway::later(const Kept& kept) {
  EXPECT_EVENTUALLY(!is_traced(kept),
                    Holds("a deleted artifact that stays deleted", "one that is there again at the end of the run"));
}

CONFORMANCE_TEST_F(Cascading, OrasLifecycle, KeepsABlobThatWasNamedTwice,
                   "oras.lifecycle.refcount-shared-blob"_requirement, {.collects = true}) {
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  push(image());  // unrelated: the repository does not vanish
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto twice = make(sbom().with_layers({blob, blob}).refers_to(subject));
  APPLIES_IF(put(twice), HasStatus(201));
  const auto once = push(sbom().with_layers({blob}).refers_to(subject), {.tag = tag_named("once")});
  GIVEN_EVENTUALLY(pull_blob(blob.digest, repository()), HasStatus(200));
  APPLIES_IF(remove(twice.manifest.digest, repository()), HasStatusClass(2));
  GIVEN_EVENTUALLY(pull(twice.manifest.digest), HasAnyStatusOf({404, 410}));

  const auto kept = throughout([&] { return pull_blob(blob.digest, repository()); }, HasStatus(200));
  APPLIES_IF(pull(once), HasStatus(200));
  EXPECT_THAT(kept, HasStatus(200)) << "a blob of one artifact, after another that named it twice was deleted";
}

}  // namespace referee::suites
