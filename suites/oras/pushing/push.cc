// Pushing, tagging and keeping artifacts: ORAS artifacts-spec, artifact-manifest.md, "Push Validation" and lifecycle;
// OCI distribution-spec, "Pushing Manifests"; PUT and GET of an artifact manifest.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

std::ptrdiff_t times_listed(const Listing& listing, const oci::Digest& digest) {
  const auto digests = engine::digests_of(listing.entries());
  return std::ranges::count(digests, digest.text());
}

// The keys that carry the subject in one edition or another and that the document has.
std::vector<std::string> subject_keys_in(const std::string& bytes) {
  const auto document = oci::read_json(bytes).value;
  std::vector<std::string> keys;
  for (const char* key : {"subject", "subjectManifest"}) {
    if (document && document->is_object() && document->contains(key)) keys.emplace_back(key);
  }
  return keys;
}

}  // namespace

// The subject is tagged, as images are: a lookup by tags is the fault of oras.subject.untagged-ok.
CONFORMANCE_TEST(OrasManifest, IsAccepted, "oras.manifest.push-201"_requirement) {
  const auto subject = push(image(), {.tag = session().fresh_nonce()});

  const auto answer = put(make(sbom().refers_to(subject)));

  EXPECT_THAT(answer, AllOf(HasStatus(201), HasHeader("Location"))) << "an artifact whose subject is there";
}

CONFORMANCE_TEST(OrasManifest, CanBePulledOnceAccepted, "oras.manifest.push-201"_requirement) {
  const auto subject = push(image(), {.tag = session().fresh_nonce()});
  const std::string nonce = session().fresh_nonce();
  const auto blobs = {small_blob(), fresh_blob(oci::kImageLayer, nonce), fresh_blob("application/json", nonce + ".2")};
  const auto artifact = push(sbom().with_layers(blobs).refers_to(subject));

  EXPECT_EVENTUALLY(pull(artifact), HasStatus(200)) << "an artifact of several blobs, among the manifests";
}

CONFORMANCE_TEST(OrasManifest, MayHaveATag, "oras.manifest.tag-allowed"_requirement) {
  const auto subject = push(image());
  const std::string tag = session().fresh_nonce();
  const auto artifact = push(sbom().refers_to(subject));

  const auto answer = put(artifact.content, {.tag = tag});
  EXPECT_WARN_THAT(answer, HasStatus(201)) << "an artifact with a subject, by tag";
  if (answer.status != 201) return;

  EXPECT_EVENTUALLY(pull(tag), AllOf(HasStatus(200), HasBody(artifact.bytes())));
  EXPECT_THAT(pull(artifact), HasStatus(200)) << "the artifact by digest, after it was tagged";
}

CONFORMANCE_TEST(OrasManifest, IsListedOnceWithItsTag, "oras.manifest.tag-allowed"_requirement) {
  const auto subject = push(image());
  const auto artifact = push(sbom().refers_to(subject));
  APPLIES_IF(put(artifact.content, {.tag = session().fresh_nonce()}), HasStatus(201));

  const auto listing = eventually([&] { return list_all(subject); }, Lists(artifact));
  GIVEN_THAT(listing, Lists(artifact));
  EXPECT_THAT(times_listed(listing, artifact.digest()), The("number of entries", Eq(1)))
      << "for an artifact pushed by digest and by tag";
}

CONFORMANCE_TEST_F(PairedPush, OrasManifest, NeedsNoSubject, "oras.manifest.subject-optional"_requirement) {
  const auto subject = push(image());

  const auto pair = push_pair(sbom().refers_to(subject), sbom());

  EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact without a subject";
  if (pair.answer.status != 201) return;
  EXPECT_FAIL_THAT(pull(pair.tried.manifest.digest), HasStatus(200)) << "an artifact without a subject";
}

CONFORMANCE_TEST_F(PairedPush, OrasManifest, IsNotGivenASubject, "oras.manifest.subject-optional"_requirement) {
  const auto subject = push(image());
  const auto pair = push_pair(sbom().refers_to(subject), sbom());
  APPLIES_IF(pair.answer, HasStatus(201));
  const auto pulled = pull(pair.tried.manifest.digest);
  GIVEN_THAT(pulled, HasStatus(200));

  EXPECT_FAIL_THAT(subject_keys_in(pulled.body), The("key of a subject", IsEmpty()))
      << "in an artifact without a subject";
  GIVEN_EVENTUALLY(list_all(subject), Lists(pair.control));
  EXPECT_FAIL_THAT(list_all(subject), Not(Lists(pair.tried))) << "the artifact without a subject";
}

// Tags that tools without an API of referrers give to signatures of a manifest.
CONFORMANCE_TEST_F(PairedPush, OrasManifest, IsNotGivenASubjectByItsTag, "oras.manifest.subject-optional"_requirement) {
  const auto subject = push(image());
  std::string prefix = subject.digest().text();
  std::ranges::replace(prefix, ':', '-');
  std::vector<std::string> tagged;
  for (const char* suffix : {".sig", ".att", ".sbom"}) {
    for (const auto& lone : {make(sbom()), make(image())}) {
      if (put(lone, {.in = {}, .tag = prefix + suffix}).status == 201) tagged.push_back(lone.manifest.digest.text());
    }
  }
  APPLIES_IF(tagged, The("tag of that form that is taken", Not(IsEmpty())));  // such tags may be reserved
  const auto usual = push(sbom().refers_to(subject));
  const auto listing = eventually([&] { return list_all(subject); }, Lists(usual));
  GIVEN_THAT(listing, Lists(usual));
  for (const auto& digest : tagged) {
    EXPECT_FAIL_THAT(listing, Not(Lists(digest))) << "a manifest without subject, tagged as one of its signatures";
  }
}

// Time, or the operator's collector, is given the chance to take the artifact away. The blob is of a known type: one of
// an unknown type need not be kept up to draft.1.1 (oras.manifest.blob-unknown-type).
CONFORMANCE_TEST(OrasManifest, IsKeptWithoutATag, "oras.manifest.untagged-kept"_requirement, {.collects = true}) {
  const auto subject = push(image(), {.tag = session().fresh_nonce()});
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  const auto artifact = push(sbom().with_layers({blob}).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(artifact));
  GIVEN_THAT(pull_blob(blob.digest, repository()), HasStatus(200));

  const auto kept = throughout([&] { return head(artifact); }, HasStatus(200));

  EXPECT_THAT(kept, HasStatus(200)) << "an untagged artifact whose subject is there, after a time";
  EXPECT_THAT(list_all(subject), Lists(artifact));
  EXPECT_THAT(pull_blob(blob.digest, repository()), HasStatus(200)) << "its blob";
}

}  // namespace referee::suites
