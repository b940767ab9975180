// The verbs of a check's body: premises, paging, waiting and patience, lanes, and cleaning up.
#include "harness/engine/conversation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "harness/engine/capabilities.h"
#include "harness/engine/testing/scripted_transport.h"
#include "harness/engine/waiting/lateness.h"

namespace referee::engine {
namespace {

using http::Request;
using http::Response;
using std::chrono_literals::operator""ms;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Opens what is protected, so that a test reads like a body.
struct Body : Conversation {
  using Conversation::collect;
  using Conversation::concurrently;
  using Conversation::Conversation;
  using Conversation::eventually_within;
  using Conversation::follow;
  using Conversation::list_referrers;
  using Conversation::list_url;
  using Conversation::pull;
  using Conversation::push;
  using Conversation::referrers_of;
  using Conversation::remove;
};

class Talk : public ::testing::Test {
 protected:
  void answer(testing::ScriptedTransport::Script script, spec::Edition edition = spec::Edition::kOci111) {
    wire_.emplace(std::move(script));
    settings_.client.base = "http://registry";
    settings_.run_id = "run";
    session_.emplace(wire_->wire(), settings_, nullptr, edition, "test", 7);
    body_.emplace(*session_);
  }

  static oci::Content content() {
    return {oci::Manifest::of("application/vnd.oci.image.manifest.v1+json", "{\"a\":1}"),
            {oci::Blob::of("application/octet-stream", "bytes")},
            {},
            {}};
  }

  std::optional<testing::TestWire> wire_;
  Settings settings_;
  std::optional<Session> session_;
  std::optional<Body> body_;
};

// A registry that takes everything, uploads at /upload.
Response agreeable_answer(const Request& request) {
  if (request.method == "POST")
    return {.status = 202, .headers = {{"Location", "/upload?state=1"}}, .url = request.url};
  if (request.method == "DELETE") return {.status = 202};
  return {.status = request.method == "PUT" ? 201 : 200};
}

TEST_F(Talk, PushSendsBlobsFirstAndEachOnce) {
  answer(agreeable_answer);
  body_->push(content());
  body_->push(content(), {.tag = "again"});
  std::vector<std::string> asked;
  for (const auto& request : wire_->transport.asked()) asked.push_back(request.method + " " + request.url);
  EXPECT_THAT(asked, ElementsAre("POST http://registry/v2/referee/run-7/blobs/uploads/",
                                 "PUT http://registry/upload?state=1&digest=" + content().blobs[0].digest.text(),
                                 "PUT http://registry/v2/referee/run-7/manifests/" + content().manifest.digest.text(),
                                 "PUT http://registry/v2/referee/run-7/manifests/again"));
}

TEST_F(Talk, PushIsAPremise) {
  answer([](const Request& request) {
    return request.method == "POST" ? agreeable_answer(request) : Response{.status = 400};
  });
  EXPECT_THROW(body_->push(content()), PremiseBroken);
}

TEST_F(Talk, AfterADeletionBlobsAreLookedForAndSentAgainIfTheyAreGone) {
  bool there = true;
  answer([&](const Request& request) {
    return request.method == "HEAD" && !there ? Response{.status = 404} : agreeable_answer(request);
  });
  const auto pushed = body_->push(content());
  body_->remove(pushed);
  auto before = wire_->transport.asked().size();
  body_->push(content());
  EXPECT_EQ(wire_->transport.asked().size() - before, 2u);  // HEAD of the blob, PUT of the manifest
  there = false;
  before = wire_->transport.asked().size();
  body_->push(content());
  EXPECT_EQ(wire_->transport.asked().size() - before, 4u);  // HEAD, POST and PUT of the blob, PUT of the manifest
}

TEST_F(Talk, CleaningUpDeletesManifestsBeforeBlobsAndNamesWhatStays) {
  answer([](const Request& request) {
    const bool blob = request.method == "DELETE" && request.url.find("/blobs/") != std::string::npos;
    return blob ? Response{.status = 405} : agreeable_answer(request);
  });
  body_->push(content());
  const auto cleanup = session_->clean_up();
  ASSERT_THAT(cleanup.exchanges, SizeIs(2));
  EXPECT_THAT(cleanup.exchanges[0].request.url, HasSubstr("/manifests/"));
  EXPECT_THAT(cleanup.leftovers, ElementsAre("referee/run-7: 1 blob (DELETE was answered 405)"));
}

TEST_F(Talk, WhatIsGoneAnywayIsNotLeftBehind) {
  answer([](const Request& request) {
    if (request.method == "DELETE") return Response{.status = 500};
    const bool gone = request.method == "HEAD" && request.url.find("/manifests/") != std::string::npos;
    return gone ? Response{.status = 404} : agreeable_answer(request);
  });
  body_->push(content());
  EXPECT_THAT(session_->clean_up().leftovers, ElementsAre("referee/run-7: 1 blob (DELETE was answered 500)"));
}

TEST_F(Talk, WhatIsNoDigestIsDeletedUnderItsEncodedName) {
  answer(agreeable_answer);
  session_->pushed_blob(session_->repository(), oci::Digest::verbatim("a b/\x7f"));
  const auto cleanup = session_->clean_up();
  ASSERT_THAT(cleanup.exchanges, SizeIs(1));
  EXPECT_THAT(cleanup.exchanges[0].request.url, EndsWith("/blobs/a%20b%2F%7F"));
}

TEST_F(Talk, ListsSpeakTheDialectOfTheEdition) {
  answer(agreeable_answer);
  EXPECT_EQ(body_->list_url("sha256:x", {"r"}, "a=b"), "http://registry/v2/r/referrers/sha256:x?a=b");
  answer(agreeable_answer, spec::Edition::kOrasDraft1);
  EXPECT_EQ(body_->list_url("sha256:x", {"r"}, "a=b"),
            "http://registry/oras/artifacts/v1/r/manifests/sha256:x/referrers?a=b");
  answer(agreeable_answer, spec::Edition::kOrasRc2);
  EXPECT_EQ(body_->list_url("sha256:x", {"r"}, "a=b"),
            "http://registry/v2/r/_oras/artifacts/referrers?digest=sha256:x&a=b");
}

Response page_with(const Request& request, const std::string& digest, const std::string& link) {
  Response response{.status = 200, .body = R"({"manifests":[{"digest":")" + digest + R"("}]})", .url = request.url};
  if (!link.empty()) response.headers.add("Link", link);
  return response;
}

TEST_F(Talk, FollowsRelativeLinksToTheEnd) {
  answer([](const Request& request) {
    return request.url.ends_with("last=1") ? page_with(request, "b", "")
                                           : page_with(request, "a", R"(<?last=1>; rel="next")");
  });
  const auto listing = body_->referrers_of(oci::Digest::verbatim("sha256:x"), {"r"});
  EXPECT_THAT(digests_of(listing.entries()), ElementsAre("a", "b"));
}

TEST_F(Talk, AChainThatComesBackIsBrokenAfterABoundedNumberOfRequests) {
  answer([](const Request& request) { return page_with(request, "a", R"(<?again>; rel="next")"); });
  const auto listing = body_->follow(body_->list_referrers("sha256:x", {"r"}));
  EXPECT_THAT(listing.broken, HasSubstr("comes back"));
  EXPECT_THAT(wire_->transport.asked(), SizeIs(2));
  EXPECT_THROW(body_->referrers_of(oci::Digest::verbatim("sha256:x"), {"r"}), PremiseBroken);
}

TEST_F(Talk, EventuallyPollsUntilTheMatcherIsContent) {
  answer(agreeable_answer);
  int asked = 0;
  const int last = body_->eventually_within(
      1000ms, [&] { return ++asked; }, Ge(4));
  EXPECT_EQ(last, 4);
  EXPECT_EQ(session_->worst_lag(), 140ms);  // 20 + 40 + 80
}

TEST_F(Talk, EventuallyEndsWithTheLastValueAtTheDeadline) {
  answer(agreeable_answer);
  const auto begin = wire_->clock.now();
  const int last = body_->eventually_within(
      500ms, [] { return 1; }, Ge(2));
  EXPECT_EQ(last, 1);
  EXPECT_EQ(wire_->clock.now() - begin, 500ms);
}

TEST_F(Talk, ABrokenPremiseMeansNotYetUntilTheDeadline) {
  answer(agreeable_answer);
  int asked = 0;
  const auto late = [&] {
    if (++asked < 3) throw PremiseBroken("not yet");
    return asked;
  };
  EXPECT_EQ(body_->eventually_within(1000ms, late, Ge(3)), 3);
  const auto never = []() -> int { throw PremiseBroken("never"); };
  EXPECT_THROW(body_->eventually_within(1000ms, never, Ge(3)), PremiseBroken);
}

TEST_F(Talk, ConcurrentWorkRunsOnLanesOfItsOwn) {
  answer(agreeable_answer);
  const auto statuses = body_->concurrently(8, [&](int i) { return body_->pull(std::to_string(i)).status; });
  EXPECT_THAT(statuses, Each(200));
  EXPECT_THAT(statuses, SizeIs(8));
  std::set<std::uint32_t> lanes;
  for (const auto& exchange : session_->client().take_exchanges()) lanes.insert(exchange.lane);
  EXPECT_THAT(lanes, ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
}

TEST_F(Talk, AnExceptionOnALaneComesBack) {
  answer(agreeable_answer);
  const auto breaks = [](int i) -> int {
    if (i == 2) throw PremiseBroken("on lane 3");
    return i;
  };
  EXPECT_THROW(body_->concurrently(4, breaks), PremiseBroken);
}

TEST_F(Talk, NoncesDependOnSeedAndCheckAlone) {
  answer(agreeable_answer);
  const auto first = session_->fresh_nonce();
  EXPECT_NE(first, session_->fresh_nonce());
  answer(agreeable_answer);
  EXPECT_EQ(first, session_->fresh_nonce());
  settings_.seed = 2;
  EXPECT_NE(first, Session(wire_->wire(), settings_, nullptr, spec::Edition::kOci111, "test", 7).fresh_nonce());
}

// What the verbs tolerate: late reads, passing errors of gateways, and what others attach to a subject.
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

TEST_F(Talk, LetsAsMuchTimePassAsACollectionTookThen) {
  answer([](const Request&) { return Response{.status = 200}; });
  settings_.collect = [](const std::string&) { return HookReport(); };
  const auto& clock = wire_->clock;
  const auto begin = clock.now();
  const auto then = std::chrono::ceil<std::chrono::microseconds>(clock.wall().time_since_epoch()) + 5'000ms;
  session_->recall({{"--gc-hook", {"0\n", "0 " + std::to_string(then.count()) + "\ndone"}}});
  body_->collect();
  EXPECT_EQ(clock.now(), begin) << "recorded of old, without a time";
  body_->collect();
  EXPECT_THAT(clock.now() - begin, Ge(5'000ms));
}

}  // namespace
}  // namespace referee::engine
