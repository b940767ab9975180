// Digests: known sums, the grammar, and verification under the digest's own algorithm.
#include "harness/oci/digest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/oci/names.h"

namespace referee::oci {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(DigestOf, AgreesWithPublishedSums) {
  EXPECT_THAT(Digest::of("").text(), Eq("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  EXPECT_THAT(Digest::of(kEmptyBytes).text(), Eq(kEmptyDigest));
  EXPECT_THAT(Digest::of("abc", Algorithm::kSha512).text(),
              Eq("sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                 "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"));
}

TEST(DigestOf, SumsBytesAndNotCStrings) {
  EXPECT_NE(Digest::of(std::string_view("a\0b", 3)), Digest::of("a"));
  EXPECT_EQ(sha256_hex("abc"), Digest::of("abc").encoded());
}

class LegalDigest : public testing::TestWithParam<std::string> {};
TEST_P(LegalDigest, IsParsedToItself) {
  const auto digest = Digest::parse(GetParam());
  ASSERT_TRUE(digest.has_value()) << GetParam();
  EXPECT_EQ(digest->text(), GetParam());
}
INSTANTIATE_TEST_SUITE_P(Grammar, LegalDigest,
                         testing::Values("sha256:" + std::string(64, 'a'), "sha512:" + std::string(128, '0'),
                                         "multihash+base58:QmRZxt2b1FVZPNqd8hsiykDL3TdBDeTSPX9Kv46HmX4Gx8",
                                         "sha256+b64u:LCa0a2j_xo_5m0U8HTBBNBNCLXBkg7-g-YpeiGJm564=", "a.b_c-d+e:Zz9",
                                         "blake3:" + std::string(64, 'A')));

class IllegalDigest : public testing::TestWithParam<std::string> {};
TEST_P(IllegalDigest, IsRefused) { EXPECT_EQ(Digest::parse(GetParam()), std::nullopt) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(Grammar, IllegalDigest,
                         testing::Values("", "sha256", "sha256:", ":abc", "sha256:baddigeststring",
                                         "sha256:" + std::string(63, 'a'), "sha256:" + std::string(65, 'a'),
                                         "sha256:" + std::string(64, 'A'), "sha256:" + std::string(64, 'g'),
                                         "sha512:" + std::string(64, 'a'), "SHA256:" + std::string(64, 'a'),
                                         "sha256:" + std::string(63, 'a') + "\n", "a++b:c", "+a:b", "a+:b", "a:b c",
                                         "a:b:c", "a:b/c"));

TEST(DigestParts, SplitAtTheFirstColon) {
  const auto digest = Digest::verbatim("sha256:a:b");
  EXPECT_EQ(digest.algorithm(), "sha256");
  EXPECT_EQ(digest.encoded(), "a:b");
  EXPECT_EQ(Digest::verbatim("none").algorithm(), "none");
  EXPECT_EQ(Digest::verbatim("none").encoded(), "");
}

TEST(DigestMatches, VerifiesUnderItsOwnAlgorithm) {
  EXPECT_THAT(Digest::of("abc").matches("abc"), Optional(true));
  EXPECT_THAT(Digest::of("abc").matches("abd"), Optional(false));
  EXPECT_THAT(Digest::of("abc", Algorithm::kSha512).matches("abc"), Optional(true));
  EXPECT_THAT(Digest::verbatim("blake3:00").matches("abc"), Eq(std::nullopt));
}

}  // namespace
}  // namespace referee::oci
