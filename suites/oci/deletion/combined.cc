// Deletion where two things meet: a layer that a manifest names twice, a subject that lost its tag; OCI
// distribution-spec, "Deleting Manifests" and "Deleting Tags".
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {

CONFORMANCE_TEST(Deleting, KeepsALayerThatWasNamedTwice, "oci.delete.shared-blob-survives"_requirement,
                 {.collects = true}) {
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto layer = oci::Blob::of("application/octet-stream", "shared " + session().fresh_nonce());
  const auto twice = make(artifact(kSbom).refers_to(subject).with_layers({layer, layer}));
  APPLIES_IF(put(twice), HasStatus(201));
  const auto once = push(artifact(kSignature).refers_to(subject).with_layers({layer}), {.tag = tag_named("once")});
  GIVEN_EVENTUALLY(pull_blob(layer.digest, repository()), HasBody(layer.bytes));
  const auto answer = remove(twice.manifest.digest, repository());
  APPLIES_IF(answer, HasStatusClass(2));
  GIVEN_EVENTUALLY(pull(twice.manifest.digest), HasAnyStatusOf({404, 410}));

  const auto kept = throughout([&] { return pull_blob(layer.digest, repository()); }, HasStatus(200));
  APPLIES_IF(pull(once), HasStatus(200));
  EXPECT_THAT(kept, HasStatus(200)) << "a layer of one manifest, after another that named it twice was deleted";
}

CONFORMANCE_TEST(Deleting, ReturnsAcceptedOnceTheSubjectLostItsTag, "oci.delete.manifest-202"_requirement) {
  needs(Gate::kTagDeletion);
  const std::string tag = session().fresh_nonce();
  const auto subject = push(image(), {.in = {}, .tag = tag});
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  APPLIES_IF(remove(tag, repository()), HasStatusClass(2));
  GIVEN_EVENTUALLY(pull(tag, repository()), HasAnyStatusOf({404, 410}));
  APPLIES_IF(pull(referrer), HasStatus(200));  // it may go with a subject that has no tag left

  const auto answer = remove(referrer);
  APPLIES_IF(answer, Not(HasStatusClass(4)));
  const bool gone = pull(referrer).status != 200;
  EXPECT_THAT(answer, HasStatus(202)) << "a referrer whose subject lost its tag"
                                      << (gone ? "; answered so, yet the referrer is gone" : "");
}

}  // namespace referee::suites
