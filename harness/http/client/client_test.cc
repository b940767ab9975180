// The client: default headers, hops, retries and challenges, and the exchanges it records of them.
#include "harness/http/client/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/http/client/lane.h"
#include "harness/http/testing/scripted_transport.h"

namespace referee::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr const char* kBase = "http://registry.example";

class ScriptedAuthorizer : public Authorizer {
 public:
  std::string authorization(const Request&) override { return value_; }
  bool answer_challenge(const Request& request, const Response&) override {
    challenged_.push_back(request);
    value_ = "Bearer new";
    return answers_;
  }
  std::string value_ = "Bearer old";
  bool answers_ = true;
  std::vector<Request> challenged_;
};

class Clients : public testing::Test {
 protected:
  Response serve(const Request& request) {
    if (next_ < answers_.size()) return answers_[next_++];
    return fallback_(request);
  }

  Client client(ClientOptions options = {}) {
    options.base = kBase;
    return {wire_, options};
  }

  static Request request(const std::string& method = "GET", const std::string& url = std::string(kBase) + "/v2/") {
    return {.method = method, .url = url, .headers = {}, .body = method == "GET" ? "" : "body"};
  }

  std::vector<Response> answers_;
  std::size_t next_ = 0;
  ScriptedTransport::Answer fallback_ = [](const Request&) { return answer(200); };
  ScriptedTransport transport_{[this](const Request& r) { return serve(r); }};
  ManualClock clock_;
  BodyStore bodies_;
  std::atomic<std::uint64_t> sequence_{0};
  std::atomic<bool> interrupted_{false};
  ClientContext wire_{
      .transport = transport_, .clock = clock_, .bodies = bodies_, .sequence = sequence_, .interrupted = &interrupted_};
};

TEST_F(Clients, AddDefaultHeadersWhereThereAreNone) {
  client().send(request());
  const Headers sent = transport_.requests().at(0).headers;
  EXPECT_THAT(sent.get("User-Agent"), Optional(MatchesRegex("referee/[0-9.]+")));
  EXPECT_THAT(sent.get("Accept-Encoding"), Optional(Eq("identity")));
  Request own = request();
  own.headers.add("accept-encoding", "gzip");
  client().send(own);
  EXPECT_THAT(transport_.requests().at(1).headers.all("Accept-Encoding"), ElementsAre("gzip"));
}

TEST_F(Clients, SendExtraHeadersAndRequestIdsToTheTargetOnly) {
  auto one = client({.extra_headers = {{"X-Extra", "1"}}, .request_id_header = "X-Id", .request_id_prefix = "run"});
  one.send(request());
  one.send(request());
  one.send(request("GET", "http://other.example/"));
  const auto sent = transport_.requests();
  EXPECT_THAT(sent.at(0).headers.get("X-Id"), Optional(Eq("run-1")));
  EXPECT_THAT(sent.at(1).headers.get("X-Id"), Optional(Eq("run-2")));
  EXPECT_TRUE(sent.at(1).headers.has("X-Extra"));
  EXPECT_FALSE(sent.at(2).headers.has("X-Id"));
  EXPECT_FALSE(sent.at(2).headers.has("X-Extra"));
}

TEST_F(Clients, FollowRedirectsAndRecordEachHop) {
  answers_ = {answer(307, {{"Location", "/one"}}), answer(302, {{"Location", "two?x"}}), answer(201)};
  auto one = client();
  const Response response = one.send(request("PUT"));
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.url, "http://registry.example/two?x");
  EXPECT_EQ(response.method, "PUT");
  EXPECT_EQ(transport_.requests().back().body, "body");
  const auto exchanges = one.take_exchanges();
  ASSERT_THAT(exchanges, SizeIs(3));
  EXPECT_EQ(exchanges[1].sequence, 2u);
  EXPECT_EQ(exchanges[1].attempt, 1u);
  EXPECT_EQ(exchanges[1].request.url, "http://registry.example/one");
  EXPECT_EQ(exchanges[1].response->status, 302);
  EXPECT_THAT(one.take_exchanges(), IsEmpty());
}

TEST_F(Clients, EndALoopWithItsLastRedirect) {
  fallback_ = [](const Request&) { return answer(302, {{"Location", "/again"}}); };
  EXPECT_EQ(client({.redirects = 10}).send(request()).status, 302);
  EXPECT_THAT(transport_.requests(), SizeIs(11));
}

TEST_F(Clients, CarryNoAuthorizationToOtherHosts) {
  ScriptedAuthorizer authorizer;
  wire_.authorizer = &authorizer;
  answers_ = {answer(302, {{"Location", "https://other.example/blob"}}), answer(401, {{"WWW-Authenticate", "Basic"}})};
  auto one = client({.extra_headers = {{"Private-Token", "t"}}});
  EXPECT_EQ(one.send(request()).status, 401);
  const auto sent = transport_.requests();
  EXPECT_TRUE(sent.at(0).headers.has("Authorization"));
  EXPECT_FALSE(sent.at(1).headers.has("Authorization"));
  EXPECT_FALSE(sent.at(1).headers.has("Private-Token"));
  EXPECT_THAT(authorizer.challenged_, IsEmpty());
}

TEST_F(Clients, CarryNoAuthorizationOfTheCallersToOtherHosts) {
  answers_ = {answer(302, {{"Location", "https://other.example/blob"}})};
  Request own = request();
  own.headers.add("Authorization", "Bearer mine");
  client().send(own);
  EXPECT_THAT(transport_.requests().at(0).headers.get("Authorization"), Optional(Eq("Bearer mine")));
  EXPECT_FALSE(transport_.requests().at(1).headers.has("Authorization"));
}

TEST_F(Clients, WaitAsLongAsTheServerAsks) {
  answers_ = {answer(429, {{"Retry-After", "7"}}), answer(503, {{"Retry-After", "1"}}), answer(200)};
  auto one = client();
  const Instant start = clock_.now();
  EXPECT_EQ(one.send(request("PUT")).status, 200);
  EXPECT_EQ(clock_.now() - start, 8s);
  const auto exchanges = one.take_exchanges();
  ASSERT_THAT(exchanges, SizeIs(3));
  EXPECT_EQ(exchanges[2].attempt, 3u);
  EXPECT_EQ(transport_.requests().back().body, "body");
}

TEST_F(Clients, DoNotRetryWithoutRetryAfterOrForTooLong) {
  for (const Response& refusal : {answer(429), answer(503), answer(429, {{"Retry-After", "31"}}),
                                  answer(500, {{"Retry-After", "1"}}), answer(429, {{"Retry-After", "soon"}})}) {
    answers_.push_back(refusal);
    EXPECT_EQ(client().send(request()).status, refusal.status);
  }
  EXPECT_THAT(transport_.requests(), SizeIs(5));
}

TEST_F(Clients, GiveUpAfterTheRetriesAllowed) {
  fallback_ = [](const Request&) { return answer(429, {{"Retry-After", "0"}}); };
  EXPECT_EQ(client({.retries = 3}).send(request()).status, 429);
  EXPECT_THAT(transport_.requests(), SizeIs(4));
}

TEST_F(Clients, AnswerOneChallenge) {
  ScriptedAuthorizer authorizer;
  wire_.authorizer = &authorizer;
  fallback_ = [](const Request& r) { return answer(r.headers.get("Authorization") == "Bearer new" ? 200 : 401); };
  auto one = client();
  EXPECT_EQ(one.send(request()).status, 200);
  EXPECT_THAT(authorizer.challenged_.at(0).headers.get("Authorization"), Optional(Eq("Bearer old")));
  EXPECT_EQ(one.take_exchanges().at(1).attempt, 2u);
  fallback_ = [](const Request&) { return answer(401); };
  EXPECT_EQ(one.send(request()).status, 401);
  EXPECT_THAT(one.take_exchanges(), SizeIs(2));
  authorizer.answers_ = false;
  one.send(request());
  EXPECT_THAT(one.take_exchanges(), SizeIs(1));
}

TEST_F(Clients, LeaveAnAuthorizationOfTheCallersAlone) {
  ScriptedAuthorizer authorizer;
  wire_.authorizer = &authorizer;
  fallback_ = [](const Request&) { return answer(401); };
  Request own = request();
  own.headers.add("authorization", "Bearer mine");
  EXPECT_EQ(client().send(own).status, 401);
  ASSERT_THAT(transport_.requests(), SizeIs(1));
  EXPECT_THAT(transport_.requests()[0].headers.all("Authorization"), ElementsAre("Bearer mine"));
}

TEST_F(Clients, RecordFaultsAndThrowThem) {
  fallback_ = [](const Request&) -> Response {
    throw TransportFault(FaultKind::kTimeout, "no answer from http://u:hunter2@h/?sig=hunter2");
  };
  auto one = client();
  EXPECT_THROW(one.send(request()), TransportFault);
  const auto exchanges = one.take_exchanges();
  ASSERT_THAT(exchanges, SizeIs(1));
  EXPECT_EQ(exchanges[0].response, std::nullopt);
  EXPECT_THAT(exchanges[0].fault, HasSubstr("timeout: no answer"));
  EXPECT_THAT(exchanges[0].fault, Not(HasSubstr("hunter2")));
}

TEST_F(Clients, RecordWhatWasSaidWhenAndByWhom) {
  fallback_ = [this](const Request&) {
    clock_.advance(250ms);
    return answer(200, {{"Set-Cookie", "hunter2"}}, "answer");
  };
  auto one = client();
  const LaneScope lane(3);
  const WallTime before = clock_.wall();
  one.send(request("PUT"));
  const Exchange exchange = one.take_exchanges().at(0);
  EXPECT_EQ(exchange.lane, 3u);
  EXPECT_EQ(exchange.started, before);
  EXPECT_DOUBLE_EQ(exchange.seconds, 0.25);
  EXPECT_EQ(bodies_.find(exchange.request.body_digest)->bytes, "body");
  EXPECT_EQ(bodies_.find(exchange.response->body_digest)->bytes, "answer");
  EXPECT_EQ(exchange.response->headers.at(0).value, "REDACTED");
}

TEST_F(Clients, StopWhenToldTo) {
  fallback_ = [this](const Request&) {
    interrupted_ = true;
    return answer(429, {{"Retry-After", "10"}});
  };
  auto one = client();
  const Instant start = clock_.now();
  try {
    one.send(request());
    ADD_FAILURE() << "went on";
  } catch (const TransportFault& fault) {
    EXPECT_EQ(fault.kind(), FaultKind::kInterrupted);
  }
  EXPECT_EQ(clock_.now(), start);
  EXPECT_THROW(one.send(request()), TransportFault);
  EXPECT_THAT(transport_.requests(), SizeIs(1));
}

TEST_F(Clients, AskTheRateBeforeEachExchange) {
  int asked = 0;
  wire_.before_exchange = [&] { ++asked; };
  answers_ = {answer(302, {{"Location", "/x"}})};
  client().send(request());
  EXPECT_EQ(asked, 2);
}

}  // namespace
}  // namespace referee::http
