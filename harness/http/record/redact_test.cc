// No secret survives recording, and nothing else is touched.
#include "harness/http/record/redact.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/http/record/recording.h"

namespace referee::http {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr const char* kSecret = "hunter2";

class SecretHeader : public testing::TestWithParam<HeaderLine> {};
TEST_P(SecretHeader, LosesItsSecret) {
  const HeaderLine line = redact(GetParam());
  EXPECT_EQ(line.name, GetParam().name);
  EXPECT_THAT(line.value, Not(HasSubstr(kSecret)));
  EXPECT_THAT(line.value, HasSubstr("REDACTED"));
  EXPECT_EQ(redact(line), line) << "a second time";
}
INSTANTIATE_TEST_SUITE_P(
    Lines, SecretHeader,
    testing::Values(HeaderLine{"Authorization", "Bearer hunter2"}, HeaderLine{"authorization", "hunter2"},
                    HeaderLine{"AUTHORIZATION", "Digest a=\"hunter2\", b=hunter2"},
                    HeaderLine{"Proxy-Authorization", "Basic hunter2"}, HeaderLine{"Cookie", "a=hunter2"},
                    HeaderLine{"Set-Cookie", "session=hunter2; Path=/"}, HeaderLine{"X-Auth-Token", "hunter2"},
                    HeaderLine{"X-Subject-Token", "hunter2"}, HeaderLine{"X-Amz-Security-Token", "hunter2"},
                    HeaderLine{"PRIVATE-TOKEN", "hunter2"}, HeaderLine{"X-Api-Key", "hunter2"},
                    HeaderLine{"X-Registry-Auth", "hunter2"}, HeaderLine{"X-My-Secret", "hunter2"},
                    HeaderLine{"Location", "https://s3/b?X-Amz-Signature=hunter2&X-Amz-Expires=60"},
                    HeaderLine{"Location", "/v2/x?a=1&token=hunter2#top"},
                    HeaderLine{"Location", "https://me:hunter2@h/p"},
                    HeaderLine{"Link", "</v2/x?n=1&access_token=hunter2>; rel=\"next\""},
                    HeaderLine{"WWW-Authenticate", "Bearer realm=\"https://u:hunter2@h/token\""}));

class PublicHeader : public testing::TestWithParam<HeaderLine> {};
TEST_P(PublicHeader, StaysAsItIs) { EXPECT_EQ(redact(GetParam()), GetParam()); }
INSTANTIATE_TEST_SUITE_P(
    Lines, PublicHeader,
    testing::Values(HeaderLine{"WWW-Authenticate",
                               R"(Bearer realm="https://h/token",service="s",scope="repository:a:pull")"},
                    HeaderLine{"Link", "</v2/r/referrers/sha256:ab?artifactType=a%2Fb&last=x>; rel=\"next\""},
                    HeaderLine{"Location", "/v2/r/blobs/uploads/1?_state=abc&digest=sha256:00"},
                    HeaderLine{"Content-Type", "application/json; charset=utf-8"},
                    HeaderLine{"OCI-Subject", "sha256:ab"}, HeaderLine{"Docker-Content-Digest", "sha256:ab"},
                    HeaderLine{"Location", "//h/p/a@b"}));

class SecretParameter : public testing::TestWithParam<const char*> {};
TEST_P(SecretParameter, IsReplacedInAnyPlace) {
  const std::string pair = std::string(GetParam()) + "=hunter2%2B/=";
  for (const std::string& text : {"http://h/p?" + pair, "http://h/p?a=b&" + pair + "&c=d", "/p?a;" + pair,
                                  "cannot get <http://h?" + pair + "> today"}) {
    EXPECT_THAT(redact_urls(text), Not(HasSubstr(kSecret))) << text;
  }
  EXPECT_THAT(redact_urls("http://h/p?" + pair + "&c=d"), HasSubstr("&c=d"));
}
INSTANTIATE_TEST_SUITE_P(Names, SecretParameter,
                         testing::Values("X-Amz-Signature", "x-amz-signature", "X-Amz-Credential",
                                         "X-Amz-Security-Token", "X-Goog-Signature", "sig", "Signature", "Policy",
                                         "token", "access_token", "refresh_token", "password", "X%2DAmz%2DSignature"));

TEST(RedactedParameters, StayApartAndMeetAgain) {
  const std::string one = redact_urls("/v2/x?token=page-one");
  EXPECT_NE(one, redact_urls("/v2/x?token=page-two"));
  EXPECT_EQ(one, redact_urls("/v2/x?token=page-one"));
  EXPECT_EQ(one, redact_urls(one));
  EXPECT_EQ(redact_urls("/x?password=a"), redact_urls("/x?password=b"));
}

TEST(RedactedParameters, AreNotMistakenForOthers) {
  for (const char* text : {"/v2/x?nexttoken=1", "/v2/token=abc/x", "/x?tokens=1", "/x?token=", "token=plain text"}) {
    EXPECT_EQ(redact_urls(text), text);
  }
}

TEST(RedactedUserInformation, GoesWithThePasswordAndTheName) {
  EXPECT_EQ(redact_urls("https://user:hunter2@host:5000/v2/"), "https://REDACTED@host:5000/v2/");
  EXPECT_EQ(redact_urls("https://hunter2@host"), "https://REDACTED@host");
  EXPECT_EQ(redact_urls("https://a:p@ss@host/x@y and http://b:c@d"), "https://REDACTED@host/x@y and http://REDACTED@d");
}

TEST(RedactedUserInformation, IsFoundWhereASecretWithASlashHidIt) {
  const std::string once = redact_urls("//me@[&secret=sq/qe&:hunter2@host");
  EXPECT_THAT(once, Not(HasSubstr(kSecret)));
  EXPECT_EQ(redact_urls(once), once);
  EXPECT_EQ(redact_urls("//me:hunter2&token=x@host"), "//REDACTED@host");
}

TEST(RedactedTokenBody, LosesTokensAndKeepsTheRest) {
  const std::string json =
      redact_token_body(R"({"token":"hunter2","access_token":"hunter2","refresh_token":"hunter2","expires_in":300})");
  EXPECT_THAT(json, Not(HasSubstr(kSecret)));
  EXPECT_THAT(json, HasSubstr("\"expires_in\":300"));
  EXPECT_THAT(redact_token_body(R"([{"data":{"token":"hunter2"}}])"), Not(HasSubstr(kSecret)));
}

TEST(RedactedTokenBody, TakesFormsToo) {
  const std::string form = redact_token_body("password=hunter2&grant_type=password&refresh_token=hunter2");
  EXPECT_THAT(form, Not(HasSubstr(kSecret)));
  EXPECT_THAT(form, HasSubstr("grant_type=password"));
}

TEST(Recording, KeepsNoSecretAndTheBodyByDigest) {
  BodyStore bodies;
  Request request{.method = "PUT", .url = "http://u:hunter2@h/v2/?sig=hunter2", .headers = {}, .body = "x"};
  request.headers.add("Authorization", "Bearer hunter2");
  const RecordedRequest kept = record(request, bodies);
  EXPECT_THAT(kept.url + kept.headers.at(0).value, Not(HasSubstr(kSecret)));
  EXPECT_EQ(bodies.find(kept.body_digest)->bytes, "x");
  EXPECT_THAT(record(Response{}, bodies).body_digest, IsEmpty());
}

TEST(Recording, CutsTheHeadOfAnAnswerOnceThereIsEnough) {
  BodyStore bodies({.of_long_ones = 60'000});
  Response response;
  response.reason = std::string(1000, 'r');
  response.headers.add(std::string(100, 'n'), std::string(30'000, 'x'));
  for (int i = 0; i < 100; ++i) response.headers.add("X-Many", "x");
  EXPECT_EQ(record(response, bodies).headers.size(), 101u);
  const auto cut = record(response, bodies);
  EXPECT_EQ(cut.reason, std::string(64, 'r') + "... (cut)");
  EXPECT_EQ(cut.headers.size(), 16u);
  EXPECT_EQ(cut.headers.front().name, std::string(64, 'n') + "... (cut)");
  EXPECT_EQ(cut.headers.front().value, std::string(64, 'x') + "... (cut)");
  EXPECT_LT(cut.headers.front().value.capacity(), 200u);  // what is cut off takes no memory
  EXPECT_FALSE(cut.whole);
  EXPECT_TRUE(record(Response{.reason = "short", .headers = {}}, bodies).whole);
  Response lines;
  for (int i = 0; i < 2000; ++i) lines.headers.add("X-Many", "short");
  EXPECT_FALSE(record(lines, bodies).whole) << "lines are missing";
}

TEST(Recording, CutsAUrlOnceThereIsEnough) {
  BodyStore bodies({.of_long_ones = 10'000});
  const Request request{.method = "GET", .url = "http://h/" + std::string(6000, 'u'), .headers = {}, .body = {}};
  EXPECT_EQ(record(request, bodies).url, request.url);
  EXPECT_TRUE(record(Request{.method = "GET", .url = "http://h/", .headers = {}, .body = {}}, bodies).whole);
  const auto cut = record(request, bodies);
  EXPECT_FALSE(cut.whole);
  EXPECT_EQ(cut.url, "http://h/" + std::string(55, 'u') + "... (cut)");
  EXPECT_LT(cut.url.capacity(), 200u);
}

TEST(Recording, RedactsBodiesOfTokenServicesOnly) {
  BodyStore bodies;
  Response response;
  response.body = R"({"token":"hunter2"})";
  EXPECT_EQ(bodies.find(record(response, bodies).body_digest)->bytes, response.body);
  const auto kept = record(response, bodies, Peer::kTokenService);
  EXPECT_THAT(bodies.find(kept.body_digest)->bytes, Not(HasSubstr(kSecret)));
}

}  // namespace
}  // namespace referee::http
