#include "harness/http/record/secrets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/http/syntax/url.h"
#include "harness/oci/base64.h"

namespace referee::http {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kPassword = "s3cr\"t/phrase+?";

TEST(KnownSecrets, GoOutOfAnyText) {
  Secrets secrets;
  secrets.add(kPassword);
  EXPECT_THAT(secrets.out_of("it is " + kPassword + ", and " + kPassword), Eq("it is REDACTED, and REDACTED"));
  EXPECT_THAT(secrets.out_of(kPassword), Eq("REDACTED"));
  EXPECT_THAT(secrets.out_of(R"({"a":"s3cr\"t/phrase+?"})"), Eq(R"({"a":"REDACTED"})"));
  EXPECT_THAT(secrets.out_of("/v2/?echo=" + percent_encode(kPassword)), Eq("/v2/?echo=REDACTED"));
}

TEST(KnownSecrets, AreFoundInsideBase64AtAnyOffset) {
  Secrets secrets;
  secrets.add(kPassword);
  const std::string core = oci::base64_of(kPassword).substr(4, 12);
  for (const char* before : {"", "a", "ab", "abc", "user:"}) {
    for (const char* after : {"", "x", "xy", "xyz"}) {
      const auto shown = secrets.out_of(oci::base64_of(before + kPassword + after));
      EXPECT_THAT(shown, HasSubstr("REDACTED")) << before << '|' << after;
      const auto rest = oci::bytes_of_base64(shown);
      if (rest) {
        EXPECT_THAT(*rest, Not(HasSubstr(kPassword.substr(2, 8)))) << before << '|' << after;
      }
    }
  }
  EXPECT_THAT(secrets.out_of("eCI_"), Eq("eCI_"));
  EXPECT_THAT(secrets.out_of(core), Eq(core)) << "a part of a secret is not the secret";
}

TEST(KnownSecrets, LeaveOtherTextsAsTheyAre) {
  Secrets secrets;
  EXPECT_THAT(secrets.out_of("anything"), Eq("anything"));
  secrets.add("");
  secrets.add("image");
  EXPECT_THAT(secrets.out_of("an image"), Eq("an image")) << "a short one is a word too";
  secrets.add(kPassword);
  EXPECT_THAT(secrets.out_of("s3cr"), Eq("s3cr"));
  EXPECT_THAT(secrets.out_of(kPassword.substr(1)), Eq(kPassword.substr(1)));
}

TEST(KnownSecrets, TheLongestIsReplaced) {
  Secrets secrets;
  secrets.add("abcdefgh");
  secrets.add("abcdefghijkl");
  EXPECT_THAT(secrets.out_of("abcdefghijkl-abcdefgh"), Eq("REDACTED-REDACTED"));
}

TEST(KnownSecrets, AreTheValuesOfSecretHeaders) {
  Secrets secrets;
  secrets.add(HeaderLine{"Authorization", "Bearer some.long.token"});
  secrets.add(HeaderLine{"X-Api-Key", "key-of-mine"});
  secrets.add(HeaderLine{"Accept", "application/json"});
  EXPECT_THAT(secrets.out_of("some.long.token, key-of-mine, application/json"),
              Eq("REDACTED, REDACTED, application/json"));
}

}  // namespace
}  // namespace referee::http
