// The required 400: ORAS artifacts-spec, artifact-manifest.md, property `subject`, on PUT of an artifact manifest.
//
// Each case is pushed right after the same artifact with a subject that is there, which has to be accepted, so that a
// 400 for anything else never counts.
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustExistWhenPushedByDigest, "oras.subject.missing-400"_requirement) {
  const auto present = push(image());
  const auto absent = absent_subject(session().fresh_nonce());

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(absent));

  EXPECT_THAT(pair.answer, HasStatus(400)) << "an artifact whose subject was never pushed anywhere";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustExistWhenPushedByTag, "oras.subject.missing-400"_requirement) {
  const auto present = push(image());
  const auto absent = absent_subject(session().fresh_nonce());

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(absent), session().fresh_nonce());

  EXPECT_THAT(pair.answer, HasStatus(400)) << "an artifact whose subject was never pushed anywhere, by tag";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustBeInTheSameRepository, "oras.subject.other-repo-400"_requirement) {
  const auto present = push(image());
  const auto elsewhere = push(image(), {.in = other_repository()});

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(elsewhere));

  EXPECT_THAT(pair.answer, HasStatus(400)) << "an artifact whose subject is in another repository only";
  EXPECT_THAT(list_all(elsewhere), Not(Lists(pair.tried))) << "the list of the other repository";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, IsAcceptedOnceInTheSameRepository,
                   "oras.subject.other-repo-400"_requirement) {
  const auto present = push(image());
  const auto elsewhere = push(image(), {.in = other_repository()});
  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(elsewhere));
  GIVEN_THAT(pair.answer, HasStatusClass(4));

  push(elsewhere.content);

  EXPECT_EVENTUALLY(put(pair.tried), HasStatus(201)) << "the same artifact, now that its subject is here too";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustNotBeABlob, "oras.subject.blob-400"_requirement) {
  const auto present = push(image());
  const auto blob = fresh_blob("application/octet-stream", session().fresh_nonce());
  push_blob(blob);

  for (const auto& subject : {posing_as_manifest(blob), blob.descriptor()}) {
    const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(subject));

    EXPECT_FAIL_THAT(pair.answer, HasStatusClass(4)) << "a blob as subject, called " << subject.media_type;
    EXPECT_WARN_THAT(pair.answer, HasStatus(400)) << "a blob as subject, called " << subject.media_type;
  }
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustNotBeABlobOfAnotherRepository,
                   "oras.subject.blob-other-repo-400"_requirement) {
  const auto present = push(image());
  const auto blob = fresh_blob("application/octet-stream", session().fresh_nonce());
  push_blob(blob, other_repository());

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(posing_as_manifest(blob)));

  EXPECT_THAT(pair.answer, HasStatus(400)) << "a blob of another repository as subject";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustNotBeDeleted, "oras.subject.deleted-400"_requirement) {
  const auto present = push(image());
  const auto deleted = push(image());
  removed(deleted);

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(deleted));

  EXPECT_THAT(pair.answer, HasStatus(400)) << "an artifact whose subject was deleted";
}

// A registry may remember that it found a subject once: the artifact that made it look is deleted first, then the
// subject.
CONFORMANCE_TEST_F(PairedPush, OrasSubject, IsNotRememberedOnceDeleted, "oras.subject.deleted-400"_requirement) {
  const auto present = push(image());
  const auto deleted = push(image());
  const auto finder = push(sbom().refers_to(deleted));
  removed(finder);
  removed(deleted);

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(deleted));

  EXPECT_THAT(pair.answer, HasStatus(400)) << "an artifact whose subject had one before, and was deleted";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, CountsAgainOncePushedAgain, "oras.subject.deleted-400"_requirement) {
  const auto deleted = push(image());
  removed(deleted);
  const auto again = put(deleted.content, {}, engine::Tolerating::refusals());
  APPLIES_IF(again, HasStatus(201));  // a registry may refuse what it deleted
  GIVEN_EVENTUALLY(pull(deleted), HasStatus(200));
  const auto control = push(image());
  GIVEN_THAT(put(make(sbom().refers_to(control))), HasStatus(201));

  EXPECT_EVENTUALLY(put(make(sbom().refers_to(deleted))), HasStatus(201))
      << "an artifact whose subject was deleted and pushed again";
}

}  // namespace referee::suites
