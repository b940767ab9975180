// The artifactType of an entry: OCI distribution-spec, "Listing Referrers"; GET of the list.
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

const ArtifactType kNone("");

MATCHER_P(ShowsType, type,
          (negation ? "does not show the artifactType " : "shows the artifactType ") + std::string(type)) {
  *result_listener << (arg.artifact_type ? "which shows " + *arg.artifact_type : "which shows none");
  return arg.artifact_type && *arg.artifact_type == type;
}

class ListingArtifactType : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// The entry of a document that a registry may refuse for its empty artifactType.
  engine::Entry entry_if_taken(const Pushed& subject, const Document& document) const {
    const auto content = make(document.refers_to(subject));
    auto answer = put(content);
    APPLIES_IF(answer, Not(HasStatusClass(4)));
    GIVEN_THAT(answer, HasStatus(201));
    return entry(subject, Pushed{content, repository(), "", std::move(answer)});
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, IsThatOfTheManifest,
                   "oci.referrers.list.artifacttype-explicit"_requirement) {
  const auto subject = push(image());
  EXPECT_THAT(entry(subject, push(artifact(kSbom).refers_to(subject))), ShowsType(kSbom.text));
}

CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, PrefersTheManifestOverTheConfig,
                   "oci.referrers.list.artifacttype-over-config"_requirement) {
  const auto subject = push(image());
  const auto both = push(config_artifact(kExampleConfig).with_artifact_type(kSbom).refers_to(subject));
  EXPECT_THAT(entry(subject, both), ShowsType(kSbom.text));
}

CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, FallsBackToTheConfigMediaType,
                   "oci.referrers.list.artifacttype-config-fallback"_requirement) {
  const auto subject = push(image());
  const auto custom = push(config_artifact(kExampleConfig).refers_to(subject));
  const auto plain = push(image().refers_to(subject));
  EXPECT_THAT(entry(subject, custom), ShowsType(kExampleConfig.text));
  EXPECT_THAT(entry(subject, plain), ShowsType(oci::kImageConfig));
}

CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, FallsBackToTheConfigForAnEmptyString,
                   "oci.referrers.list.artifacttype-empty-string"_requirement) {
  const auto subject = push(image());
  const auto listed = entry_if_taken(subject, config_artifact(kExampleConfig).with_artifact_type(kNone));
  EXPECT_THAT(listed, ShowsType(kExampleConfig.text));
}

CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, IsThatOfTheIndex,
                   "oci.referrers.list.artifacttype-index"_requirement) {
  const auto subject = push(image());
  EXPECT_THAT(entry(subject, push(index({image()}, kSbom).refers_to(subject))), ShowsType(kSbom.text));
}

CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, IsOmittedForAnIndexWithoutOne,
                   "oci.referrers.list.artifacttype-index-omitted"_requirement) {
  const auto subject = push(image());
  EXPECT_THAT(entry(subject, push(index({image()}).refers_to(subject))), Not(HasKey("artifactType")));
}

// A member that indexes do not have is nothing that their entry could take a type from.
CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, IsOmittedForAnIndexWithAStrayConfig,
                   "oci.referrers.list.artifacttype-index-omitted"_requirement) {
  const auto subject = push(image());
  const auto& blob = content::empty_blob();
  const nlohmann::json config = {
      {"mediaType", kExampleConfig.text}, {"digest", blob.digest.text()}, {"size", blob.bytes.size()}};
  const auto listed = entry_if_taken(subject, index({image()}).with("config", config).pushed_with(blob));
  EXPECT_THAT(listed, Not(HasKey("artifactType")));
}

CONFORMANCE_TEST_F(ListingArtifactType, ListingArtifactType, IsOmittedForAnIndexWithAnEmptyOne,
                   "oci.referrers.list.artifacttype-index-omitted"_requirement) {
  const auto subject = push(image());
  EXPECT_THAT(entry_if_taken(subject, index({image()}, kNone)), Not(HasKey("artifactType")));
}

}  // namespace referee::suites
