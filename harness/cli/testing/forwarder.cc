#include "harness/cli/testing/forwarder.h"

#include <fmt/format.h>

#include <utility>

namespace referee::cli::testing {
namespace {

http::Request request_of(std::string text) {
  http::Request request;
  const auto end = text.find("\r\n\r\n");
  request.body = text.substr(end + 4);
  text.resize(end + 2);
  const auto first = text.find("\r\n");
  const auto blank = text.find(' ');
  request.method = text.substr(0, blank);
  request.url = text.substr(blank + 1, text.find(' ', blank + 1) - blank - 1);
  for (auto at = first + 2; at < text.size();) {
    const auto line = text.substr(at, text.find("\r\n", at) - at);
    at += line.size() + 2;
    const auto colon = line.find(':');
    const auto value = line.find_first_not_of(' ', colon + 1);
    request.headers.add(line.substr(0, colon), value == std::string::npos ? "" : line.substr(value));
  }
  return request;
}

std::string text_of(const http::Response& response, bool with_body) {
  std::string text = fmt::format("HTTP/1.1 {} {}\r\n", response.status, response.reason);
  for (const auto& line : response.headers.lines()) text += fmt::format("{}: {}\r\n", line.name, line.value);
  if (with_body) text += fmt::format("Content-Length: {}\r\n", response.body.size());
  return text + "\r\n" + (with_body ? response.body : "");
}

}  // namespace

Forwarder::Forwarder(std::string registry, Interference interference)
    : registry_(std::move(registry)),
      interference_(std::move(interference)),
      server_([this](http::RawConnection& client) { serve(client); }) {}

void Forwarder::serve(http::RawConnection& client) {
  for (auto text = client.read_request(); !text.empty(); text = client.read_request()) {
    const auto request = request_of(std::move(text));
    if (interference_.instead && interference_.instead(request, client)) return;
    auto response = forwarded(request);
    if (interference_.change) interference_.change(request, response);
    const bool with_body = request.method != "HEAD" && response.status != 204 && response.status != 304;
    if (with_body) response.headers.remove("Content-Length");
    if (!client.send(text_of(response, with_body))) return;
  }
}

http::Response Forwarder::forwarded(const http::Request& request) {
  http::Request on = request;
  on.url = registry_ + request.url;
  for (const char* name : {"Host", "Content-Length", "Connection", "Expect"}) on.headers.remove(name);
  auto answered = transport_.exchange(on, {});
  http::Headers headers;
  for (auto line : answered.headers.lines()) {
    if (http::same_name(line.name, "Transfer-Encoding") || http::same_name(line.name, "Connection")) continue;
    for (auto at = line.value.find(registry_); at != std::string::npos; at = line.value.find(registry_)) {
      line.value.replace(at, registry_.size(), url());
    }
    headers.add(line.name, line.value);
  }
  answered.headers = std::move(headers);
  return answered;
}

}  // namespace referee::cli::testing
