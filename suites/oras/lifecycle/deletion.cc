// Deleting an artifact, and deleting what has artifacts: ORAS artifacts-spec, scenarios.md, "Reference Type
// Requirements" and "Lifecycle Management"; DELETE of a manifest.
#include <algorithm>

#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {

CONFORMANCE_TEST(OrasLifecycle, DeletesAnArtifactLikeAnyManifest, "oras.lifecycle.delete-artifact"_requirement) {
  const auto subject = push(image());
  const auto artifact = push(sbom().refers_to(subject));
  const auto sibling = push(sbom().refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsEach(std::vector{artifact, sibling}));
  GIVEN_EVENTUALLY(pull(artifact), HasStatus(200));
  const auto answer = remove(artifact);
  APPLIES_IF(answer, Not(HasStatusClass(4)));  // what is locked or immutable may be kept
  EXPECT_THAT(answer, HasStatusClass(2)) << "a single artifact";
  if (answer.status / 100 != 2) return;

  const auto traces = [&] {
    std::vector<std::string> found;
    const int status = pull(artifact).status;
    if (status != 404 && status != 410) found.emplace_back("on GET");
    const auto digests = engine::digests_of(referrers_of(subject).entries());
    if (std::ranges::count(digests, artifact.digest().text()) > 0) found.emplace_back("in the list");
    return found;
  };
  EXPECT_EVENTUALLY(traces(), The("trace of a deleted artifact", IsEmpty()));
  const auto tagged = make(sbom().refers_to(subject));
  if (put(tagged, {.in = {}, .tag = tag_named("tagged")}, Tolerating::refusals()).status != 201) return;
  if (!::testing::Value(eventually([&] { return list_all(subject); }, Lists(tagged)), Lists(tagged))) return;
  if (remove(tagged.manifest.digest, repository()).status / 100 != 2) return;
  EXPECT_EVENTUALLY(list_all(subject), Not(Lists(tagged))) << "deleted by its digest while a tag named it";
}

CONFORMANCE_TEST(OrasLifecycle, DeletesAnArtifactOnceTheSubjectLostItsTag,
                 "oras.lifecycle.delete-artifact"_requirement) {
  needs(Gate::kTagDeletion);
  const std::string tag = session().fresh_nonce();
  const auto subject = push(image(), {.in = {}, .tag = tag});
  const auto artifact = push(sbom().refers_to(subject));
  APPLIES_IF(remove(tag, repository()), HasStatusClass(2));
  GIVEN_EVENTUALLY(pull(tag, repository()), HasAnyStatusOf({404, 410}));
  APPLIES_IF(pull(artifact), HasStatus(200));  // it may go with a subject that has no tag left

  const auto answer = remove(artifact);
  APPLIES_IF(answer, Not(HasStatusClass(4)));
  const bool gone = pull(artifact).status != 200;
  EXPECT_THAT(answer, HasStatusClass(2)) << "an artifact whose subject lost its tag"
                                         << (gone ? "; answered so, yet the artifact is gone" : "");
}

// Both may go with the last tag of the subject; while both are there, nothing was deleted but a name.
CONFORMANCE_TEST(OrasReferrers, AreListedOnceTheirSubjectLostItsTag, "oras.referrers.complete"_requirement) {
  needs(Gate::kTagDeletion);
  const std::string tag = session().fresh_nonce();
  const auto subject = push(image(), {.in = {}, .tag = tag});
  const auto artifact = push(sbom().refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(artifact));
  APPLIES_IF(remove(tag, repository()), HasStatusClass(2));
  GIVEN_EVENTUALLY(pull(tag, repository()), HasAnyStatusOf({404, 410}));

  const auto listing = eventually([&] { return list_all(subject); }, Lists(artifact));
  for (const auto& each : {subject, artifact}) APPLIES_IF(pull(each), HasStatus(200));
  EXPECT_THAT(listing, Lists(artifact)) << "a tag of its subject was deleted, and both are there";
}

CONFORMANCE_TEST(OrasLifecycle, KeepsTheSubjectOfADeletedArtifact, "oras.lifecycle.delete-artifact"_requirement) {
  const std::string tag = session().fresh_nonce();
  const auto subject = push(image(), {.in = {}, .tag = tag});
  const auto artifact = push(sbom().refers_to(subject));
  const auto sibling = push(sbom().refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsEach(std::vector{artifact, sibling}));
  const auto is_what_was_pushed = AllOf(HasStatus(200), HasBody(subject.bytes()));
  GIVEN_THAT(pull(subject), is_what_was_pushed);  // oras.referrers.subject-untouched
  GIVEN_THAT(pull(tag), is_what_was_pushed);
  removed(artifact);

  EXPECT_THAT(pull(subject), is_what_was_pushed) << "the subject of a deleted artifact";
  EXPECT_THAT(pull(tag), is_what_was_pushed) << "the subject of a deleted artifact, by its tag";
  EXPECT_THAT(pull(sibling), HasStatus(200)) << "another artifact on the same subject";
  EXPECT_EVENTUALLY(list_all(subject), Lists(sibling));
}

CONFORMANCE_TEST(OrasLifecycle, DeletesSubjectsThatHaveArtifacts, "oras.lifecycle.subject-deletable"_requirement) {
  const auto control = push(image());
  const auto subject = push(image());
  const auto artifact = push(sbom().refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(artifact));
  APPLIES_IF(remove(control), HasStatusClass(2));  // a manifest to which nothing refers

  EXPECT_THAT(remove(subject), HasStatusClass(2)) << "the deletion of a manifest to which an artifact refers";
}

}  // namespace referee::suites
