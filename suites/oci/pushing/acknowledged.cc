// Acknowledging a subject: OCI distribution-spec, "Pushing Manifests" and "Pushing Manifests with Subject";
// PUT /v2/<name>/manifests/<reference>, header OCI-Subject.
#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

using ::testing::HasSubstr;

}  // namespace

CONFORMANCE_TEST(Pushing, CreatesAManifestWithASubject, "oci.subject.push-201"_requirement) {
  const auto subject = push(image());

  EXPECT_THAT(put(make(artifact(kSbom).refers_to(subject))), HasStatus(201));
}

CONFORMANCE_TEST(Acknowledgement, ComesOnceWithAPushByDigest, "oci.subject.header-digest"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));

  EXPECT_THAT(acknowledgements(referrer.response), The("OCI-Subject", ElementsAre(Not(HasSubstr(",")))));
}

CONFORMANCE_TEST(Acknowledgement, ComesWithAPushByTag, "oci.subject.header-tag"_requirement) {
  const auto subject = push(image());
  GIVEN_THAT(push(artifact(kSbom).refers_to(subject)), IsAcknowledged());
  const auto tagged = make(artifact(kSbom).refers_to(subject));

  EXPECT_THAT(put(tagged, {.tag = tag_named("sig-1")}), AllOf(HasStatus(201), HasHeader(oci::kSubjectHeader)));
}

CONFORMANCE_TEST(Acknowledgement, MeansThatPushesByTagAreListed, "oci.subject.header-tag"_requirement) {
  const auto subject = push(image());
  const auto untagged = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(untagged));
  const auto tagged = push(artifact(kSbom).refers_to(subject), {.tag = tag_named("sig-1")});
  const auto later = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(later));

  EXPECT_EVENTUALLY(list_all(subject), Lists(tagged));
}

CONFORMANCE_TEST(Acknowledgement, RepeatsTheDigestOfTheSubject, "oci.subject.header-value"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  APPLIES_IF(referrer, IsAcknowledged());
  EXPECT_THAT(referrer.response, HasHeader(oci::kSubjectHeader, subject.digest().text()));

  const auto tagged = push(artifact(kSbom).refers_to(subject), {.tag = tag_named("sig-1")});
  if (acknowledgements(tagged.response).empty()) return;  // judged by oci.subject.header-tag
  EXPECT_THAT(tagged.response, HasHeader(oci::kSubjectHeader, subject.digest().text()));
}

CONFORMANCE_TEST(Acknowledgement, RepeatsADigestOfAnotherAlgorithm, "oci.subject.header-value"_requirement) {
  auto subject = absent_subject(session().fresh_nonce());
  subject.digest = fresh_digest(session().fresh_nonce(), oci::Algorithm::kSha512);
  const auto answer = put(make(artifact(kSbom).refers_to(subject)));
  APPLIES_IF(answer, HasStatus(201));  // sha512 need not be taken
  APPLIES_IF(acknowledgements(answer), The("OCI-Subject", SizeIs(1)));

  EXPECT_THAT(answer, HasHeader(oci::kSubjectHeader, subject.digest.text()));
}

CONFORMANCE_TEST(Acknowledgement, ComesForAMissingSubject, "oci.subject.header-missing-subject"_requirement) {
  const auto subject = push(image());
  GIVEN_THAT(push(artifact(kSbom).refers_to(subject)), IsAcknowledged());
  const auto dangling = push(artifact(kSbom).refers_to(absent_subject(session().fresh_nonce())));

  EXPECT_THAT(dangling.response, HasHeader(oci::kSubjectHeader));
}

CONFORMANCE_TEST(Acknowledgement, ComesWithASecondPushByDigest, "oci.subject.header-repush"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  GIVEN_THAT(referrer, IsAcknowledged());

  EXPECT_THAT(put(referrer.content), AllOf(HasStatus(201), HasHeader(oci::kSubjectHeader)));
}

CONFORMANCE_TEST(Acknowledgement, ComesWithASecondPushByTag, "oci.subject.header-repush"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  GIVEN_THAT(referrer, IsAcknowledged());
  GIVEN_THAT(push(artifact(kSbom).refers_to(subject), {.tag = tag_named("first")}), IsAcknowledged());

  EXPECT_THAT(put(referrer.content, {.tag = tag_named("again")}),
              AllOf(HasStatus(201), HasHeader(oci::kSubjectHeader)));
}

// Whether the index is listed as well is for oci.referrers.list.index-referrer to say.
CONFORMANCE_TEST(Acknowledgement, ComesWithAnIndex, "oci.subject.header-index"_requirement) {
  const auto subject = push(image());
  GIVEN_THAT(push(artifact(kSbom).refers_to(subject)), IsAcknowledged());
  const auto referrer = push(index({image()}, kSbom).refers_to(subject));

  EXPECT_THAT(referrer.response, HasHeader(oci::kSubjectHeader));
}

CONFORMANCE_TEST(Acknowledgement, IsAbsentWithoutASubject, "oci.subject.header-absent-without-subject"_requirement) {
  // With an annotation, since a plain image may be made as a referrer.
  const auto pushed = push(image().annotated("org.example.refers-to", "nothing"));
  EXPECT_THAT(pushed.response, Not(HasHeader(oci::kSubjectHeader)));
}

CONFORMANCE_TEST(Acknowledgement, IsAbsentForANullSubject, "oci.subject.header-absent-without-subject"_requirement) {
  const auto answer = put(make(image().refers_to_verbatim(Json(nullptr))));
  APPLIES_IF(answer, HasStatus(201));  // a registry may treat null as a malformed subject

  EXPECT_THAT(answer, Not(HasHeader(oci::kSubjectHeader)));
}

}  // namespace referee::suites
