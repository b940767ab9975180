// gMock matchers on answers: status, headers, body. They take a Response, a Page or a Listing (its first page).
//
//   EXPECT_THAT(response, HasStatus(201));
//   EXPECT_THAT(page, AllOf(HasStatus(200), HasHeader("Content-Type", oci::kImageIndex)));
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/listing.h"

namespace referee::match {

using ::testing::MatchResultListener;

namespace internal {
std::string text_of_statuses(const std::vector<int>& statuses);
void explain_status(const http::Response& response, MatchResultListener* listener);
bool explain_header(const http::Response& response, const std::string& name, const std::string& value,
                    MatchResultListener* listener);
bool explain_present(const http::Response& response, const std::string& name, MatchResultListener* listener);
bool explain_body(const http::Response& response, const std::string& bytes, MatchResultListener* listener);
bool explain_type(const http::Response& response, const std::string& type, MatchResultListener* listener);
}  // namespace internal

/// A Content-Type without its parameters, in lower case (RFC 9110, section 8.3.1).
std::string without_parameters(std::string_view content_type);
/// The same of an answer; empty if it has no Content-Type.
std::string media_type_of(const http::Response& response);

/// The status is one of those.
MATCHER_P(HasStatusIn, statuses,
          (negation ? "has a status other than " : "has status ") + internal::text_of_statuses(statuses)) {
  const http::Response& response = engine::response_of(arg);
  internal::explain_status(response, result_listener);
  return std::ranges::find(statuses, response.status) != statuses.end();
}

/// The status is exactly that.
inline auto HasStatus(int status) { return HasStatusIn(std::vector<int>{status}); }
inline auto HasAnyStatusOf(std::initializer_list<int> statuses) { return HasStatusIn(std::vector<int>(statuses)); }

/// The status is of that hundred: HasStatusClass(4).
MATCHER_P(HasStatusClass, hundred,
          std::string(negation ? "has a status outside " : "has a status within ") + std::to_string(hundred) + "xx") {
  const http::Response& response = engine::response_of(arg);
  internal::explain_status(response, result_listener);
  return response.status / 100 == hundred;
}

/// A header line of that name exists, with any value.
MATCHER_P(HasHeader, name, std::string(negation ? "has no header " : "has a header ") + std::string(name)) {
  return internal::explain_present(engine::response_of(arg), std::string(name), result_listener);
}

/// Exactly one header line of that name exists, and its value is that.
MATCHER_P2(HasHeader, name, value,
           std::string(negation ? "does not have exactly one header \"" : "has exactly one header \"") +
               std::string(name) + ": " + std::string(value) + "\"") {
  return internal::explain_header(engine::response_of(arg), std::string(name), std::string(value), result_listener);
}

/// The Content-Type is that one, whatever its parameters and the case of its letters.
MATCHER_P(IsServedAs, media_type,
          std::string(negation ? "is not served as " : "is served as ") + std::string(media_type)) {
  return internal::explain_type(engine::response_of(arg), std::string(media_type), result_listener);
}

/// The body is exactly those bytes; the explanation says where it first differs.
MATCHER_P(HasBody, bytes,
          std::string(negation ? "has a body other than " : "has the body of ") +
              std::to_string(std::string_view(bytes).size()) +
              " bytes: " + ::testing::PrintToString(std::string(bytes).substr(0, 200))) {
  return internal::explain_body(engine::response_of(arg), std::string(bytes), result_listener);
}

}  // namespace referee::match
