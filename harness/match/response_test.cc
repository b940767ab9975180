// Tests of the matchers on answers: what they match, and the texts that findings show.
#include "harness/match/response.h"

#include "harness/match/matching_for_tests.h"

namespace referee::match {
namespace {

using engine::Listing;
using engine::Page;
using http::Response;
using testing::Not;

Response answer(int status, const http::Headers& headers = {}, const std::string& body = "") {
  Response response;
  response.status = status;
  response.headers = headers;
  response.body = body;
  return response;
}

TEST(HasStatus, ComparesExactly) {
  EXPECT_THAT(answer(201), HasStatus(201));
  EXPECT_THAT(answer(202), Not(HasStatus(201)));
  EXPECT_EQ(description<Response>(HasStatus(201)), "has status 201");
  EXPECT_EQ(negation_of<Response>(HasStatus(201)), "has a status other than 201");
  EXPECT_EQ(explanation(HasStatus(201), answer(202)), "whose status is 202");
}

TEST(HasAnyStatusOf, ComparesWithEach) {
  EXPECT_THAT(answer(404), HasAnyStatusOf({404, 400}));
  EXPECT_THAT(answer(500), Not(HasAnyStatusOf({404, 400})));
  EXPECT_EQ(description<Response>(HasAnyStatusOf({404, 400})), "has status one of 404, 400");
  EXPECT_EQ(negation_of<Response>(HasAnyStatusOf({404, 400})), "has a status other than one of 404, 400");
  EXPECT_EQ(explanation(HasAnyStatusOf({404, 400}), answer(500)), "whose status is 500");
}

TEST(HasStatusClass, TakesAHundredStatuses) {
  EXPECT_THAT(answer(400), HasStatusClass(4));
  EXPECT_THAT(answer(499), HasStatusClass(4));
  EXPECT_THAT(answer(500), Not(HasStatusClass(4)));
  EXPECT_EQ(description<Response>(HasStatusClass(4)), "has a status within 4xx");
  EXPECT_EQ(negation_of<Response>(HasStatusClass(4)), "has a status outside 4xx");
  EXPECT_EQ(explanation(HasStatusClass(4), answer(500)), "whose status is 500");
}

TEST(HasStatus, LooksAtTheFirstPageOfAList) {
  const Page page{.response = answer(200)};
  EXPECT_THAT(page, HasStatus(200));
  EXPECT_THAT((Listing{.pages = {page, Page{.response = answer(500)}}}), HasStatus(200));
}

TEST(HasHeader, FindsALineWhateverItsValueAndCase) {
  EXPECT_THAT(answer(200, {{"link", ""}}), HasHeader("Link"));
  EXPECT_THAT(answer(200), Not(HasHeader("Link")));
  EXPECT_EQ(description<Response>(HasHeader("Link")), "has a header Link");
  EXPECT_EQ(negation_of<Response>(HasHeader("Link")), "has no header Link");
  EXPECT_EQ(explanation(HasHeader("Link"), answer(200)), "which has no header Link");
  EXPECT_EQ(explanation(HasHeader("Link"), answer(200, {{"Link", "</a>"}, {"Link", "</b>"}})),
            R"(which has "Link: </a>" and "Link: </b>")");
}

TEST(HasHeader, WantsExactlyOneLineOfThatValue) {
  EXPECT_THAT(answer(200, {{"Allow", "GET"}}), HasHeader("Allow", "GET"));
  EXPECT_THAT(answer(200, {{"Allow", "get"}}), Not(HasHeader("Allow", "GET")));
  EXPECT_THAT(answer(200, {{"Allow", "GET"}, {"Allow", "GET"}}), Not(HasHeader("Allow", "GET")));
  EXPECT_EQ(description<Response>(HasHeader("Allow", "GET")), R"(has exactly one header "Allow: GET")");
  EXPECT_EQ(negation_of<Response>(HasHeader("Allow", "GET")), R"(does not have exactly one header "Allow: GET")");
  EXPECT_EQ(explanation(HasHeader("Allow", "GET"), answer(200)), "which has no header Allow");
  EXPECT_EQ(explanation(HasHeader("Allow", "GET"), answer(200, {{"Allow", "PUT"}})), R"(which has "Allow: PUT")");
}

TEST(HasBody, ComparesBytesAndSaysWhereTheyDiffer) {
  EXPECT_THAT(answer(200, {}, "abc"), HasBody("abc"));
  EXPECT_THAT(answer(200, {}, "abd"), Not(HasBody("abc")));
  EXPECT_EQ(description<Response>(HasBody("abc")), R"(has the body of 3 bytes: "abc")");
  EXPECT_EQ(negation_of<Response>(HasBody("abc")), R"(has a body other than 3 bytes: "abc")");
  EXPECT_EQ(explanation(HasBody("abc"), answer(200, {}, "abd")), "whose body of 3 bytes differs from byte 2");
  EXPECT_EQ(explanation(HasBody("abc"), answer(200, {}, "ab")), "whose body of 2 bytes differs from byte 2");
  EXPECT_EQ(explanation(HasBody("abc"), answer(200, {}, "abc")), "");
}

TEST(IsServedAs, LeavesParametersAndCaseAside) {
  const auto typed = [](const std::string& type) { return answer(200, {{"Content-Type", type}}); };
  EXPECT_THAT(typed("Text/Plain ; charset=utf-8"), IsServedAs("text/plain"));
  EXPECT_THAT(typed("text/plain2"), Not(IsServedAs("text/plain")));
  EXPECT_THAT(answer(200), Not(IsServedAs("text/plain")));
  EXPECT_EQ(description<Response>(IsServedAs("text/plain")), "is served as text/plain");
  EXPECT_EQ(negation_of<Response>(IsServedAs("text/plain")), "is not served as text/plain");
  EXPECT_EQ(explanation(IsServedAs("text/plain"), typed("a/b; c")), R"(whose Content-Type is "a/b; c")");
  EXPECT_EQ(explanation(IsServedAs("text/plain"), answer(200)), "which has no Content-Type");
}

TEST(WithoutParameters, IsTheTypeInLowerCase) {
  EXPECT_EQ(without_parameters("Application/JSON \t; a=b; c"), "application/json");
  EXPECT_EQ(without_parameters("text/html"), "text/html");
  EXPECT_EQ(without_parameters(""), "");
  EXPECT_EQ(media_type_of(answer(200, {{"Content-Type", "text/html;x"}})), "text/html");
  EXPECT_EQ(media_type_of(answer(200)), "");
}

}  // namespace
}  // namespace referee::match
