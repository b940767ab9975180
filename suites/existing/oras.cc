// Content that is there already: ORAS artifacts-spec, manifest-referrers-api.md.
#include <nlohmann/json.hpp>

#include "harness/spec/literals/oras.h"
#include "suites/existing/lists.h"

namespace referee::suites {

CONFORMANCE_TEST_F(ExistingList, Existing, OrasListIsAnswered, "oras.referrers.success-200"_requirement,
                   {.existing = true}) {
  EXPECT_THAT(list_referrers(subject().digest, where()), HasStatus(200));
}

CONFORMANCE_TEST_F(ExistingList, Existing, OrasListHasTheKeyOfTheEdition, "oras.referrers.key"_requirement,
                   {.existing = true}) {
  const auto page = list_referrers(subject().digest, where());
  GIVEN_THAT(page, HasStatus(200));
  EXPECT_THAT(page, IsReadableList());
}

CONFORMANCE_TEST_F(ExistingList, Existing, OrasEntriesAreDescriptors, "oras.referrers.descriptor-fields"_requirement,
                   {.existing = true}) {
  for (const auto& entry : entries()) {
    EXPECT_THAT(entry.media_type && entry.digest && entry.size,
                Holds("mediaType, digest and size", "the entry " + ::testing::PrintToString(entry)));
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, OrasEntriesCanBePulled, "oras.referrers.digest-pullable"_requirement,
                   {.existing = true}) {
  std::size_t pulled = 0;
  for (const auto& entry : entries()) {
    if (!entry.digest || ++pulled > 100) continue;
    const auto digest = oci::Digest::parse(*entry.digest);
    GIVEN_THAT(digest.has_value(),
               Holds("an entry with a digest", "a digest in the list is malformed: " + *entry.digest));
    EXPECT_THAT(pull(*digest, where()), HasStatus(200)) << *entry.digest;
  }
}

CONFORMANCE_TEST_F(ExistingList, Existing, OrasEntriesShowTheArtifactType,
                   "oras.referrers.descriptor-artifacttype"_requirement, {.existing = true}) {
  for (const auto& each : stored()) {
    const auto type = each.manifest ? text_member(*each.manifest, "artifactType") : "";
    if (!type.empty()) {
      EXPECT_THAT(each.entry.artifact_type.value_or(""), The("artifactType", Eq(type))) << *each.entry.digest;
    }
  }
}

}  // namespace referee::suites
