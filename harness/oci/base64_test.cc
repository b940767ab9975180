// Base64 as RFC 4648 shows it in section 10.
#include "harness/oci/base64.h"

#include <gtest/gtest.h>

namespace referee::oci {
namespace {

TEST(Base64Of, AgreesWithTheStandard) {
  EXPECT_EQ(base64_of(""), "");
  EXPECT_EQ(base64_of("f"), "Zg==");
  EXPECT_EQ(base64_of("fo"), "Zm8=");
  EXPECT_EQ(base64_of("foo"), "Zm9v");
  EXPECT_EQ(base64_of("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64_of(std::string_view("\0\xFF\xFB", 3)), "AP/7");
}

TEST(BytesOfBase64, AgreesWithTheStandard) {
  for (const std::string bytes : {"", "f", "fo", "foo", "foobar"}) EXPECT_EQ(bytes_of_base64(base64_of(bytes)), bytes);
  EXPECT_EQ(bytes_of_base64("AP/7"), std::string("\0\xFF\xFB", 3));
}

TEST(BytesOfBase64, UndoesWhatIsLongerThanABlock) {
  std::string bytes(10'000'001, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7919 >> 3);
  EXPECT_TRUE(bytes_of_base64(base64_of(bytes)) == bytes);  // no EXPECT_EQ: no one wants to read the difference
}

TEST(BytesOfBase64, TakesNothingElse) {
  for (const auto* text : {"Z", "Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9\n", "Zm9-", "Zm 9v"}) {
    EXPECT_FALSE(bytes_of_base64(text)) << text;
  }
}

}  // namespace
}  // namespace referee::oci
