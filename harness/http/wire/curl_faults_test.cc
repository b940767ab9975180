// The network transport against servers that fail: each failure has its name, and none takes longer than it may.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>
#include <atomic>

#include "harness/http/testing/raw_server.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

struct Outcome {
  std::string kind;  // "none" if there was a response
  std::string message;
  Response response;
  std::chrono::milliseconds taken;
};

Outcome attempt(Transport& transport, const std::string& url, const ExchangeLimits& limits = {},
                const std::string& method = "GET", std::string body = "") {
  Outcome outcome{"none", "", {}, {}};
  const auto start = std::chrono::steady_clock::now();
  try {
    outcome.response =
        transport.exchange({.method = method, .url = url + "/v2/", .headers = {}, .body = std::move(body)}, limits);
  } catch (const TransportFault& fault) {
    outcome.kind = name(fault.kind());
    outcome.message = fault.what();
  }
  outcome.taken = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  return outcome;
}

Outcome attempt(RawServer::Script script, const ExchangeLimits& limits = {}) {
  RawServer server(std::move(script));
  CurlTransport transport;
  return attempt(transport, server.url(), limits);
}

RawServer::Script saying(std::string bytes) {
  return [bytes](RawConnection& client) {
    client.read_request();
    client.send(bytes);
  };
}

TEST(CurlFault, OfAServerThatIsDown) {
  CurlTransport transport;
  EXPECT_EQ(attempt(transport, fmt::format("http://127.0.0.1:{}", closed_port())).kind, "connect");
}

TEST(CurlFault, OfANameWithoutAddress) {
  CurlTransport transport;
  EXPECT_EQ(attempt(transport, "http://no-such-host.invalid", {.connect = 5s}).kind, "resolve");
}

TEST(CurlFault, OfANameWithoutAddressLeavesTheTransportUsable) {
  RawServer server(saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
  CurlTransport transport;
  EXPECT_EQ(attempt(transport, "http://no-such-host.invalid", {.connect = 5s}).kind, "resolve");
  EXPECT_EQ(attempt(transport, "http://no-such-host.invalid", {.connect = 5s}).kind, "resolve");
  EXPECT_EQ(attempt(transport, server.url(), {.connect = 5s}).kind, "none");
}

TEST(CurlFault, OfAServerThatSpeaksNoTls) {
  RawServer server([](RawConnection& client) { client.send("HTTP/1.1 400 Bad\r\n\r\n"); });
  CurlTransport transport;
  EXPECT_EQ(attempt(transport, fmt::format("https://127.0.0.1:{}", server.port()), {.whole = 5s}).kind, "tls");
}

TEST(CurlFault, OfSilence) {
  const auto outcome = attempt([](RawConnection& client) { client.hang(); }, {.first_byte = 60ms, .whole = 20s});
  EXPECT_EQ(outcome.kind, "timeout");
  EXPECT_THAT(outcome.message, HasSubstr("no answer within 60 ms"));
  EXPECT_LT(outcome.taken, 2s);
}

TEST(CurlFault, OfAnAnswerThatNeverEnds) {
  const auto outcome = attempt(
      [](RawConnection& client) {
        client.read_request();
        client.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        while (client.drip("x", 1, 10ms)) {
        }
      },
      {.first_byte = 20s, .whole = 100ms});
  EXPECT_EQ(outcome.kind, "timeout");
  EXPECT_THAT(outcome.message, HasSubstr("not complete within 100 ms"));
  EXPECT_LT(outcome.taken, 2s);
}

TEST(CurlFault, OfACloseWithoutAnswer) {
  EXPECT_EQ(attempt([](RawConnection& client) { client.read_request(); }).kind, "closed");
}

TEST(CurlFault, OfACloseBeforeTheRequestIsRead) {
  EXPECT_EQ(attempt([](RawConnection&) {}).kind, "closed");
}

TEST(CurlFault, OfAResetWithoutAnswer) {
  EXPECT_EQ(attempt([](RawConnection& client) {
              client.read_request();
              client.reset();
            }).kind,
            "closed");
}

TEST(CurlFault, OfAResetInTheMiddle) {
  for (const char* bytes : {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "HTTP/1.1 200 OK\r\nContent-Le"}) {
    EXPECT_EQ(attempt([&](RawConnection& client) {
                client.read_request();
                client.drip(bytes, 1000, 30ms);
                client.reset();
              }).kind,
              "reset")
        << bytes;
  }
}

class CutAnswer : public testing::TestWithParam<const char*> {};
TEST_P(CutAnswer, IsAReset) { EXPECT_EQ(attempt(saying(GetParam())).kind, "reset"); }
INSTANTIATE_TEST_SUITE_P(Answers, CutAnswer,
                         testing::Values("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                                         "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"));

class MalformedAnswer : public testing::TestWithParam<const char*> {};
TEST_P(MalformedAnswer, IsNamed) {
  const auto outcome = attempt(saying(GetParam()));
  EXPECT_EQ(outcome.kind, "malformed") << outcome.message;
}
INSTANTIATE_TEST_SUITE_P(Answers, MalformedAnswer,
                         testing::Values("<html><body>Login</body></html>", "SSH-2.0-OpenSSH_9.2p1\r\n",
                                         "HTTP/1.1 OK\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                                         "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello!",
                                         "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
                                         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n"));

TEST(CurlFault, OfAFloodOfHeaders) {
  const auto flood = [](std::string line) {
    return [line](RawConnection& client) {
      client.read_request();
      client.send("HTTP/1.1 200 OK\r\n");
      while (client.send(line)) {
      }
    };
  };
  EXPECT_EQ(attempt(flood("X-Flood: " + std::string(1000, 'x') + "\r\n")).kind, "too large");
  EXPECT_EQ(attempt(flood(std::string(1000, 'x'))).kind, "too large");
  EXPECT_EQ(attempt(flood("A: b\r\n"), {.header_bytes = 10 << 20}).kind, "too large");
  EXPECT_EQ(attempt(flood("A: b\r\n"), {.header_bytes = 100}).kind, "too large");
}

TEST(CurlFault, IsNotMadeOfManyHeadersWithinTheLimit) {
  EXPECT_EQ(attempt(saying("HTTP/1.1 200 OK\r\nA: " + std::string(90'000, 'x') + "\r\nContent-Length: 0\r\n\r\n")).kind,
            "none");
}

TEST(CurlBodyCap, CutsAnEndlessBody) {
  const auto outcome = attempt(
      [](RawConnection& client) {
        client.read_request();
        client.send("HTTP/1.1 200 OK\r\n\r\n");
        while (client.send(std::string(10'000, 'x'))) {
        }
      },
      {.body_bytes = 100'001});
  EXPECT_EQ(outcome.kind, "none");
  EXPECT_TRUE(outcome.response.truncated);
  EXPECT_EQ(outcome.response.body.size(), 100'001u);
}

TEST(CurlFault, OfAnEndlessBodyThatNeverPauses) {
  const auto outcome = attempt(
      [](RawConnection& client) {
        client.read_request();
        client.send("HTTP/1.1 200 OK\r\n\r\n");
        while (client.send(std::string(1 << 16, 'x'))) {
        }
      },
      {.whole = 50ms, .body_bytes = std::size_t{1} << 40});
  EXPECT_EQ(outcome.kind, "timeout");
}

TEST(CurlBodyCap, LeavesABodyOfItsSizeWhole) {
  const auto outcome = attempt(RawServer::answering(raw_response("HTTP/1.1 200 OK", "12345")), {.body_bytes = 5});
  EXPECT_FALSE(outcome.response.truncated);
  EXPECT_EQ(outcome.response.body, "12345");
}

TEST(CurlEarlyAnswer, IsSeenThoughTheRequestWasNotRead) {
  RawServer server([](RawConnection& client) {
    client.read_head();
    client.send(raw_response("HTTP/1.1 413 Too Large\r\nConnection: close", "too large"));
  });
  CurlTransport transport;
  const auto outcome = attempt(transport, server.url(), {}, "PUT", std::string(8 << 20, 'x'));
  EXPECT_EQ(outcome.kind, "none") << outcome.message;
  EXPECT_EQ(outcome.response.status, 413);
}

TEST(CurlInterruption, EndsAnExchangePromptly) {
  std::atomic<bool> interrupted = false;
  RawServer server([&](RawConnection& client) {
    client.read_request();
    interrupted = true;
    client.hang();
  });
  CurlTransport transport;
  const auto outcome = attempt(transport, server.url(), {.interrupted = &interrupted});
  EXPECT_EQ(outcome.kind, "interrupted");
  EXPECT_LT(outcome.taken, 2s);
}

TEST(CurlInterruption, LeavesAWriteAMoment) {
  std::atomic<bool> interrupted = false;
  RawServer server([&](RawConnection& client) {
    client.read_request();
    interrupted = true;
    client.drip(raw_response("HTTP/1.1 201 Created"), 10, 20ms);
    client.read_request();
    client.hang();
  });
  CurlTransport transport;
  EXPECT_EQ(attempt(transport, server.url(), {.interrupted = &interrupted}, "PUT", "x").response.status, 201);
  const auto unanswered = attempt(transport, server.url(), {.interrupted = &interrupted}, "PUT", "x");
  EXPECT_EQ(unanswered.kind, "interrupted");
  EXPECT_LT(unanswered.taken, 3s);
}

TEST(CurlTransportItself, GoesOnAfterEachFault) {
  RawServer server([](RawConnection& client) {
    while (true) {
      const std::string request = client.read_request();
      if (request.starts_with("DELETE")) return client.reset();
      if (request.empty() || !client.send(raw_response("HTTP/1.1 200 OK", "x"))) return;
    }
  });
  CurlTransport transport;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(attempt(transport, server.url()).kind, "none");
    EXPECT_EQ(attempt(transport, server.url(), {}, "DELETE").kind, "closed");
  }
}

}  // namespace
}  // namespace referee::http
