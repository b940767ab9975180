// The members that each entry must have: image-spec descriptor.md, "Properties"; OCI distribution-spec, "Listing
// Referrers"; GET of the list.
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

const ArtifactType kAnotherConfig("application/vnd.example.other.v1+json");

class ListingDescriptors : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;
};

}  // namespace

CONFORMANCE_TEST_F(ListingDescriptors, ListingDescriptors, HaveTypeDigestAndSize,
                   "oci.referrers.list.descriptor-required"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  push(config_artifact(kAnotherConfig).refers_to(subject));
  const auto both = ::testing::Property("entries", &Listing::entries, SizeIs(2));
  const auto entries = eventually([&] { return referrers_of(subject); }, both).entries();
  GIVEN_THAT(entries, The("entry", Not(IsEmpty())));
  EXPECT_THAT(entries, Each(IsDescriptor()));
}

CONFORMANCE_TEST_F(ListingDescriptors, ListingDescriptors, HaveTypeDigestAndSizeForAnIndex,
                   "oci.referrers.list.descriptor-required"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(index({image()}, kSbom).refers_to(subject));
  EXPECT_THAT(entry(subject, referrer), IsDescriptor());
}

CONFORMANCE_TEST_F(ListingDescriptors, ListingDescriptors, HaveOptionalMembersOfTheirTypes,
                   "oci.referrers.list.descriptor-optional"_requirement) {
  const auto subject = push(image());
  const auto artifact_of_type = push(artifact(kSbom).refers_to(subject));
  const auto plain = push(image().refers_to(subject));
  const auto list = push(index({image()}, kSbom).refers_to(subject));
  for (const auto* referrer : {&artifact_of_type, &plain, &list}) {
    EXPECT_THAT(entry(subject, *referrer), HasSoundMembers(referrer->bytes()));
  }
}

CONFORMANCE_TEST_F(ListingDescriptors, ListingDescriptors, GiveTheSizeOfTheManifest,
                   "oci.referrers.list.size-exact"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom)
                                 .refers_to(subject)
                                 .annotated("org.example.umlauts",
                                            "gr\xc3\xbc\xc3\x9f"
                                            "e")
                                 .serialized_as(indented(3))
                                 .serialized_as(with_trailing_newline));
  const auto listed = entry(subject, referrer);
  GIVEN_THAT(listed.size.value_or(0) != 0,
             Holds("an entry with a size", "the entry has no size"));  // oci.referrers.list.descriptor-required
  const auto pulled = pull(referrer);
  GIVEN_THAT(pulled, AllOf(HasStatus(200), HasBody(referrer.bytes())));  // other bytes: oci.manifest.bytes-exact
  EXPECT_THAT(listed.size, The("size", Optional(Eq(static_cast<std::int64_t>(pulled.body.size())))));
}

CONFORMANCE_TEST_F(ListingDescriptors, ListingDescriptors, GiveTheTypeOfAnImage,
                   "oci.referrers.list.mediatype"_requirement) {
  const auto subject = push(index({image()}));  // of another type than its referrer
  const auto listed = entry(subject, push(artifact(kSbom).refers_to(subject)));
  GIVEN_THAT(listed, HasKey("mediaType"));
  EXPECT_THAT(listed.media_type, The("mediaType", Optional(Eq(oci::kImageManifest))));
}

CONFORMANCE_TEST_F(ListingDescriptors, ListingDescriptors, GiveTheTypeOfAnIndex,
                   "oci.referrers.list.mediatype"_requirement) {
  const auto subject = push(image());
  const auto listed = entry(subject, push(index({image()}, kSbom).refers_to(subject)));
  GIVEN_THAT(listed, HasKey("mediaType"));
  EXPECT_THAT(listed.media_type, The("mediaType", Optional(Eq(oci::kImageIndex))));
}

CONFORMANCE_TEST_F(ListingDescriptors, ListingDescriptors, GiveThePlatformOfAnImage,
                   "oci.referrers.list.platform"_requirement) {
  const auto subject = push(image());
  const auto listed = entry(subject, push(image().refers_to(subject)));
  EXPECT_THAT(listed, HasKey("platform"));
  const auto* platform = member_of(listed, "platform");
  if (platform == nullptr) return;
  GIVEN_THAT(platform->is_object(), Holds("a platform that is an object", "the platform is no JSON object"));
  const auto config = nlohmann::json::parse(image_config().bytes);
  for (const auto* key : {"architecture", "os"}) {
    EXPECT_THAT(platform->value(key, nlohmann::json()), The(std::string("platform's ") + key, Eq(config.at(key))))
        << "as the config says";
  }
}

}  // namespace referee::suites
