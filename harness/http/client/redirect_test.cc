// What is sent after a redirect, by status, method and origin.
#include "harness/http/client/redirect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/http/testing/scripted_transport.h"

namespace referee::http {
namespace {

using ::testing::IsEmpty;

Request put() {
  Request request{.method = "PUT", .url = "http://a/v2/x?y", .headers = {}, .body = "body"};
  request.headers.add("Authorization", "Bearer t");
  request.headers.add("Cookie", "c");
  request.headers.add("Content-Type", "text/plain");
  return request;
}

Request get() {
  Request request = put();
  request.method = "GET";
  request.body.clear();
  return request;
}

class FollowedStatus : public testing::TestWithParam<int> {};
TEST_P(FollowedStatus, KeepsMethodAndBody) {
  const auto next = redirected(put(), answer(GetParam(), {{"Location", "/z"}}));
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->url, "http://a/z");
  EXPECT_EQ(next->method, "PUT");
  EXPECT_EQ(next->body, "body");
  EXPECT_EQ(next->headers.lines(), put().headers.lines());
}
INSTANTIATE_TEST_SUITE_P(Statuses, FollowedStatus, testing::Values(301, 302, 307, 308));

TEST(SeeOther, BecomesAGetWithoutBody) {
  const auto next = redirected(put(), answer(303, {{"Location", "z"}}));
  ASSERT_TRUE(next.has_value());
  EXPECT_EQ(next->method, "GET");
  EXPECT_EQ(next->url, "http://a/v2/z");
  EXPECT_THAT(next->body, IsEmpty());
  EXPECT_FALSE(next->headers.has("Content-Type"));
}

TEST(SeeOther, KeepsHead) {
  Request head = get();
  head.method = "HEAD";
  EXPECT_EQ(redirected(head, answer(303, {{"Location", "z"}}))->method, "HEAD");
}

class OtherOrigin : public testing::TestWithParam<const char*> {};
TEST_P(OtherOrigin, GetsNoCredentials) {
  const auto next = redirected(get(), answer(302, {{"Location", GetParam()}}));
  ASSERT_TRUE(next.has_value());
  EXPECT_FALSE(next->headers.has("Authorization"));
  EXPECT_FALSE(next->headers.has("Cookie"));
  EXPECT_TRUE(next->headers.has("Content-Type"));
}
INSTANTIATE_TEST_SUITE_P(Urls, OtherOrigin, testing::Values("http://b/", "https://a/", "http://a:81/", "//b/x"));

TEST(OtherRedirects, AreNotFollowed) {
  for (const int status : {200, 201, 300, 304, 305, 306, 400}) {
    EXPECT_FALSE(redirected(get(), answer(status, {{"Location", "/z"}})).has_value()) << status;
  }
  EXPECT_FALSE(redirected(get(), answer(302)).has_value());
  EXPECT_FALSE(redirected(get(), answer(302, {{"Location", ""}})).has_value());
  EXPECT_FALSE(redirected(get(), answer(302, {{"Location", "ftp://a/"}})).has_value());
}

}  // namespace
}  // namespace referee::http
