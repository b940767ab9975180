// The network transport against a server that follows a script: what goes out, and what honest answers become.
#include "harness/http/wire/curl_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "harness/http/testing/raw_server.h"

namespace referee::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

Request to(const RawServer& server, const std::string& method = "GET", const std::string& target = "/v2/") {
  return {.method = method, .url = server.url() + target, .headers = {}, .body = {}};
}

std::string ok(std::string_view body = "") { return raw_response("HTTP/1.1 200 OK", body); }

TEST(CurlRequest, HasNoHeaderThatNobodyAskedFor) {
  RawServer server(RawServer::answering(ok()));
  CurlTransport transport;
  Request request = to(server, "GET", "/v2/?n=1");
  request.headers.add("X-One", "1");
  request.headers.add("x-one", "");
  transport.exchange(request, {});
  const std::string host = server.url().substr(7);
  EXPECT_THAT(server.requests(),
              ElementsAre("GET /v2/?n=1 HTTP/1.1\r\nHost: " + host + "\r\nX-One: 1\r\nx-one:\r\n\r\n"));
}

class OddTarget : public testing::TestWithParam<const char*> {};
TEST_P(OddTarget, IsSentAsItIs) {
  RawServer server(RawServer::answering(ok()));
  CurlTransport().exchange(to(server, "GET", GetParam()), {});
  EXPECT_THAT(server.requests(), ElementsAre(StartsWith("GET " + std::string(GetParam()) + " HTTP/1.1\r\n")));
}
INSTANTIATE_TEST_SUITE_P(Targets, OddTarget,
                         testing::Values("/v2/a/../b/./c//d", "/v2/x/manifests/%zz%2f%2F%41", "/v2/?a=%c3%A9+b&&c=;",
                                         "/v2/..", "/v2/sha256:ab@cd?d=sha256:ef", "/v2/x\xC3\xA9?\xFF",
                                         "/v2/{a}[b]|^`", "/v2/%2e%2e/x", "/v2/a?b?c"));

class MethodWithBody : public testing::TestWithParam<const char*> {};
TEST_P(MethodWithBody, SendsItWithItsLength) {
  RawServer server(RawServer::answering(ok()));
  Request request = to(server, GetParam());
  request.body = std::string("a\0b", 3);
  CurlTransport transport;
  transport.exchange(request, {});
  request.headers.add("Content-Type", "text/plain");
  transport.exchange(request, {});
  ASSERT_EQ(server.requests().size(), 2u);
  for (const std::string& sent : server.requests()) {
    EXPECT_THAT(sent, StartsWith(std::string(GetParam()) + " /v2/ HTTP/1.1\r\n"));
    EXPECT_THAT(sent, HasSubstr("Content-Length: 3\r\n"));
    EXPECT_THAT(sent, EndsWith(std::string("\r\n\r\na\0b", 7)));
    EXPECT_THAT(sent, Not(HasSubstr("Expect")));
    EXPECT_THAT(sent, Not(HasSubstr("urlencoded")));
  }
}
INSTANTIATE_TEST_SUITE_P(Methods, MethodWithBody, testing::Values("PUT", "POST", "PATCH", "DELETE", "GET"));

TEST(CurlRequest, OfAPutWithoutBodySaysSo) {
  RawServer server(RawServer::answering(ok()));
  CurlTransport transport;
  for (const char* method : {"PUT", "POST", "PATCH"}) transport.exchange(to(server, method), {});
  EXPECT_THAT(server.requests(), testing::Each(HasSubstr("Content-Length: 0\r\n")));
  transport.exchange(to(server, "DELETE"), {});
  EXPECT_THAT(server.requests().back(), Not(HasSubstr("Content-Length")));
}

TEST(CurlRequest, MayBeBig) {
  RawServer server(RawServer::answering(ok()));
  Request request = to(server, "PUT");
  request.body.assign(5'000'000, 'x');
  CurlTransport().exchange(request, {});
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_GT(server.requests()[0].size(), request.body.size());
  EXPECT_THAT(server.requests()[0].substr(0, 300), Not(HasSubstr("Expect")));
}

TEST(CurlRequest, WaitsForContinueOnlyWhenToldTo) {
  RawServer server([](RawConnection& client) {
    client.read_head();
    client.send("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
  });
  Request request = to(server, "PUT");
  request.body.assign(3'000'000, 'x');
  request.headers.add("Expect", "100-continue");
  const Response response = CurlTransport().exchange(request, {});
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(response.body, "no");
  EXPECT_THAT(server.requests().at(0), HasSubstr("Expect: 100-continue\r\n"));
}

TEST(CurlRequest, ThatCannotBeSentIsRefused) {
  CurlTransport transport;
  const auto kind_of = [&](const Request& request) {
    try {
      transport.exchange(request, {});
    } catch (const TransportFault& fault) {
      return fault.kind();
    }
    return FaultKind::kInterrupted;
  };
  for (const char* url : {"ftp://127.0.0.1/", "file:///etc/passwd", "/v2/", "http://127.0.0.1/a b"}) {
    EXPECT_EQ(kind_of({.method = "GET", .url = url, .headers = {}, .body = {}}), FaultKind::kUnsupported) << url;
  }
  EXPECT_EQ(kind_of({.method = "GET\r\n", .url = "http://127.0.0.1/", .headers = {}, .body = {}}),
            FaultKind::kUnsupported);
  EXPECT_EQ(kind_of({.method = "GET", .url = "http://127.0.0.1/", .headers = {{"A", "b\r\nC: d"}}, .body = {}}),
            FaultKind::kUnsupported);
}

TEST(CurlResponse, IsAsItCame) {
  RawServer server(RawServer::answering(
      raw_response("HTTP/1.1 404 Nope Nope\r\nLink: <a>\r\nX: y\r\nlink: <b>\r\nContent-Type: text/html", "<html>")));
  const Response response = CurlTransport().exchange(to(server), {});
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.reason, "Nope Nope");
  EXPECT_THAT(response.headers.all("Link"), ElementsAre("<a>", "<b>"));
  EXPECT_EQ(response.headers.lines().at(2).name, "link");
  EXPECT_EQ(response.body, "<html>");
  EXPECT_EQ(response.method, "GET");
  EXPECT_EQ(response.url, server.url() + "/v2/");
  EXPECT_FALSE(response.truncated);
}

TEST(CurlResponse, OfARedirectIsNotFollowed) {
  RawServer server(RawServer::answering(raw_response("HTTP/1.1 307 Go\r\nLocation: /elsewhere")));
  EXPECT_EQ(CurlTransport().exchange(to(server), {}).status, 307);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(CurlResponse, IsReadInChunksAndInDrops) {
  RawServer server([](RawConnection& client) {
    client.read_request();
    client.drip("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nT: x\r\n\r\n", 7,
                1ms);
  });
  const Response response = CurlTransport().exchange(to(server), {});
  EXPECT_EQ(response.body, "abcde");
  EXPECT_FALSE(response.headers.has("T"));
}

TEST(CurlResponse, WithoutLengthEndsWithTheConnection) {
  RawServer server([](RawConnection& client) {
    client.read_request();
    client.send("HTTP/1.0 200 OK\r\n\r\nall there is");
  });
  EXPECT_EQ(CurlTransport().exchange(to(server), {}).body, "all there is");
}

TEST(CurlResponse, IsNotDecoded) {
  RawServer server(RawServer::answering(raw_response("HTTP/1.1 200 OK\r\nContent-Encoding: gzip", "not gzip")));
  EXPECT_EQ(CurlTransport().exchange(to(server), {}).body, "not gzip");
}

TEST(CurlResponse, BehindInterimOnesIsTheFinalOne) {
  RawServer server(RawServer::answering("HTTP/1.1 103 Early\r\nA: b\r\n\r\n" + ok("x")));
  const Response response = CurlTransport().exchange(to(server), {});
  EXPECT_EQ(response.status, 200);
  EXPECT_FALSE(response.headers.has("A"));
}

TEST(CurlConnections, AreKeptAndSharedByNobodyAtOnce) {
  RawServer server(RawServer::answering(ok("x")));
  CurlTransport transport;
  for (int i = 0; i < 5; ++i) transport.exchange(to(server), {});
  EXPECT_EQ(server.connections(), 1u);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) EXPECT_EQ(transport.exchange(to(server), {}).body, "x");
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(server.requests().size(), 85u);
  EXPECT_LE(server.connections(), 4u);
}

TEST(CurlConnections, ThatWereClosedWhileIdleAreReplaced) {
  RawServer server([](RawConnection& client) {
    client.read_request();
    client.send(ok("x"));
  });
  CurlTransport transport;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(transport.exchange(to(server), {}).status, 200);
  EXPECT_EQ(server.connections(), 3u);
}

// Late bytes of a body that should not be there must not become the next answer.
TEST(CurlConnections, AreNotUsedAgainAfterHead) {
  RawServer server([](RawConnection& client) {
    const bool head = client.read_request().starts_with("HEAD");
    client.send(ok(head ? "HTTP/1.1 500 Poison\r\nContent-Length: 0\r\n\r\n" : "fine"));
    client.hang();
  });
  CurlTransport transport;
  const Response head = transport.exchange(to(server, "HEAD"), {});
  EXPECT_EQ(head.status, 200);
  EXPECT_THAT(head.body, StartsWith("HTTP/1.1 500 Poison"));
  EXPECT_EQ(transport.exchange(to(server), {}).body, "fine");
}

TEST(CurlConnections, AreNotUsedAgainAfterNoContent) {
  RawServer server([](RawConnection& client) {
    client.read_request();
    client.send("HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\n");
    client.hang();
  });
  CurlTransport transport;
  for (int i = 0; i < 2; ++i) {
    const Response response = transport.exchange(to(server, "DELETE"), {});
    EXPECT_EQ(response.status, 204);
    EXPECT_THAT(response.body, IsEmpty());
  }
  EXPECT_EQ(server.connections(), 2u);
}

class HonestHead : public testing::TestWithParam<const char*> {};
TEST_P(HonestHead, HasLengthButNoBody) {
  RawServer server([](RawConnection& client) {
    client.read_request();
    client.send("HTTP/1.1 200 OK\r\n" + std::string(GetParam()) + "\r\n\r\n");
    client.hang();
  });
  const Response response = CurlTransport().exchange(to(server, "HEAD"), {.whole = 5s});
  EXPECT_EQ(response.status, 200);
  EXPECT_THAT(response.body, IsEmpty());
  EXPECT_EQ(response.headers.lines().size(), 1u);
}
INSTANTIATE_TEST_SUITE_P(Lengths, HonestHead,
                         testing::Values("Content-Length: 100000", "Content-Length: 0", "Transfer-Encoding: chunked",
                                         "X: y"));

}  // namespace
}  // namespace referee::http
