// Subjects that are not descriptors, and what is left of refused artifacts: ORAS artifacts-spec, artifact-manifest.md,
// property `subject`; descriptor.md, "Properties"; PUT of an artifact manifest.
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

Json urls_to(const std::string& url) { return Json::array({url}); }

}  // namespace

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustBeADescriptor, "oras.subject.malformed-400"_requirement) {
  const auto present = push(image());

  for (const auto& subject : malformed_subjects(present.descriptor())) {
    const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to_verbatim(subject.json));

    EXPECT_THAT(pair.answer, HasStatus(400)) << "a malformed subject: " << subject.name;
  }
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MustHaveSizeAndMediaType, "oras.subject.malformed-400"_requirement) {
  const auto present = push(image());

  for (const auto& subject : incomplete_subjects(present.descriptor())) {
    const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to_verbatim(subject.json));

    EXPECT_WARN_THAT(pair.answer, HasStatus(400)) << "a subject that lacks a required member: " << subject.name;
  }
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, IsNotReplacedByItsUrls, "oras.subject.urls-no-rescue"_requirement) {
  const auto present = push(image());
  const auto elsewhere = push(image(), {.in = other_repository()});
  const auto with_urls = [&](const Pushed& subject) {
    const auto link = url("/v2/" + subject.repository.name + "/manifests/" + subject.digest().text());
    return sbom().refers_to(subject).with_subject_member("urls", urls_to(link));
  };
  // Without urls it is refused: oras.subject.other-repo-400.
  GIVEN_THAT(push_pair(sbom().refers_to(present), sbom().refers_to(elsewhere)).answer, HasStatus(400));

  const auto pair = push_pair(with_urls(present), with_urls(elsewhere));

  EXPECT_THAT(pair.answer, HasStatus(400)) << "a subject of another repository, with a URL that leads to it";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, MayHaveUrls, "oras.subject.urls-no-rescue"_requirement) {
  const auto present = push(image());
  const auto plain = sbom().refers_to(present);
  const auto urls = urls_to("https://mirror.example/v2/elsewhere/manifests/" + present.digest().text());

  const auto pair = push_pair(plain, plain.with_subject_member("urls", urls));

  EXPECT_THAT(pair.answer, HasStatus(201)) << "a subject that is here, and has urls";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, LeavesNoRefusedArtifactBehind,
                   "oras.subject.reject-leaves-no-trace"_requirement) {
  const auto present = push(image());
  const auto absent = absent_subject(session().fresh_nonce());

  const auto by_digest = push_pair(sbom().refers_to(present), sbom().refers_to(absent));
  GIVEN_THAT(by_digest.answer, HasStatusClass(4));
  EXPECT_THAT(pull(by_digest.tried.manifest.digest), Not(HasStatusClass(2))) << "the refused artifact";

  const std::string tag = session().fresh_nonce();
  GIVEN_THAT(put(make(sbom().refers_to(absent)), {.tag = tag}), HasStatusClass(4));
  EXPECT_THAT(pull(tag), Not(HasStatusClass(2))) << "the tag of the refused artifact";
  EXPECT_THAT(list_all(absent.digest, repository()), Not(Lists(by_digest.tried))) << "the list of the missing subject";
}

CONFORMANCE_TEST_F(PairedPush, OrasSubject, DoesNotReviveRefusedArtifacts,
                   "oras.subject.reject-leaves-no-trace"_requirement) {
  const auto present = push(image());
  const auto late = make(image());
  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(late));
  GIVEN_THAT(pair.answer, HasStatusClass(4));
  GIVEN_THAT(pull(pair.tried.manifest.digest), Not(HasStatusClass(2)));

  push(late);
  const auto next = push(sbom().refers_to(late));
  GIVEN_EVENTUALLY(list_all(late.manifest.digest, repository()), Lists(next));  // whatever was to come has come

  EXPECT_THAT(pull(pair.tried.manifest.digest), Not(HasStatusClass(2))) << "refused before its subject was pushed";
  EXPECT_THAT(list_all(late.manifest.digest, repository()), Not(Lists(pair.tried)));
}

}  // namespace referee::suites
