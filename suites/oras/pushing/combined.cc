// Artifacts with content that is lawful but rare: a blob that is named twice, a date that cannot be read; ORAS
// artifacts-spec, artifact-manifest.md; PUT of an artifact manifest.
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {

CONFORMANCE_TEST_F(PairedPush, OrasManifest, MayNameABlobTwice, "oras.manifest.push-201"_requirement) {
  const auto subject = push(image(), {.in = {}, .tag = session().fresh_nonce()});
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  const auto pair =
      push_pair(sbom().with_layers({blob}).refers_to(subject), sbom().with_layers({blob, blob}).refers_to(subject));
  APPLIES_IF(pair.answer, Not(HasStatusClass(4)));  // a registry may have its own rules on what it takes
  EXPECT_THAT(pair.answer, HasStatus(201)) << "an artifact that names one blob twice";
}

// The annotation is a text like any other: what it says matters only to the order of lists.
CONFORMANCE_TEST_F(PairedPush, OrasDocument, MayHaveAnUnreadableDate, "oras.manifest.annotations"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);
  for (const auto* date : {"yesterday", "2022-13-45T99:00:00Z", ""}) {
    const auto pair = push_pair(plain, plain.created_at(date));
    EXPECT_THAT(pair.answer, Not(HasStatusClass(5))) << "a date of creation that cannot be read: \"" << date << '"';
  }
}

}  // namespace referee::suites
