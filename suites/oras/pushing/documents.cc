// What the document of an artifact may hold: ORAS artifacts-spec, artifact-manifest.md, "OCI Artifact Manifest
// Properties"; considerations.md, "Extensibility"; PUT and GET of an artifact manifest.
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

// Where other editions have the subject.
const char* other_key(spec::Edition edition) {
  return edition == spec::Edition::kOrasPhase1Sm ? "subject" : "subjectManifest";
}

}  // namespace

CONFORMANCE_TEST(OrasDocument, KeepsItsBytes, "oras.manifest.bytes-exact"_requirement) {
  const auto subject = push(image());
  const auto odd = sbom().refers_to(subject).with("org.example.unknown", Json{{"kept", true}}).oddly_serialized();
  const std::string tag = session().fresh_nonce();
  const auto artifact = push(odd);

  const auto pulled = pull(artifact);
  EXPECT_THAT(pulled, AllOf(HasStatus(200), HasBody(artifact.bytes())));
  EXPECT_WARN_THAT(pulled, IsServedAs(oci::kOrasArtifact));

  if (put(artifact.content, {.tag = tag}).status != 201) return;  // oras.manifest.tag-allowed
  EXPECT_THAT(pull(tag), AllOf(HasStatus(200), HasBody(artifact.bytes())));
  EXPECT_WARN_THAT(pull(tag), IsServedAs(oci::kOrasArtifact));
}

CONFORMANCE_TEST(OrasDocument, HoldsItsSubjectUnderTheKeyOfTheEdition, "oras.manifest.subject-key"_requirement) {
  const auto subject = push(image());
  push(sbom().refers_to(subject));
  GIVEN_THAT(list_referrers(subject), IsReadableList());

  EXPECT_EVENTUALLY(list_all(subject), Not(ListsNothing())) << "an artifact on the subject under the edition's own key";
}

CONFORMANCE_TEST_F(PairedPush, OrasDocument, IsNotReadUnderAnotherKeyInstead, "oras.manifest.subject-key"_requirement) {
  const auto subject = push(image());
  const auto other = push(image());
  const auto both = sbom().with(other_key(edition()), descriptor_json(other.descriptor()));

  const auto pair = push_pair(sbom().refers_to(subject), both.refers_to(subject));
  GIVEN_THAT(pair.answer, HasStatus(201));  // the other key is an unknown property: oras.manifest.unknown-property
  GIVEN_EVENTUALLY(list_all(subject), Lists(pair.control));

  EXPECT_EVENTUALLY(list_all(subject), Lists(pair.tried)) << "the edition's own key, next to that of another edition";
}

CONFORMANCE_TEST_F(PairedPush, OrasDocument, MayHoldItsSubjectUnderTheOtherKey,
                   "oras.manifest.subject-key"_requirement) {
  const auto subject = push(image());
  const auto foreign = sbom().with(other_key(edition()), descriptor_json(subject.descriptor()));

  const auto pair = push_pair(sbom().refers_to(subject), foreign);
  APPLIES_IF(pair.answer, HasStatus(201));
  GIVEN_EVENTUALLY(list_all(subject), Lists(pair.control));

  EXPECT_NOTE_THAT(list_all(subject), Not(Lists(pair.tried))) << "the key of another edition is honoured as well";
}

CONFORMANCE_TEST_F(PairedPush, OrasDocument, MayHaveUnknownProperties, "oras.manifest.unknown-property"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);
  const std::vector<std::pair<std::string, Document>> documents = {
      {"in the root", plain.with("org.example.unknown", Json{{"ignored", true}})},
      {"in the subject", plain.with_subject_member("org.example.unknown", 1)},
      {"in a blob", plain.with("/blobs/0/org.example.unknown", "ignored")}};
  std::vector<oci::Content> accepted;
  for (const auto& [place, document] : documents) {
    const auto pair = push_pair(plain, document);
    EXPECT_THAT(pair.answer, HasStatus(201)) << "an unknown property " << place;
    accepted.push_back(pair.control);
    if (pair.answer.status == 201) accepted.push_back(pair.tried);
  }
  GIVEN_EVENTUALLY(list_all(subject), Lists(accepted.front()));
  EXPECT_EVENTUALLY(list_all(subject), ListsEach(accepted)) << "the artifacts with unknown properties";
}

CONFORMANCE_TEST_F(PairedPush, OrasDocument, MayHaveAnnotations, "oras.manifest.annotations"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);
  const Json annotations = {{"org.example.name", "a text"}, {"org.example.empty", ""}};

  const auto pair = push_pair(plain.without_annotations(), plain.annotated_with(annotations));

  EXPECT_THAT(pair.answer, HasStatus(201)) << "annotations that are a map of strings";
}

CONFORMANCE_TEST_F(PairedPush, OrasDocument, HasStringsAsAnnotations, "oras.manifest.annotations"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);

  for (const Json& value : {Json(3), Json{{"nested", "map"}}}) {
    const auto pair = push_pair(plain, plain.with("/annotations/org.example.value", value));

    EXPECT_FAIL_THAT(pair.answer, Not(HasStatusClass(5))) << "an annotation that is " << value.dump();
    EXPECT_WARN_THAT(pair.answer, HasStatus(400)) << "an annotation that is " << value.dump();
  }
}

}  // namespace referee::suites
