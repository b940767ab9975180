#include "harness/match/response.h"

#include <fmt/format.h>

namespace referee::match {

std::string without_parameters(std::string_view content_type) {
  std::string type(content_type.substr(0, content_type.find(';')));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
  std::ranges::transform(type, type.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return type;
}

std::string media_type_of(const http::Response& response) {
  return without_parameters(response.headers.get("Content-Type").value_or(""));
}

namespace internal {

std::string text_of_statuses(const std::vector<int>& statuses) {
  if (statuses.size() == 1) return std::to_string(statuses.front());
  return fmt::format("one of {}", fmt::join(statuses, ", "));
}

void explain_status(const http::Response& response, MatchResultListener* listener) {
  *listener << "whose status is " << response.status;
}

bool explain_header(const http::Response& response, const std::string& name, const std::string& value,
                    MatchResultListener* listener) {
  const auto values = response.headers.all(name);
  if (values.empty()) {
    *listener << "which has no header " << name;
  } else {
    *listener << "which has " << fmt::format("\"{}: {}\"", name, fmt::join(values, fmt::format("\" and \"{}: ", name)));
  }
  return values.size() == 1 && values.front() == value;
}

bool explain_present(const http::Response& response, const std::string& name, MatchResultListener* listener) {
  const auto values = response.headers.all(name);
  if (values.empty()) {
    *listener << "which has no header " << name;
    return false;
  }
  *listener << "which has " << fmt::format("\"{}: {}\"", name, fmt::join(values, fmt::format("\" and \"{}: ", name)));
  return true;
}

bool explain_body(const http::Response& response, const std::string& bytes, MatchResultListener* listener) {
  if (response.body == bytes) return true;
  const auto [sent, wanted] = std::ranges::mismatch(response.body, bytes);
  *listener << "whose body of " << response.body.size() << " bytes differs from byte "
            << (sent - response.body.begin());
  return false;
}

bool explain_type(const http::Response& response, const std::string& type, MatchResultListener* listener) {
  const auto sent = response.headers.get("Content-Type");
  *listener << (sent ? "whose Content-Type is \"" + *sent + '"' : "which has no Content-Type");
  return media_type_of(response) == without_parameters(type);
}

}  // namespace internal
}  // namespace referee::match
