// Blobs and manifests describe themselves by what they hold.
#include "harness/oci/content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/oci/names.h"

namespace referee::oci {
namespace {

TEST(BlobOf, DescribesItsBytes) {
  const Blob blob = Blob::of("text/plain", "hello");
  EXPECT_EQ(blob.descriptor(), (Descriptor{"text/plain", Digest::of("hello"), 5}));
}

TEST(BlobOf, TakesTheAlgorithmAskedFor) {
  EXPECT_EQ(Blob::of("text/plain", "hello", Algorithm::kSha512).digest.algorithm(), "sha512");
}

TEST(ManifestOf, DescribesItsBytesWithEmbeddedNulBytes) {
  const Manifest manifest = Manifest::of(std::string(kImageManifest), std::string("{}\0\0", 4));
  EXPECT_EQ(manifest.descriptor().size, 4);
  EXPECT_EQ(manifest.descriptor().media_type, kImageManifest);
  EXPECT_EQ(manifest.descriptor().digest, Digest::of(std::string_view("{}\0\0", 4)));
}

TEST(Descriptors, DifferInEachOfTheirParts) {
  const Descriptor one = Blob::of("a/b", "x").descriptor();
  EXPECT_NE(one, Blob::of("a/c", "x").descriptor());
  EXPECT_NE(one, Blob::of("a/b", "y").descriptor());
  Descriptor longer = one;
  longer.size += 1;
  EXPECT_NE(one, longer);
}

}  // namespace
}  // namespace referee::oci
