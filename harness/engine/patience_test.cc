// What the verbs put up with: reads that are late, gateways in passing, and what others attach to a subject.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/engine/capabilities.h"
#include "harness/engine/conversation.h"
#include "harness/engine/lateness.h"
#include "harness/engine/testing/scripted_transport.h"

namespace referee::engine {
namespace {

using http::Request;
using http::Response;
using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct Verbs : Conversation {
  using Conversation::Conversation;
  using Conversation::list_referrers;
  using Conversation::pull;
  using Conversation::put_manifest;
  using Conversation::remove;
};

class Patience : public ::testing::Test {
 protected:
  void answer(testing::ScriptedTransport::Script script) {
    wire_.emplace(std::move(script));
    settings_.client.base = "http://registry";
    session_.emplace(wire_->wire(), settings_, &capabilities_, spec::Edition::kOci111, "test", 7);
    verbs_.emplace(*session_);
  }

  // The clock's time that the call takes.
  template <typename Call>
  http::Duration time_of(Call call) {
    const auto begin = wire_->clock.now();
    call();
    return wire_->clock.now() - begin;
  }

  std::optional<testing::TestWire> wire_;
  Settings settings_;
  Capabilities capabilities_;
  std::optional<Session> session_;
  std::optional<Verbs> verbs_;
};

const auto kManifest = oci::Manifest::of("application/vnd.oci.image.manifest.v1+json", R"({"a":1})");

Response plain(const Request& request) {
  const int status = request.method == "PUT" ? 201 : request.method == "DELETE" ? 202 : 200;
  return {.status = status, .url = request.url};
}

TEST(LatenessOfATarget, IsTheWorstOfEachKindOfWrite) {
  Lateness lateness;
  EXPECT_EQ(lateness.pause_after(Write::kPush), 0ms);
  lateness.met(Write::kPush, 400ms);
  lateness.met(Write::kPush, 100ms);
  EXPECT_EQ(lateness.worst(Write::kPush), 400ms);
  EXPECT_EQ(lateness.pause_after(Write::kPush), 520ms);  // a quarter and 20 ms more
  EXPECT_EQ(lateness.pause_after(Write::kDeletion), 0ms);
}

TEST_F(Patience, ReadsWaitForWritesWhereTheTargetIsLate) {
  answer(plain);
  const auto write = [&] { verbs_->put_manifest(kManifest, kManifest.digest, {"r"}); };
  const auto read = [&] { verbs_->pull(kManifest.digest, {"r"}); };
  write();
  EXPECT_EQ(time_of(read), 0ms);
  capabilities_.lateness().met(Write::kPush, 400ms);
  write();
  EXPECT_EQ(time_of(read), 520ms);
  EXPECT_EQ(time_of(read), 0ms) << "once for all reads after the write";
  verbs_->remove(kManifest.digest, {"r"});
  EXPECT_EQ(time_of(read), 0ms) << "deletions are not late";
}

TEST_F(Patience, ReadsWaitNoLongerThanTheSettleTime) {
  answer(plain);
  capabilities_.lateness().met(Write::kPush, settings_.settle);
  verbs_->put_manifest(kManifest, kManifest.digest, {"r"});
  EXPECT_EQ(time_of([&] { verbs_->pull(kManifest.digest, {"r"}); }), settings_.settle);
}

TEST_F(Patience, GatewaysInPassingAreAskedAgain) {
  int asked = 0;
  answer([&](const Request& request) { return ++asked < 3 ? Response{.status = 502} : plain(request); });
  EXPECT_EQ(verbs_->pull("tag", {"r"}).status, 200);
  answer([](const Request&) { return Response{.status = 504}; });
  EXPECT_THROW(verbs_->pull("tag", {"r"}), PremiseBroken);
  EXPECT_THAT(wire_->transport.asked(), SizeIs(4));
}

TEST_F(Patience, ADeletionWhoseAnswerWasLostDecidesNothing) {
  int asked = 0;
  answer([&](const Request&) { return Response{.status = ++asked == 1 ? 504 : 404}; });
  EXPECT_THROW(verbs_->remove("tag", {"r"}), PremiseBroken);
}

TEST_F(Patience, WhatOthersAttachIsNotAmongTheEntries) {
  const std::string subject = "sha256:" + std::string(64, '1');
  const auto foreign = oci::Manifest::of("x/y", R"({"subject":{"digest":")" + subject + R"("}})");
  const auto unrelated = oci::Manifest::of("x/y", R"({"b":2})");
  answer([&](const Request& request) -> Response {
    if (request.method == "PUT") return plain(request);
    if (request.url.ends_with(foreign.digest.text())) return {.status = 200, .body = foreign.bytes};
    if (request.url.ends_with(unrelated.digest.text())) return {.status = 200, .body = unrelated.bytes};
    const auto entry = [](const oci::Manifest& of) { return R"({"digest":")" + of.digest.text() + "\"}"; };
    return {.status = 200,
            .body = R"({"manifests":[)" + entry(foreign) + "," + entry(kManifest) + "," + entry(unrelated) + "]}",
            .url = request.url};
  });
  verbs_->put_manifest(kManifest, kManifest.digest, {"r"});
  const auto page = verbs_->list_referrers(subject, {"r"});
  EXPECT_THAT(digests_of(page.entries), ElementsAre(kManifest.digest.text(), unrelated.digest.text()));
  EXPECT_THAT(digests_of(page.strangers), ElementsAre(foreign.digest.text()));
  verbs_->put_manifest(foreign, foreign.digest, {"r"});
  EXPECT_THAT(verbs_->list_referrers(subject, {"r"}).strangers, IsEmpty()) << "now it is the check's own";
}

}  // namespace
}  // namespace referee::engine
