// Tests of the addresses of the sections that rows cite.
#include "harness/spec/source_url.h"

namespace referee::spec {
namespace {

using testing::Eq;

Requirement citing(std::string_view family, std::string_view anchor) {
  Requirement row{};
  row.family = family;
  row.anchor = anchor;
  return row;
}

TEST(SourceUrl, TakesTheFirstOfSeveralSections) {
  EXPECT_THAT(source_url(citing("OCI-dist", "spec.md#push, #definitions (x); image-index.md#c"), Edition::kOci111),
              Eq("https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#push"));
}

TEST(SourceUrl, FollowsTheEdition) {
  const Requirement row = citing("OCI-dist", "spec.md#listing-referrers");
  EXPECT_THAT(source_url(row, Edition::kOci110), testing::HasSubstr("/blob/v1.1.0/"));
  EXPECT_THAT(source_url(row, Edition::kOciMain), testing::HasSubstr("/blob/main/"));
}

TEST(SourceUrl, KeepsUnderscoresAndFolders) {
  EXPECT_THAT(source_url(citing("OCI-dist", "extensions/_oci.md#module-discover"), Edition::kOci111),
              Eq("https://github.com/opencontainers/distribution-spec/blob/v1.1.1/extensions/_oci.md#module-discover"));
}

TEST(SourceUrl, KnowsTheDocumentsOfTheImageSpec) {
  EXPECT_THAT(source_url(citing("OCI-dist", "descriptor.md#sha-256"), Edition::kOci110),
              Eq("https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#sha-256"));
  EXPECT_THAT(source_url(citing("OCI-image", "manifest.md, image-index.md (`subject`)"), Edition::kOciMain),
              Eq("https://github.com/opencontainers/image-spec/blob/main/manifest.md"));
}

TEST(SourceUrl, NamesOrasRevisionsByCommit) {
  const Requirement row = citing("ORAS", "artifact-manifest.md#push-validation; OCI-dist spec.md#pushing-manifests");
  std::vector<std::string> urls;
  for (const Edition edition : all_editions().first(6)) urls.push_back(source_url(row, edition));
  const std::string start = "https://github.com/oras-project/artifacts-spec/blob/";
  const std::string end = "/artifact-manifest.md#push-validation";
  EXPECT_THAT(urls, testing::ElementsAre(start + "364aa04" + end, start + "68f2cef" + end, start + "eecc5d9" + end,
                                         start + "ac46408" + end, start + "9ff738f" + end, start + "eddd1d8" + end));
}

TEST(SourceUrl, LeavesTheArtifactsSpecWhereTheAnchorDoes) {
  EXPECT_THAT(source_url(citing("ORAS", "OCI-dist spec.md#error-codes"), Edition::kOrasRc2),
              Eq("https://github.com/opencontainers/distribution-spec/blob/v1.0.1/spec.md#error-codes"));
}

TEST(SourceUrl, FallsBackToTheRepository) {
  EXPECT_THAT(source_url(citing("ORAS", "somewhere"), Edition::kOrasRc2),
              Eq("https://github.com/oras-project/artifacts-spec"));
  EXPECT_THAT(source_url(citing("OCI-image", ""), Edition::kOci111),
              Eq("https://github.com/opencontainers/image-spec"));
  EXPECT_THAT(source_url(citing("OCI-dist", "spec.md#push"), Edition::kOrasRc1),
              Eq("https://github.com/opencontainers/distribution-spec"));
}

TEST(SourceUrl, FindsADocumentForEveryRow) {
  for (const Requirement& row : all_requirements()) {
    for (const Edition edition : editions_of(RequirementId::named(row.id).value())) {
      EXPECT_THAT(source_url(row, edition), testing::ContainsRegex("/blob/[a-z0-9.]+/[a-z/_-]+\\.md(#[a-z0-9_-]+)?$"))
          << row.id << " in " << name(edition);
    }
  }
}

}  // namespace
}  // namespace referee::spec
