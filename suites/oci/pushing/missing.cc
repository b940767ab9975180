// Subjects that are not there, or not yet, or not here: OCI distribution-spec, "Push" and "Listing Referrers";
// PUT /v2/<name>/manifests/<reference>.
#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

// What a list says of a referrer that does not depend on which one it is.
std::vector<std::string> looks_of(const engine::Entry& entry) {
  return {entry.media_type.value_or("none"), entry.artifact_type.value_or("none"),
          entry.size ? std::to_string(*entry.size) : "none"};
}

}  // namespace

CONFORMANCE_TEST(MissingSubject, IsAccepted, "oci.subject.missing-201"_requirement) {
  const auto subject = push(image());
  const auto attached = push(artifact(kSbom).refers_to(subject));  // the control: with its subject it is accepted
  GIVEN_THAT(pull(attached), AllOf(HasStatus(200), HasBody(attached.bytes())));
  const auto dangling = make(artifact(kSbom).refers_to(absent_subject(session().fresh_nonce())));

  ASSERT_THAT(put(dangling), HasStatus(201));
  EXPECT_EVENTUALLY(pull(dangling.manifest.digest), AllOf(HasStatus(200), HasBody(dangling.manifest.bytes)));
}

CONFORMANCE_TEST(MissingSubject, HasItsReferrersListed, "oci.subject.missing-listed"_requirement) {
  const auto present = push(image());
  const auto attached = push(artifact(kSbom).refers_to(present));
  GIVEN_EVENTUALLY(list_all(present), ListsExactly(attached));
  const auto missing = absent_subject(session().fresh_nonce());
  const auto dangling = push(artifact(kSbom).refers_to(missing));
  GIVEN_EVENTUALLY(pull(dangling), HasStatus(200));

  EXPECT_EVENTUALLY(list_all(missing.digest, repository()), ListsExactly(dangling));
}

CONFORMANCE_TEST(MissingSubject, MayBePushedAfterItsReferrer, "oci.subject.order-referrer-first"_requirement) {
  const auto earlier = push(image());
  const auto usual = push(artifact(kSbom).refers_to(earlier));
  GIVEN_EVENTUALLY(list_all(earlier), ListsExactly(usual));
  GIVEN_THAT(pull(earlier), HasBody(earlier.bytes()));
  const auto late = make(image());
  const auto early = push(artifact(kSbom).refers_to(late));
  const auto subject = push(late, {.tag = tag_named("late")});
  GIVEN_EVENTUALLY(pull(early), HasStatus(200));

  EXPECT_EVENTUALLY(pull(subject), AllOf(HasStatus(200), HasBody(subject.bytes())));
  const auto listing = eventually([&] { return list_all(subject); }, ListsExactly(early));
  ASSERT_THAT(listing, ListsExactly(early));
  EXPECT_THAT(looks_of(entry_of(listing, early)), The("member", Eq(looks_of(entry_of(referrers_of(earlier), usual)))))
      << "in the entry, as in that of a referrer pushed after its subject";
}

CONFORMANCE_TEST(SubjectElsewhere, IsAccepted, "oci.subject.other-repo-201"_requirement) {
  push(artifact(kSbom).refers_to(absent_subject(session().fresh_nonce())));  // one that is nowhere is accepted
  const auto subject = push(image(), {.in = other_repository()});

  EXPECT_THAT(put(make(artifact(kSbom).refers_to(subject))), HasStatus(201));
}

CONFORMANCE_TEST(SubjectElsewhere, HasReferrersOnlyWhereTheyWerePushed, "oci.subject.other-repo-201"_requirement) {
  needs(Gate::kReferrers);
  const auto missing = absent_subject(session().fresh_nonce());
  push(image());
  const auto dangling = push(artifact(kSbom).refers_to(missing));
  GIVEN_EVENTUALLY(list_all(missing.digest, repository()), ListsExactly(dangling));
  const auto subject = push(image(), {.in = other_repository()});
  const auto referrer = push(artifact(kSbom).refers_to(subject));

  EXPECT_EVENTUALLY(list_all(subject.digest(), repository()), ListsExactly(referrer));
  EXPECT_THAT(list_all(subject), Not(Lists(referrer)));
}

// A repository only for signatures: the control is made in another fresh one, so that both start from nothing.
CONFORMANCE_TEST(NewRepository, MayBeginWithAReferrer, "oci.subject.new-repo-201"_requirement,
                 {.whole_repository = true}) {
  try {
    push(image(), {.in = other_repository()});
  } catch (const engine::PremiseBroken& refused) {
    throw engine::NotApplicable(std::string("repositories are not made by pushing: ") + refused.what());
  }
  push(artifact(kSbom).refers_to(absent_subject(session().fresh_nonce())), {.in = other_repository()});

  EXPECT_THAT(put(make(artifact(kSbom).refers_to(absent_subject(session().fresh_nonce())))), HasStatus(201));
}

CONFORMANCE_TEST(NewRepository, ListsReferrersWithoutOtherContent, "oci.subject.new-repo-201"_requirement,
                 {.whole_repository = true}) {
  needs(Gate::kReferrers);
  const auto missing = absent_subject(session().fresh_nonce());
  push(image(), {.in = other_repository()});
  const auto besides_an_image = push(artifact(kSbom).refers_to(missing), {.in = other_repository()});
  GIVEN_EVENTUALLY(list_all(missing.digest, other_repository()), ListsExactly(besides_an_image));
  const auto alone = push(artifact(kSbom).refers_to(missing));

  EXPECT_EVENTUALLY(list_all(missing.digest, repository()), ListsExactly(alone));
}

CONFORMANCE_TEST(BlobAsSubject, CountsAsMissing, "oci.subject.blob-digest-201"_requirement) {
  push(artifact(kSbom).refers_to(absent_subject(session().fresh_nonce())));
  const auto blob = oci::Blob::of("application/octet-stream", "subject " + session().fresh_nonce());
  push_blob(blob);

  const auto answer = put(make(artifact(kSbom).refers_to(posing_as_manifest(blob))));

  EXPECT_THAT(answer, HasStatus(201));
  EXPECT_FAIL_THAT(answer, Not(HasStatusClass(5)));
}

CONFORMANCE_TEST(BlobAsSubject, HasItsReferrersListed, "oci.subject.blob-digest-201"_requirement) {
  needs(Gate::kReferrers);
  const auto missing = absent_subject(session().fresh_nonce());
  push(image());
  const auto dangling = push(artifact(kSbom).refers_to(missing));
  GIVEN_EVENTUALLY(list_all(missing.digest, repository()), ListsExactly(dangling));
  const auto blob = oci::Blob::of("application/octet-stream", "subject " + session().fresh_nonce());
  push_blob(blob);
  const auto referrer = push(artifact(kSbom).refers_to(posing_as_manifest(blob)));

  EXPECT_EVENTUALLY(list_all(blob.digest, repository()), ListsExactly(referrer));
}

}  // namespace referee::suites
