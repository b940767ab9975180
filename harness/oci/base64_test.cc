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

}  // namespace
}  // namespace referee::oci
