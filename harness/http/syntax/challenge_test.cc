// Challenges of RFC 9110, section 11.6.1, and what registries make of them.
#include "harness/http/syntax/challenge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::Pair;
using ::testing::SizeIs;

std::vector<Challenge> challenges_of(const std::string& line) { return read_challenges({{"WWW-Authenticate", line}}); }

TEST(ReadChallenges, ReadsABearerChallenge) {
  const auto all = challenges_of(R"(Bearer realm="https://h/token",service="s", scope="repository:a/b:pull,push")");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].scheme, "bearer");
  EXPECT_THAT(all[0].parameters, ElementsAre(Pair("realm", "https://h/token"), Pair("service", "s"),
                                             Pair("scope", "repository:a/b:pull,push")));
  EXPECT_THAT(all[0].parameter("service"), Optional(std::string("s")));
  EXPECT_EQ(all[0].parameter("error"), std::nullopt);
}

TEST(ReadChallenges, ReadsSeveralOfOneLine) {
  const auto all =
      challenges_of(R"(Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple", Negotiate)");
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_THAT(all[0].parameters,
              ElementsAre(Pair("realm", "apps"), Pair("type", "1"), Pair("title", "Login to \"apps\"")));
  EXPECT_EQ(all[1].scheme, "basic");
  EXPECT_THAT(all[1].parameters, ElementsAre(Pair("realm", "simple")));
  EXPECT_EQ(all[2].scheme, "negotiate");
}

TEST(ReadChallenges, ReadsSeveralLines) {
  const auto all = read_challenges({{"www-authenticate", "Basic realm=x"}, {"WWW-Authenticate", "Bearer realm=\"y\""}});
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[1].scheme, "bearer");
}

TEST(ReadChallenges, TakesValuesWithoutQuotes) {
  const auto all = challenges_of("Bearer realm=https://h/token?x=y,service=registry.example,scope=repository:a:pull");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].parameter("realm"), Optional(std::string("https://h/token?x=y")));
  EXPECT_THAT(all[0].parameter("scope"), Optional(std::string("repository:a:pull")));
}

TEST(ReadChallenges, TakesBlanksAroundEqualsAndEmptyElements) {
  const auto all = challenges_of(", ,Bearer REALM = \"x\" , , service =y ,");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].parameters, ElementsAre(Pair("realm", "x"), Pair("service", "y")));
}

TEST(ReadChallenges, TellsAToken68FromAParameter) {
  const auto all = challenges_of("Negotiate abc/+def==, Basic realm=x, NTLM TlRMTVN=");
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].token68, "abc/+def==");
  EXPECT_EQ(all[2].token68, "TlRMTVN=");
}

TEST(ReadChallenges, TakesAnEmptyQuotedValue) {
  EXPECT_THAT(challenges_of("Basic realm=\"\"").at(0).parameter("realm"), Optional(std::string()));
}

class Nonsense : public testing::TestWithParam<const char*> {};
TEST_P(Nonsense, HasNoChallengeWithARealm) {
  for (const Challenge& challenge : challenges_of(GetParam())) EXPECT_EQ(challenge.parameter("realm"), std::nullopt);
}
INSTANTIATE_TEST_SUITE_P(Lines, Nonsense,
                         testing::Values("", ",,,", "=", "realm=\"x\"", "\"Bearer\" realm=x", "Bearer realm=\"open",
                                         "Bearer realm", "Bearer realm==", "\x01\xff", "Bearer \"realm=x\""));

TEST(ReadChallenges, FindsNoneWithoutTheHeader) { EXPECT_THAT(read_challenges({}), IsEmpty()); }

}  // namespace
}  // namespace referee::http
