// How a manifest with a subject may be written: OCI distribution-spec, "Pushing Manifests";
// PUT /v2/<name>/manifests/<reference>.
#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

constexpr const char* kWithParameter = "application/vnd.oci.image.manifest.v1+json; charset=utf-8";

}  // namespace

CONFORMANCE_TEST(ContentTypeParameters, AreAccepted, "oci.subject.content-type-params"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto referrer = make(artifact(kSbom).refers_to(subject));

  EXPECT_THAT(
      put_manifest(referrer.manifest, referrer.manifest.digest, repository(), {{"Content-Type", kWithParameter}}),
      HasStatus(201));
}

CONFORMANCE_TEST(ContentTypeParameters, AreIgnored, "oci.subject.content-type-params"_requirement) {
  needs(Gate::kReferrers);
  const auto subject = push(image());
  const auto usual = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(usual));
  GIVEN_THAT(entry_of(referrers_of(subject), usual).media_type, The("mediaType", Optional(StrEq(oci::kImageManifest))));
  const auto referrer = make(artifact(kSbom).refers_to(subject));
  const auto answer =
      put_manifest(referrer.manifest, referrer.manifest.digest, repository(), {{"Content-Type", kWithParameter}});
  GIVEN_THAT(answer, HasStatus(201));

  if (is_acknowledged(usual)) {
    EXPECT_THAT(answer, HasHeader(oci::kSubjectHeader));
  }
  const auto listing = eventually([&] { return list_all(subject); }, Lists(referrer));
  ASSERT_THAT(listing, Lists(referrer));
  // Parameters are a matter of SHOULD on both sides: a registry may keep the type as it was sent, and say so.
  EXPECT_THAT(entry_of(listing, referrer).media_type, The("mediaType", Optional(StrEq(oci::kImageManifest))));
}

CONFORMANCE_TEST(MediaTypeField, IsNotNeededInAnImage, "oci.subject.no-mediatype-field"_requirement) {
  const auto subject = push(image());
  const auto usual = push(artifact(kSbom).refers_to(subject));
  const auto referrer = make(artifact(kSbom).refers_to(subject).without_media_type());
  const auto answer = put(referrer);
  ASSERT_THAT(answer, HasStatus(201));
  if (!met(Gate::kReferrers)) return;
  if (is_acknowledged(usual)) {
    EXPECT_THAT(answer, HasHeader(oci::kSubjectHeader));
  }

  GIVEN_EVENTUALLY(list_all(subject), Lists(usual));
  GIVEN_THAT(entry_of(referrers_of(subject), usual).media_type, The("mediaType", Optional(StrEq(oci::kImageManifest))));
  const auto listing = eventually([&] { return list_all(subject); }, Lists(referrer));
  ASSERT_THAT(listing, Lists(referrer));
  EXPECT_THAT(entry_of(listing, referrer).media_type, The("mediaType", Optional(StrEq(oci::kImageManifest))));
}

CONFORMANCE_TEST(MediaTypeField, IsNotNeededInAnIndex, "oci.subject.no-mediatype-field"_requirement) {
  const auto subject = push(image());
  const auto usual = push(index({image()}, kSbom).refers_to(subject));
  const auto referrer = make(index({image()}).refers_to(subject).without_media_type());
  const auto answer = put(referrer);
  ASSERT_THAT(answer, HasStatus(201));
  if (!met(Gate::kReferrers)) return;
  if (is_acknowledged(usual)) {
    EXPECT_THAT(answer, HasHeader(oci::kSubjectHeader));
  }

  GIVEN_EVENTUALLY(list_all(subject), Lists(usual));
  GIVEN_THAT(entry_of(referrers_of(subject), usual).media_type, The("mediaType", Optional(StrEq(oci::kImageIndex))));
  const auto listing = eventually([&] { return list_all(subject); }, Lists(referrer));
  ASSERT_THAT(listing, Lists(referrer));
  EXPECT_THAT(entry_of(listing, referrer).media_type, The("mediaType", Optional(StrEq(oci::kImageIndex))));
}

CONFORMANCE_TEST(Layers, MayBeEmpty, "oci.subject.layers-empty"_requirement) {
  const auto subject = push(image());
  const auto usual = push(artifact(kSbom).refers_to(subject));
  const auto referrer = make(artifact(kSbom).refers_to(subject).with_layers({}));
  ASSERT_THAT(put(referrer), HasStatus(201));
  if (!met(Gate::kReferrers)) return;

  GIVEN_EVENTUALLY(list_all(subject), Lists(usual));
  EXPECT_EVENTUALLY(list_all(subject), Lists(referrer));
}

}  // namespace referee::suites
