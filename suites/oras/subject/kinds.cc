// What can be a subject: ORAS artifacts-spec, artifact-manifest.md (introduction, `subject`), scenarios.md (artifact
// graphs); PUT of an artifact manifest, GET of its subject's referrers.
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {

// The subject is tagged, as images are: a lookup by tags is the fault of oras.subject.untagged-ok.
CONFORMANCE_TEST(OrasSubject, MayBeAnImage, "oras.subject.kind-image"_requirement) {
  const auto subject = push(image(), {.tag = session().fresh_nonce()});
  const auto artifact = make(sbom().refers_to(subject));

  const auto answer = put(artifact);
  if (answer.status != 201) push(sbom());  // where no artifact is taken at all, the kind of the subject is not to blame
  EXPECT_THAT(answer, HasStatus(201)) << "an artifact on an image";
  if (answer.status != 201) return;

  GIVEN_THAT(list_referrers(subject), IsReadableList());
  EXPECT_EVENTUALLY(list_all(subject), Not(ListsNothing())) << "the list of the image";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MayBeAnIndex, "oras.subject.kind-index"_requirement) {
  const auto present = push(image());
  const auto subject = push(index({image()}));

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(subject));
  EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact on an index";
  if (pair.answer.status != 201) return;

  GIVEN_EVENTUALLY(list_all(present), Lists(pair.control));
  EXPECT_EVENTUALLY(list_all(subject), Lists(pair.tried)) << "the list of the index";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MayBeAnArtifact, "oras.subject.kind-artifact"_requirement) {
  const auto bottom = push(image());
  const auto first = push(sbom().refers_to(bottom));

  const auto second = push_pair(sbom().refers_to(bottom), sbom().refers_to(first));
  EXPECT_THAT(second.answer, HasStatus(201)) << "an artifact on an artifact";
  if (second.answer.status != 201) return;
  const auto third = push_pair(sbom().refers_to(bottom), sbom().refers_to(second.tried));
  EXPECT_THAT(third.answer, HasStatus(201)) << "an artifact on an artifact on an artifact";
  if (third.answer.status != 201) return;

  GIVEN_EVENTUALLY(list_all(bottom), Lists(first));
  EXPECT_EVENTUALLY(list_all(first), Lists(second.tried));
  EXPECT_EVENTUALLY(list_all(second.tried.manifest.digest, repository()), Lists(third.tried));
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MayBeADockerManifest, "oras.subject.kind-docker"_requirement) {
  const auto present = push(image());
  const auto docker = make(docker_image());
  APPLIES_IF(put(docker, {}, Tolerating::refusals()), HasStatus(201));  // not every registry stores them

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(docker));
  EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact on a Docker manifest";
  if (pair.answer.status != 201) return;

  GIVEN_EVENTUALLY(list_all(present), Lists(pair.control));
  EXPECT_EVENTUALLY(list_all(docker.manifest.digest, repository()), Lists(pair.tried));
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, NeedsNoTag, "oras.subject.untagged-ok"_requirement) {
  const auto tagged = push(image(), {.tag = session().fresh_nonce()});
  const auto untagged = push(image());

  const auto pair = push_pair(sbom().refers_to(tagged), sbom().refers_to(untagged));

  EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact on an image without a tag";
}

}  // namespace referee::suites
