// What an entry says of its artifact: ORAS artifacts-spec, descriptor.md, "Properties"; manifest-referrers-api.md,
// "Artifact Referrers API results"; GET of the list.
#include "harness/spec/literals/oras.h"
#include "suites/oci/listing/listing.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

// What keeps an entry from being the descriptor of an artifact; empty if nothing.
std::string fault_of_artifact(const engine::Entry& entry) {
  if (entry.media_type && *entry.media_type != oci::kOrasArtifact) {
    return "`mediaType` is that of something else: " + *entry.media_type;
  }
  return fault_of_descriptor(entry);
}

MATCHER(IsArtifactDescriptor, negation ? "is not a descriptor of an artifact"
                                       : "is a descriptor of an artifact, with mediaType, digest, size") {
  const std::string fault = fault_of_artifact(arg);
  *result_listener << fault;
  return fault.empty();
}

MATCHER(HasNoAnnotationsOrAMapOfStrings,
        negation ? "has annotations that are not a map of strings" : "has no `annotations` or a map of strings") {
  const auto* annotations = member_of(arg, "annotations");
  if (annotations == nullptr) return true;
  *result_listener << "whose `annotations` are " << oci::dump_json(*annotations);
  if (!annotations->is_object()) return false;
  for (const auto& [key, value] : annotations->items()) {
    if (!value.is_string()) return false;
  }
  return true;
}

class OrasDescriptors : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;
};

}  // namespace

CONFORMANCE_TEST_F(OrasDescriptors, OrasReferrers, HaveTypeDigestAndSize,
                   "oras.referrers.descriptor-fields"_requirement) {
  const auto subject = push(image());
  push(sbom().refers_to(subject));
  push(oras_artifact(kOrasSignature).refers_to(subject));
  const auto both = ::testing::Property("entries", &Listing::entries, SizeIs(2));
  const auto entries = eventually([&] { return referrers_of(subject); }, both).entries();
  GIVEN_THAT(entries, The("entry", Not(IsEmpty())));

  EXPECT_THAT(entries, Each(IsArtifactDescriptor()));
}

CONFORMANCE_TEST_F(OrasDescriptors, OrasReferrers, GiveTheSizeOfTheArtifact,
                   "oras.referrers.descriptor-fields"_requirement) {
  const auto subject = push(image());
  const auto artifact = push(sbom()
                                 .refers_to(subject)
                                 .annotated("org.example.umlauts",
                                            "gr\xc3\xbc\xc3\x9f"
                                            "e")
                                 .serialized_as(indented(3))
                                 .serialized_as(with_trailing_newline));
  const auto listed = entry(subject, artifact);
  const auto pulled = pull(artifact);
  GIVEN_THAT(pulled, HasStatus(200));

  EXPECT_THAT(listed.size, The("size", Optional(Eq(static_cast<std::int64_t>(pulled.body.size())))));
}

CONFORMANCE_TEST_F(OrasDescriptors, OrasReferrers, ShowTheTypeOfTheArtifact,
                   "oras.referrers.descriptor-artifacttype"_requirement) {
  const auto subject = push(image());
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  for (const auto& type : {kOrasSbom, kOrasSignature}) {
    const auto listed = entry(subject, push(oras_artifact(type).with_layers({blob}).refers_to(subject)));

    // UNPROVEN: the member is OPTIONAL, so that no defect leaves it out (mood.oras-entry-without-artifacttype).
    EXPECT_WARN_THAT(listed, HasKey("artifactType"));
    if (member_of(listed, "artifactType") == nullptr) continue;
    EXPECT_THAT(listed, HasMember("artifactType", type.text));
  }
}

CONFORMANCE_TEST_F(OrasDescriptors, OrasReferrers, HaveAnnotationsThatAreMapsOfStrings,
                   "oras.referrers.annotations-rules"_requirement) {
  const auto subject = push(image());
  const auto with = push(sbom().annotated("org.example.key", "value").refers_to(subject));
  const auto without = push(sbom().without_annotations().refers_to(subject));
  const auto listing = settled(subject, with, without);

  EXPECT_THAT(entry_of(listing, with), HasNoAnnotationsOrAMapOfStrings()) << "an artifact with annotations";
  EXPECT_THAT(entry_of(listing, without), HasNoAnnotationsOrAMapOfStrings()) << "an artifact without annotations";
}

}  // namespace referee::suites
