// A check that passed is repeated in other surroundings, and there only violations count.
#include "harness/engine/repeats/elsewhere.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <vector>

#include "harness/engine/conversation.h"
#include "harness/engine/run_check.h"
#include "harness/engine/testing/scripted_transport.h"
#include "harness/spec/literals/oci.h"

namespace referee::engine {
namespace {

using spec::literals::operator""_requirement;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Elsewhere : public ::testing::Test {
 protected:
  Elsewhere() {
    settings_.repeats = true;
    settings_.client.base = "http://registry.example";
  }

  CheckResult run(void (*body)(Session&), CheckTraits traits = {}) {
    const Check check{"Suite", "Name", "oci.referrers.list.stable"_requirement, traits, __FILE__, __LINE__, body};
    Session session(wire_.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
    if (recalled_) session.recall(*recalled_);
    return run_check(check, session);
  }

  std::string refused_below_;  // what a manifest must not hold in deeper names
  testing::TestWire wire_{[this](const http::Request& request) {
    const bool deep = request.url.find("/deep/") != std::string::npos;
    if (deep && !refused_below_.empty() && request.body.find(refused_below_) != std::string::npos) {
      http::Response refusal{.status = 400};
      refusal.url = request.url;
      return refusal;
    }
    http::Response answer{.status = request.method == "POST" ? 202 : 201};
    answer.url = request.url;
    answer.headers.set("Location", request.url + "upload");
    return answer;
  }};
  Settings settings_;
  std::optional<Facts> recalled_;
};

int rounds_before(const Session& session) { return session.guise() == oci::Guise::kNone ? 0 : 1; }

TEST_F(Elsewhere, AViolationFailsTheCheckAndSaysWhereItCame) {
  const auto result = run([](Session& session) { EXPECT_THAT(rounds_before(session), Eq(0)); });
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_THAT(result.findings[0].note, HasSubstr("the check passed in a fresh repository"));
}

TEST_F(Elsewhere, WhatCannotBeAskedLeavesTheCheckPassed) {
  EXPECT_EQ(run([](Session& session) { GIVEN_THAT(rounds_before(session), Eq(0)); }).outcome, Outcome::kPassed);
  EXPECT_EQ(run([](Session& session) { APPLIES_IF(rounds_before(session), Eq(0)); }).outcome, Outcome::kPassed);
}

struct Pusher : Conversation {
  using Conversation::Conversation;

  int push() const {
    const auto manifest = oci::Manifest::of("a/b", R"({"much":1,"subject":{}})");
    return put_manifest(manifest, manifest.digest, repository()).status;
  }
};

void push_a_referrer(Session& session) { EXPECT_THAT(Pusher(session).push(), The("status", Eq(201))); }

TEST_F(Elsewhere, ARefusedReferrerIsAViolationWhereTheSameWithoutSubjectIsTaken) {
  refused_below_ = "subject";
  const auto result = run(push_a_referrer);
  EXPECT_EQ(result.outcome, Outcome::kFailed) << result.reason;
}

TEST_F(Elsewhere, WhatIsRefusedForItsContentIsNone) {
  refused_below_ = "much";
  const auto result = run(push_a_referrer);
  EXPECT_EQ(result.outcome, Outcome::kPassed) << result.reason;
  settings_.repeats = false;
  recalled_ = result.facts;  // as when the evidence is judged again, without a body at hand
  EXPECT_EQ(run(push_a_referrer).outcome, Outcome::kPassed);
}

TEST_F(Elsewhere, AViolationBeforeIsNotRepeated) {
  EXPECT_THAT(run([](Session&) { EXPECT_THAT(1, Eq(2)); }).findings, SizeIs(1));
}

TEST_F(Elsewhere, NothingIsRepeatedUnlessTheRunWantsItOrWhereTheCheckIsLong) {
  const auto body = [](Session& session) { EXPECT_THAT(rounds_before(session), Eq(0)); };
  EXPECT_EQ(run(body, {.heavy = true}).outcome, Outcome::kPassed);
  settings_.repeats = false;
  EXPECT_EQ(run(body).outcome, Outcome::kPassed);
}

TEST_F(Elsewhere, EvidenceSaysWhetherTheCheckWasRepeated) {
  const auto body = [](Session& session) { EXPECT_THAT(rounds_before(session), Eq(0)); };
  recalled_ = run([](Session&) {}).facts;
  settings_.repeats = false;
  EXPECT_EQ(run(body).outcome, Outcome::kFailed);
  recalled_ = Facts();
  settings_.repeats = true;
  EXPECT_EQ(run(body).outcome, Outcome::kPassed);
}

TEST_F(Elsewhere, TheRepositoryHasAnotherNameAndAPast) {
  const auto result = run([](Session&) {});
  std::vector<std::string> asked;
  for (const auto& exchange : result.exchanges) asked.push_back(exchange.request.method + " " + exchange.request.url);
  EXPECT_THAT(asked, ::testing::Contains(AllOf(HasSubstr("PUT "), HasSubstr("/deep/"), HasSubstr("/manifests/moved"))));
  EXPECT_THAT(asked, ::testing::Contains(AllOf(HasSubstr("DELETE "), HasSubstr("/manifests/sha256:"))));
}

TEST_F(Elsewhere, TheChecksOfARequirementTakeTurnsWithTheKindsOfSubjects) {
  const auto row = "oci.referrers.list.stable"_requirement;
  std::vector<Check> all;
  for (const char* name : {"A", "B", "C", "D"}) {
    all.push_back({"Suite", name, row, {}, __FILE__, __LINE__, nullptr});
    std::multiset<oci::Guise> guises;
    for (const auto& check : all) {
      const auto own = guises_of(check, all);
      EXPECT_THAT(own, Not(IsEmpty())) << all.size() << " checks";
      guises.insert(own.begin(), own.end());
    }
    EXPECT_THAT(std::set(guises.begin(), guises.end()), SizeIs(5)) << all.size() << " checks";
    EXPECT_THAT(guises, SizeIs(std::max<std::size_t>(5, all.size())));
  }
}

TEST_F(Elsewhere, ACheckWithoutSiblingsIsRepeatedWithEachKind) {
  const auto result = run([](Session& session) { Pusher(session).push(); });
  std::set<std::string> repositories;
  for (const auto& exchange : result.exchanges) {
    const auto& url = exchange.request.url;
    if (url.find("/uploads/") == std::string::npos) repositories.insert(url.substr(0, url.find("/manifests/")));
  }
  EXPECT_THAT(repositories, SizeIs(6));
}

struct Reader : Conversation {
  using Conversation::Conversation;

  void push_and_look(const oci::Digest& digest) const {
    auto manifest = oci::Manifest::of("a/b", "{}");
    manifest.digest = digest;
    head(push(oci::Content{manifest, {}, {}, {}}));
  }
};

// What the requests on manifests name, as a digest or a tag.
std::vector<std::string> references_in(Session& session) {
  std::vector<std::string> references;
  for (const auto& exchange : session.take_exchanges()) {
    const auto& url = exchange.request.url;
    references.push_back(url.substr(url.rfind('/') + 1));
  }
  return references;
}

TEST_F(Elsewhere, InOneGuiseWhatHasNoTagIsPushedAndPulledByOne) {
  Session session(wire_.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
  session.move(oci::Guise::kTagged, "/below");
  Reader(session).push_and_look(oci::Digest::of("{}"));
  const auto references = references_in(session);
  ASSERT_THAT(references, SizeIs(2));
  EXPECT_THAT(references[0], Not(HasSubstr("sha256:")));
  EXPECT_EQ(references[1], references[0]);
}

TEST_F(Elsewhere, WhatIsPushedUnderAnotherDigestKeepsIt) {
  Session session(wire_.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
  session.move(oci::Guise::kTagged, "/below");
  const auto other = oci::Digest::of("{}", oci::Algorithm::kSha512);
  Reader(session).push_and_look(other);
  EXPECT_THAT(references_in(session), ::testing::Each(Eq(other.text())));
}

TEST_F(Elsewhere, ATagThatIsGoneExplainsWhatIsMissing) {
  for (const int status : {404, 200}) {
    testing::TestWire wire([=](const http::Request&) { return http::Response{.status = status}; });
    Session session(wire.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
    http::Exchange push{.request = {.method = "PUT", .url = "http://registry.example/v2/a/manifests/tag"}};
    push.response.emplace();
    push.response->status = 201;
    EXPECT_FALSE(refuses_content({}, std::vector{push}, session));
    session.move(oci::Guise::kTagged, "/below");
    EXPECT_EQ(refuses_content({}, std::vector{push}, session), status == 404);
  }
}

TEST_F(Elsewhere, WhereTheRepositoryIsSomebodyElsesNothingIsRepeatedByTag) {
  Session session(wire_.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
  EXPECT_TRUE(is_known(oci::Guise::kTagged, session));
  settings_.existing_repos = {"theirs"};
  EXPECT_FALSE(is_known(oci::Guise::kTagged, session));
}

TEST_F(Elsewhere, WhatDeletesIsNotRepeatedByTag) {
  const http::Exchange deletion{.request = {.method = "DELETE"}};
  const http::Exchange push{.request = {.method = "PUT"}};
  EXPECT_FALSE(fits(oci::Guise::kTagged, std::vector{push, deletion}));
  EXPECT_TRUE(fits(oci::Guise::kTagged, std::vector{push}));
  EXPECT_TRUE(fits(oci::Guise::kIndex, std::vector{push, deletion}));
}

TEST_F(Elsewhere, WhatPushesByTagIsNotRepeatedUnderSha512) {
  const auto push_to = [](const char* reference) {
    const std::string url = std::string("http://registry.example:5000/v2/a/manifests/") + reference;
    return http::Exchange{.request = {.method = "PUT", .url = url}};
  };
  EXPECT_FALSE(fits(oci::Guise::kSha512, std::vector{push_to("sha256:1"), push_to("tag")}));
  EXPECT_TRUE(fits(oci::Guise::kSha512, std::vector{push_to("sha256:1")}));
  EXPECT_TRUE(fits(oci::Guise::kTagged, std::vector{push_to("tag")}));
}

// Answers as a registry does that keeps manifests under their SHA-512 and lists one referrer, or none.
http::Response keeps_sha512(const http::Request& request, std::string& referrer, bool lists) {
  http::Response answer{.status = request.method == "PUT" ? 201 : 200};
  answer.url = request.url;
  if (request.method == "POST") answer.status = 202;
  if (request.method == "POST") answer.headers.set("Location", request.url + "upload");
  const auto subject = request.body.find("sha512:");
  constexpr std::size_t kLength = 135;
  if (request.method == "PUT" && subject != std::string::npos) {
    answer.headers.set("OCI-Subject", request.body.substr(subject, kLength));
    referrer = request.url.substr(request.url.rfind('/') + 1);
  }
  if (request.url.find("/referrers/") == std::string::npos) return answer;
  const std::string entry = R"({"mediaType":"application/vnd.oci.image.manifest.v1+json","size":7,"digest":")";
  answer.headers.set("Content-Type", "application/vnd.oci.image.index.v1+json");
  answer.body = R"({"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[)" +
                (lists ? entry + referrer + "\"}" : "") + "]}";
  return answer;
}

TEST_F(Elsewhere, SubjectsUnderSha512AreForTargetsThatListTheirReferrers) {
  settings_.settle = std::chrono::milliseconds(0);
  for (const bool lists : {true, false}) {
    std::string referrer;
    testing::TestWire wire([&](const http::Request& request) { return keeps_sha512(request, referrer, lists); });
    Session session(wire.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
    EXPECT_EQ(is_known(oci::Guise::kSha512, session), lists);
    EXPECT_TRUE(is_known(oci::Guise::kIndex, session));
  }
}

TEST_F(Elsewhere, TheFirstKindThatShowsAViolationIsTheLast) {
  const auto result = run([](Session& session) { EXPECT_THAT(rounds_before(session), The("round", Eq(0))); });
  EXPECT_THAT(result.findings, SizeIs(1));
}

TEST_F(Elsewhere, ARegistryWithoutDeepNamesIsAskedUnderPlainOnes) {
  testing::TestWire shallow([](const http::Request& request) {
    http::Response answer{.status = request.url.find("/deep/") != std::string::npos ? 400 : 201};
    if (answer.status == 201 && request.method == "POST") answer.status = 202;
    answer.url = request.url;
    answer.headers.set("Location", request.url + "upload");
    return answer;
  });
  const Check check{"Suite", "Name", "oci.referrers.list.stable"_requirement, {}, __FILE__, __LINE__, nullptr};
  Session session(shallow.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
  move_elsewhere(session, oci::Guise::kIndex);
  EXPECT_THAT(session.repository().name, AllOf(HasSubstr("-elsewhere"), Not(HasSubstr("/deep/"))));
}

}  // namespace
}  // namespace referee::engine
