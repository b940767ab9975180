// Proxies come from the environment, but never come between the judge and its own machine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "harness/http/testing/raw_server.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// Sets a variable for as long as it lives; tests of one executable run in one thread.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() {
    if (before_.empty()) {
      ::unsetenv(name_);
    } else {
      ::setenv(name_, before_.c_str(), 1);
    }
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string before_;
};

TEST(CurlProxy, IsAskedForOtherHosts) {
  RawServer proxy(RawServer::answering(raw_response("HTTP/1.1 200 OK", "by proxy")));
  const Variable http_proxy("http_proxy", proxy.url());
  const Variable no_proxy("no_proxy", "");
  const Response response = CurlTransport().exchange(
      {.method = "GET", .url = "http://registry.invalid/v2/a/../b", .headers = {}, .body = {}}, {});
  EXPECT_EQ(response.body, "by proxy");
  EXPECT_THAT(proxy.requests(), ElementsAre(StartsWith("GET http://registry.invalid/v2/a/../b HTTP/1.1\r\n")));
}

TEST(CurlProxy, IsPassedByForLoopback) {
  RawServer proxy(RawServer::answering(raw_response("HTTP/1.1 502 Bad Gateway")));
  RawServer server(RawServer::answering(raw_response("HTTP/1.1 200 OK")));
  const Variable http_proxy("http_proxy", proxy.url());
  const Variable no_proxy("no_proxy", "");
  CurlTransport transport;
  for (const std::string host : {"127.0.0.1", "localhost", "LOCALHOST"}) {
    const std::string url = "http://" + host + ":" + std::to_string(server.port()) + "/v2/";
    EXPECT_EQ(transport.exchange({.method = "GET", .url = url, .headers = {}, .body = {}}, {}).status, 200) << host;
  }
  EXPECT_THAT(proxy.requests(), IsEmpty());
}

}  // namespace
}  // namespace referee::http
