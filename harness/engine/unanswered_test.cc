// Requests whose connection is closed without an answer.
#include "harness/engine/unanswered.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "harness/engine/capabilities.h"
#include "harness/engine/testing/scripted_transport.h"

namespace referee::engine {
namespace {

using http::FaultKind;
using http::Request;
using http::Response;
using http::TransportFault;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kList = "http://registry/v2/x/referrers/sha256:1";

class Unanswered : public ::testing::Test {
 protected:
  Response ask(testing::ScriptedTransport::Script script, const Request& request = {.method = "GET", .url = kList}) {
    wire_.emplace(std::move(script));
    settings_.client.base = "http://registry";
    session_.emplace(wire_->wire(), settings_, &capabilities_, spec::Edition::kOci111, "test", 1);
    return answer_of(*session_, session_->client(), request, ended_);
  }

  Response again(const Request& request = {.method = "GET", .url = kList}) {
    return answer_of(*session_, session_->client(), request, ended_);
  }

  static bool is_list(const Request& request) { return request.url.find("/referrers/") != std::string::npos; }
  static Response closed() { throw TransportFault(FaultKind::kClosed, "the connection was closed"); }

  std::optional<testing::TestWire> wire_;
  Settings settings_;
  Capabilities capabilities_;
  std::optional<Session> session_;
  bool ended_ = false;
};

TEST_F(Unanswered, IsAFailureOfAServerThatAnswersOthers) {
  const auto answer = ask([](const Request& request) { return is_list(request) ? closed() : Response{.status = 200}; });
  EXPECT_THAT(answer.status, Eq(500));
  EXPECT_THAT(answer.reason, HasSubstr("the connection was closed"));
  EXPECT_THAT(answer.url, Eq(kList));
  EXPECT_TRUE(ended_);
  EXPECT_THAT(wire_->transport.asked(), SizeIs(5)) << "four times, and the base endpoint";
}

TEST_F(Unanswered, IsSentAgainAndNothingWhereThatIsAnswered) {
  int times = 0;
  const auto answer = ask([&](const Request&) { return ++times == 1 ? closed() : Response{.status = 404}; });
  EXPECT_THAT(answer.status, Eq(404));
  EXPECT_TRUE(ended_) << "so that who deleted something knows that it may have been done";
}

TEST_F(Unanswered, IsTheWiresFaultWhereNothingIsAnswered) {
  EXPECT_THROW(ask([](const Request&) { return closed(); }), TransportFault);
}

TEST_F(Unanswered, IsTheWiresFaultForOtherReasonsAndForLargeBodies) {
  EXPECT_THROW(ask([](const Request&) -> Response { throw TransportFault(FaultKind::kTimeout, "too slow"); }),
               TransportFault);
  const Request large{.method = "PUT", .url = "http://registry/v2/x/manifests/a", .body = std::string(2 << 20, 'x')};
  const auto script = [](const Request& request) {
    return request.method == "PUT" ? closed() : Response{.status = 200};
  };
  EXPECT_THROW(ask(script, large), TransportFault);
  EXPECT_THAT(wire_->transport.asked(), SizeIs(1));
}

TEST_F(Unanswered, IsNotWaitedForLongOnceItIsUsual) {
  ask([](const Request& request) { return is_list(request) ? closed() : Response{.status = 200}; });
  again();
  const auto before = wire_->transport.asked().size();
  const auto begin = wire_->clock.now();
  again();
  EXPECT_THAT(wire_->transport.asked().size() - before, Eq(3U)) << "twice, and the base endpoint";
  EXPECT_LT(wire_->clock.now() - begin, std::chrono::milliseconds(100));
}

TEST_F(Unanswered, IsWaitedForWhereTheLikeWasAnswered) {
  int times = 0;
  constexpr int kOut = 7;  // 0.1, 0.5 and 1 s after the first, then each second: out of order for 4.6 s
  const auto script = [&](const Request& request) {
    if (is_list(request) && ++times > 1 && times <= 1 + kOut) return closed();
    return Response{.status = 200};
  };
  settings_.settle = std::chrono::seconds(10);
  ask(script);
  EXPECT_THAT(again().status, Eq(200));
  EXPECT_THAT(times, Eq(2 + kOut));
}

}  // namespace
}  // namespace referee::engine
