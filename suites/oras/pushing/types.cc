// Media types and artifact types of artifacts: ORAS artifacts-spec, artifact-manifest.md, `mediaType` and
// `artifactType`; PUT of an artifact manifest. Most of these rules bind the document: taking it all the same is a
// warning at most, as long as the list shows it for what it is.
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

// The type of the first ORAS text, of July 2021.
constexpr const char* kFirstOrasType = "application/vnd.oras.artifact.manifest.v1+json";

Document typed(const std::string& media_type) { return sbom().with("mediaType", media_type); }

// A document that can be read as an artifact and as an image, so that nothing but its types can be wrong with it.
Document two_faced() {
  const Json empty = descriptor_json(empty_blob().descriptor());
  return sbom()
      .with("schemaVersion", 2)
      .with_config(empty_blob())
      .with("layers", Json::array({empty}))
      .pushed_with(empty_blob());
}

}  // namespace

// The control says its type, also in draft.1, whose text does not know the property.
CONFORMANCE_TEST_F(PairedPush, OrasMediaType, MayBeInTheHeaderOnly, "oras.manifest.mediatype-optional"_requirement) {
  const auto subject = push(image());

  const auto pair = push_pair(typed(std::string(oci::kOrasArtifact)).refers_to(subject),
                              sbom().without_media_type().refers_to(subject));

  EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact without mediaType";
}

CONFORMANCE_TEST_F(PairedPush, OrasMediaType, IsRequiredInTheBody, "oras.manifest.mediatype-required"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  const auto pair = push_pair(plain, plain.without_media_type());

  judge_refusal(pair, subject, "an artifact without mediaType");
}

CONFORMANCE_TEST_F(PairedPush, OrasMediaType, IsThatOfAnArtifactManifest, "oras.manifest.mediatype-value"_requirement) {
  const auto subject = push(image());

  for (const auto& type :
       {std::string(oci::kImageManifest), std::string(kFirstOrasType), std::string(oci::kOrasArtifact) + ";x=1"}) {
    const auto pair = push_pair(sbom().refers_to(subject), typed(type).refers_to(subject));

    judge_refusal(pair, subject, "an artifact whose mediaType is " + type);
  }
}

CONFORMANCE_TEST_F(PairedPush, OrasMediaType, IsTheSameInHeaderAndBody, "oras.manifest.header-body-agree"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  const auto artifact = push_pair(plain, two_faced().refers_to(subject).of_type(oci::kImageManifest));
  judge_refusal(artifact, subject, "an artifact under the Content-Type of an image");

  const auto image = push_pair(plain, oci_artifact(kOrasSbom).refers_to(subject).of_type(oci::kOrasArtifact));
  judge_refusal(image, subject, "an image under the Content-Type of an artifact");
}

CONFORMANCE_TEST_F(PairedPush, OrasArtifactType, IsRequired, "oras.manifest.artifacttype-required"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  judge_refusal(push_pair(plain, plain.without_artifact_type()), subject, "an artifact without artifactType");
  judge_refusal(push_pair(plain, plain.with_artifact_type(ArtifactType(""))), subject,
                "an artifact whose artifactType is empty");
}

CONFORMANCE_TEST_F(PairedPush, OrasArtifactType, MayBeAnExampleOfTheSpecification,
                   "oras.manifest.artifacttype-free"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  for (const auto& type : {ArtifactType("application/vnd.cncf.notary.v2"), kOrasSignature}) {
    const auto pair = push_pair(plain, plain.with_artifact_type(type));

    EXPECT_FAIL_THAT(pair.answer, HasStatus(201)) << "a type of the text's own examples: " << type.text;
  }
}

CONFORMANCE_TEST_F(PairedPush, OrasArtifactType, MayBeUnknown, "oras.manifest.artifacttype-free"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);
  const ArtifactType unknown("application/vnd." + session().fresh_nonce() + ".x");

  const auto pair = push_pair(plain, plain.with_artifact_type(unknown));

  EXPECT_WARN_THAT(pair.answer, HasStatus(201)) << "an unregistered type: " << unknown.text;
}

// August 2021 has such types in its examples; later they are just not forbidden.
CONFORMANCE_TEST_F(PairedPush, OrasArtifactType, NeedsNoSlash, "oras.manifest.artifacttype-free"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  for (const auto& type : {ArtifactType("org.cncf.notary.v2"), ArtifactType("example.sbom.v0")}) {
    const auto pair = push_pair(plain, plain.with_artifact_type(type));

    if (edition() <= spec::Edition::kOrasPhase1) {
      EXPECT_WARN_THAT(pair.answer, HasStatus(201)) << "a type without a slash: " << type.text;
    } else {
      EXPECT_NOTE_THAT(pair.answer, HasStatus(201)) << "a type without a slash: " << type.text;
    }
  }
}

}  // namespace referee::suites
