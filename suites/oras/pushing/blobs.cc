// The blobs of an artifact: ORAS artifacts-spec, artifact-manifest.md, `blobs` and "Push Validation"; descriptor.md,
// "Properties" (`artifactType`); PUT of an artifact manifest.
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "harness/spec/literals/oras.h"
#include "suites/error_body.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

oci::Blob blob_of_unknown_type(const std::string& nonce) {
  return fresh_blob("application/vnd." + nonce + ".x", nonce);
}

}  // namespace

CONFORMANCE_TEST_F(PairedPush, OrasBlobs, AreOptional, "oras.manifest.blobs-optional"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);
  const std::vector<std::pair<std::string, Document>> documents = {
      {"without `blobs`", plain.without("blobs")}, {"with a list of no blobs", plain.with("blobs", Json::array())}};
  for (const auto& [which, document] : documents) {
    const auto pair = push_pair(plain, document);

    EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact " << which << ", config and layers";
    if (pair.answer.status != 201) continue;
    GIVEN_EVENTUALLY(list_all(subject), Lists(pair.control));
    EXPECT_EVENTUALLY(list_all(subject), Lists(pair.tried)) << "an artifact " << which;
  }
}

CONFORMANCE_TEST_F(PairedPush, OrasBlobs, MayBeOfUnknownType, "oras.manifest.blob-unknown-type"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);
  const auto blob = blob_of_unknown_type(session().fresh_nonce());

  const auto pair = push_pair(plain, plain.with_blob(blob));

  EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact with a blob of type " << blob.media_type;
}

// Up to draft.1.1 a registry ignores such an entry, and its blob may go; from rc.1 on it is kept as any other.
CONFORMANCE_TEST_F(PairedPush, OrasBlobs, AreKeptWhateverTheirType, "oras.manifest.blob-unknown-type"_requirement,
                   {.collects = true}) {
  const auto subject = push(image(), {.in = {}, .tag = session().fresh_nonce()});
  const auto plain = sbom().refers_to(subject);
  const auto blob = blob_of_unknown_type(session().fresh_nonce());
  const auto pair = push_pair(plain, plain.with_blob(blob));
  GIVEN_THAT(pair.answer, HasStatus(201));

  const auto later = throughout([&] { return head_blob(blob.digest, repository()); }, HasStatus(200));
  GIVEN_THAT(pull(pair.tried.manifest.digest), HasStatus(200));  // oras.manifest.untagged-kept

  if (edition() >= spec::Edition::kOrasRc1) {
    EXPECT_FAIL_THAT(later, HasStatus(200)) << "the blob of unknown type, after a time";
  } else {
    EXPECT_NOTE_THAT(later, HasStatus(200)) << "the blob of unknown type, after a time";
  }
}

// The manifest's bytes are in the repository as a blob too, so that nothing is missing.
CONFORMANCE_TEST_F(PairedPush, OrasBlobs, AreNotManifests, "oras.manifest.blob-not-manifest"_requirement) {
  const auto subject = push(image());
  const auto listed = push(image());
  const auto plain = sbom().refers_to(subject);

  const auto pair = push_pair(plain, plain.with_blob(oci::Blob::of(std::string(oci::kImageManifest), listed.bytes())));

  EXPECT_THAT(pair.answer, Not(HasStatusClass(2))) << "an artifact with an image manifest among its blobs";
}

CONFORMANCE_TEST_F(PairedPush, OrasBlobs, MustExistBeforeTheArtifact, "oras.manifest.blobs-exist"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  const auto pair = push_pair(plain, plain.with_missing_layer());

  EXPECT_NOTE_THAT(pair.answer, Not(HasStatusClass(2))) << "an artifact with a blob that was never pushed";
  const auto codes = error_codes(pair.answer);
  if (pair.answer.status / 100 != 4 || codes.empty()) return;
  EXPECT_WARN_THAT(codes, The("error code", Contains(AnyOf("MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN"))));
}

CONFORMANCE_TEST_F(PairedPush, OrasBlobs, HaveNoArtifactType, "oras.blob-descriptor.artifacttype-empty"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  const auto pair = push_pair(plain, plain.with("/blobs/0/artifactType", "x/y"));
  EXPECT_THAT(pair.answer, HasStatus(400)) << "an artifact whose blob has an artifactType";
  if (pair.answer.status / 100 != 2) return;

  const auto reading = reading_of(pair, subject);
  if (!reading.entry) return;
  EXPECT_FAIL_THAT(reading.entry->artifact_type, The("artifactType", Ne("x/y"))) << "the blob's type in the list";
}

}  // namespace referee::suites
