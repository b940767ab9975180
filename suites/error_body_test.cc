// Tests of error bodies: their form, their codes, and the lists of codes.
#include "suites/error_body.h"

#include <nlohmann/json.hpp>

namespace referee::suites {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::StringMatchResultListener;

std::string explained(const testing::Matcher<const json&>& matcher, const json& body) {
  StringMatchResultListener listener;
  matcher.MatchAndExplain(body, &listener);
  return listener.str();
}

TEST(JsonType, IsTakenWithParametersAndInAnyCase) {
  for (const char* type : {"application/json", "application/json; charset=utf-8", "Application/JSON ;x",
                           "application/vnd.example.error.v1+json"}) {
    EXPECT_TRUE(is_json_type(type)) << type;
  }
  for (const char* type : {"", "text/plain", "application/jsonp", "text/html; a=application/json"}) {
    EXPECT_FALSE(is_json_type(type)) << type;
  }
}

TEST(ErrorForm, IsAnObjectWithCodedErrors) {
  EXPECT_THAT(json::parse(R"({"errors":[{"code":"DENIED"},{"code":7,"message":"no"}]})"), HasTheErrorForm());
}

TEST(ErrorForm, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> faults[] = {
      {"[]", "it is not a JSON object"},
      {"null", "it is not a JSON object"},
      {"{}", "it has no array `errors` with entries"},
      {R"({"errors":{}})", "it has no array `errors` with entries"},
      {R"({"errors":[]})", "it has no array `errors` with entries"},
      {R"({"errors":["DENIED"]})", "an entry of `errors` is not an object"},
      {R"({"errors":[{"message":"no"}]})", "an entry of `errors` has no `code`"},
      {R"({"errors":[{"code":"DENIED","message":1}]})", "a `message` is not a string"}};
  for (const auto& [body, fault] : faults) {
    EXPECT_THAT(json::parse(body), Not(HasTheErrorForm())) << body;
    EXPECT_EQ(explained(HasTheErrorForm(), json::parse(body)), fault) << body;
  }
}

TEST(ErrorCodes, AreTheTextsAmongThem) {
  EXPECT_THAT(error_codes(json::parse(R"({"errors":[{"code":"A"},{"code":1},"B",{"code":"C"}]})")),
              ElementsAre("A", "C"));
  EXPECT_THAT(error_codes(json::parse(R"(["A"])")), IsEmpty());
  EXPECT_THAT(error_codes(json::parse(R"({"errors":"A"})")), IsEmpty());
}

TEST(ErrorCodes, AreReadFromAnAnswer) {
  http::Response answer;
  answer.body = R"({"errors":[{"code":"DENIED"}]})";
  EXPECT_THAT(error_codes(answer), ElementsAre("DENIED"));
  answer.body = "denied";
  EXPECT_THAT(error_codes(answer), IsEmpty());
}

TEST(Codes, AreRegisteredOrLegacyOrNeither) {
  EXPECT_THAT(std::string("MANIFEST_BLOB_UNKNOWN"), IsARegisteredCode());
  EXPECT_THAT(std::string("MANIFEST_BLOB_UNKNOWN"), Not(IsALegacyCode()));
  EXPECT_THAT(std::string("TAG_INVALID"), Not(IsARegisteredCode()));
  EXPECT_THAT(std::string("TAG_INVALID"), IsALegacyCode());
  EXPECT_THAT(std::string("denied"), Not(IsARegisteredCode()));
}

}  // namespace
}  // namespace referee::suites
