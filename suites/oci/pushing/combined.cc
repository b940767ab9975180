// Pushes where two things meet: a referrer that an index of the same subject names, a layer that is named twice, tags
// that other tools would read as signatures; OCI distribution-spec, "Pushing Manifests with Subject".
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {

CONFORMANCE_TEST_F(ListingReferrers, NewlyPushed, AreListedBesideAnIndexThatNamesThem,
                   "oci.subject.newly-pushed-all"_requirement) {
  const auto plain = push(image());
  settled(plain, push(artifact(kSbom).refers_to(plain)), push(index({image()}, kSbom).refers_to(plain)));

  for (const bool index_first : {false, true}) {
    const auto subject = push(image());
    const auto child = make(artifact(kSbom).refers_to(subject));
    push_parts(child, repository());
    const auto parent = make(index({child.manifest.descriptor()}, kSbom).refers_to(subject));
    if (index_first && put(parent).status != 201) continue;  // an index of what is not there yet may be refused
    push(child);
    push(parent);
    EXPECT_EVENTUALLY(list_all(subject), AllOf(Lists(child), Lists(parent)))
        << "a referrer and an index that names it, pushed " << (index_first ? "before" : "after") << " it";
  }
}

CONFORMANCE_TEST(Pushing, CreatesAManifestThatNamesALayerTwice, "oci.subject.push-201"_requirement) {
  const auto subject = push(image());
  const auto layer = oci::Blob::of("application/octet-stream", "named twice " + session().fresh_nonce());
  push(artifact(kSbom).refers_to(subject).with_layers({layer}));
  const auto answer = put(make(artifact(kSbom).refers_to(subject).with_layers({layer, layer})));
  APPLIES_IF(answer, Not(HasStatusClass(4)));  // a registry may have its own rules on what it takes
  EXPECT_THAT(answer, HasStatus(201)) << "a referrer that names one layer twice";
}

CONFORMANCE_TEST_F(ListingReferrers, ListingEntries, AreNotWhatIsTaggedForTheSubject,
                   "oci.referrers.list.subject-matches"_requirement) {
  const auto subject = push(image());
  std::string prefix = subject.digest().text();
  std::ranges::replace(prefix, ':', '-');
  std::vector<std::string> tagged;
  for (const char* suffix : {".sig", ".att", ".sbom"}) {
    const auto lone = make(artifact(kSignature));  // without a subject, as such tools push it
    if (put(lone, {.in = {}, .tag = prefix + suffix}).status == 201) tagged.push_back(lone.manifest.digest.text());
  }
  APPLIES_IF(!tagged.empty(), Holds("manifests under such tags",
                                    "the registry refuses tags such as sha256-....sig, which may be reserved"));
  const auto listing = settled(subject, push(artifact(kSbom).refers_to(subject)));
  for (const auto& digest : tagged) {
    EXPECT_THAT(listing, Not(Lists(digest))) << "a manifest without subject, tagged as one of its signatures";
  }
}

CONFORMANCE_TEST_F(ListingReferrers, Support, ListsWhatHasNoMediaTypeField,
                   "oci.support.subject-list-agree"_requirement) {
  const auto subject = push(image());
  const auto usual = push(artifact(kSbom).refers_to(subject));
  APPLIES_IF(!acknowledgements(usual.response).empty(),
             Holds("a push with OCI-Subject", "the registry acknowledges no subject: no OCI-Subject on a push"));
  settled(subject, usual);
  std::vector<oci::Content> acknowledged;
  for (const auto& recipe : {artifact(kSbom), index({image()}, kSbom)}) {
    const auto content = make(recipe.refers_to(subject).without_media_type());
    const auto answer = put(content);
    if (answer.status == 201 && !acknowledgements(answer).empty()) acknowledged.push_back(content);
  }
  APPLIES_IF(
      !acknowledged.empty(),
      Holds("pushes with OCI-Subject", "no manifest without `mediaType` is acknowledged, which MediaTypeField judges"));
  EXPECT_EVENTUALLY(list_all(subject), ListsEach(acknowledged)) << "acknowledged, without the field `mediaType`";
}

}  // namespace referee::suites
