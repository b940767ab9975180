#include "harness/replay/recorded_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/http/client/lane.h"
#include "harness/oci/digest.h"

namespace referee::replay {
namespace {

using http::FaultKind;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

const http::WallTime kStart = http::WallTime(std::chrono::seconds(1'000'000));

http::Exchange asked(const std::string& method, const std::string& url, int status, std::uint32_t lane = 0) {
  http::Exchange exchange;
  exchange.lane = lane;
  exchange.started = kStart;
  exchange.seconds = 0.25;
  exchange.request = {method, url, {}, ""};
  exchange.response = {status, "", {{"X-Odd", "1"}}, ""};
  return exchange;
}

class Recorded : public ::testing::Test {
 protected:
  http::Response send(RecordedTransport& transport, const std::string& method, const std::string& url,
                      const std::string& body = "") {
    return transport.exchange({.method = method, .url = url, .headers = {}, .body = body}, {});
  }
  FaultKind fault(RecordedTransport& transport, const std::string& method, const std::string& url,
                  const std::string& body = "") {
    try {
      send(transport, method, url, body);
    } catch (const http::TransportFault& fault) {
      return fault.kind();
    }
    ADD_FAILURE() << "was answered";
    return FaultKind::kTls;
  }
  std::string keep(const std::string& body, std::size_t kept) {
    auto digest = "sha256:" + oci::sha256_hex(body);
    bodies_[digest] = {body.substr(0, kept), body.size(), kept < body.size()};
    return digest;
  }

  RecordedClock clock_{kStart};
  std::map<std::string, http::RecordedBody> bodies_;
};

TEST_F(Recorded, AnswersAsThenAndMovesTheClock) {
  auto exchange = asked("GET", "http://r/v2/", 200);
  exchange.response->body_digest = keep("hello", 5);
  RecordedTransport transport({exchange}, bodies_, clock_);
  EXPECT_EQ(transport.left(), 1U);
  const auto answer = send(transport, "GET", "http://r/v2/");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.headers.get("x-odd"), "1");
  EXPECT_EQ(clock_.wall(), kStart + milliseconds(250));
  EXPECT_EQ(transport.left(), 0U);
  EXPECT_EQ(transport.gap().kind, Gap::Kind::kNone);
}

TEST_F(Recorded, RefusesAnotherRequest) {
  RecordedTransport transport({asked("GET", "http://r/v2/a", 200)}, bodies_, clock_);
  EXPECT_EQ(fault(transport, "GET", "http://r/v2/b"), FaultKind::kInterrupted);
  EXPECT_EQ(transport.gap().kind, Gap::Kind::kAsksOtherwise);
  EXPECT_THAT(transport.gap().what, HasSubstr("but then GET http://r/v2/a"));
  EXPECT_EQ(fault(transport, "GET", "http://r/v2/a"), FaultKind::kInterrupted) << "what follows proves nothing";
}

TEST_F(Recorded, RefusesAnotherBodyAndOneRequestMore) {
  auto exchange = asked("PUT", "http://r/v2/a", 201);
  exchange.request.body_digest = keep("one", 3);
  RecordedTransport other({exchange}, bodies_, clock_);
  EXPECT_EQ(fault(other, "PUT", "http://r/v2/a", "two"), FaultKind::kInterrupted);
  RecordedTransport none({}, bodies_, clock_);
  EXPECT_EQ(fault(none, "GET", "http://r/v2/"), FaultKind::kInterrupted);
  EXPECT_THAT(none.gap().what, HasSubstr("the recorded run did not"));
}

TEST_F(Recorded, KeepsLanesApart) {
  RecordedTransport transport({asked("GET", "http://r/1", 201, 1), asked("GET", "http://r/2", 202, 2)}, bodies_,
                              clock_);
  const http::LaneScope lane(2);
  EXPECT_EQ(send(transport, "GET", "http://r/2").status, 202);
}

TEST_F(Recorded, BreaksAsThen) {
  auto exchange = asked("GET", "http://r/", 0);
  exchange.response.reset();
  exchange.fault = "timeout: no answer within 30 s";
  RecordedTransport transport({exchange}, bodies_, clock_);
  try {
    send(transport, "GET", "http://r/");
    FAIL();
  } catch (const http::TransportFault& fault) {
    EXPECT_EQ(fault.kind(), FaultKind::kTimeout);
    EXPECT_STREQ(fault.what(), "no answer within 30 s");
  }
  EXPECT_EQ(transport.gap().kind, Gap::Kind::kNone);
}

TEST_F(Recorded, BlocksOnABodyThatWasCut) {
  auto exchange = asked("GET", "http://r/", 200);
  exchange.response->body_digest = keep("a long body", 4);
  RecordedTransport transport({exchange}, bodies_, clock_);
  EXPECT_EQ(fault(transport, "GET", "http://r/"), FaultKind::kInterrupted);
  EXPECT_EQ(transport.gap().kind, Gap::Kind::kCutBody);
}

TEST_F(Recorded, BlocksOnAHeadThatWasCut) {
  auto exchange = asked("GET", "http://r/", 200);
  exchange.response->whole = false;
  RecordedTransport transport({exchange}, bodies_, clock_);
  EXPECT_EQ(fault(transport, "GET", "http://r/"), FaultKind::kInterrupted);
  EXPECT_EQ(transport.gap().kind, Gap::Kind::kCutBody);
}

TEST_F(Recorded, GivesBackWholeWhatWasPushedWhole) {
  auto push = asked("PUT", "http://r/", 201);
  push.request.body_digest = keep("a long body", 4);
  auto pull = asked("GET", "http://r/", 200);
  pull.response->body_digest = push.request.body_digest;
  RecordedTransport transport({push, pull}, bodies_, clock_);
  send(transport, "PUT", "http://r/", "a long body");
  EXPECT_EQ(send(transport, "GET", "http://r/").body, "a long body");
}

TEST_F(Recorded, KnowsWhetherAChallengeWasAnswered) {
  auto again = asked("GET", "http://r/", 200);
  again.attempt = 2;
  RecordedTransport transport({asked("GET", "http://r/", 401), again, asked("GET", "http://r/", 401)}, bodies_, clock_);
  send(transport, "GET", "http://r/");
  EXPECT_TRUE(transport.repeats_next());
  send(transport, "GET", "http://r/");
  EXPECT_FALSE(transport.repeats_next());
}

}  // namespace
}  // namespace referee::replay
