// Waits end early only where waiting is useless, and never where a target was seen to be late.
#include "harness/engine/waiting/waiting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/engine/capabilities.h"
#include "harness/engine/session.h"
#include "harness/engine/testing/scripted_transport.h"

namespace referee::engine {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kList = "http://registry/v2/a/referrers/sha256:0";

Page page_of(const std::string& body, int status = 200, const std::string& query = "") {
  return read_page({.status = status, .body = body, .url = kList + query, .method = "GET"}, {"manifests"});
}
Page empty_page() { return page_of(R"({"manifests":[]})"); }

class Waits : public ::testing::Test {
 protected:
  Waits() : wire_([](const http::Request&) { return http::Response{}; }) { settings_.settle = 30s; }

  Session session() { return {wire_.wire(), settings_, &capabilities_, spec::Edition::kOci111, "test", 1}; }

  // How long a session waits that sees that all the time.
  http::Duration waited(Session& session, const Sight& sight, Wait::Manner manner = Wait::Manner::kAsLongAsItHelps) {
    const auto begin = wire_.clock.now();
    Wait wait(session, settings_.settle, manner);
    while (wait.next(sight)) {
    }
    return wire_.clock.now() - begin;
  }
  http::Duration waited(const Sight& sight) {
    auto one = session();
    return waited(one, sight);
  }

  testing::TestWire wire_;
  Settings settings_;
  Capabilities capabilities_;
};

TEST_F(Waits, AreBriefAfterTwoAtTheSameSightWereInVain) {
  const auto sight = sight_of(empty_page());
  EXPECT_EQ(waited(sight), 30s);
  EXPECT_EQ(waited(sight), 30s);
  auto third = session();
  EXPECT_LT(waited(third, sight), 1s);
  EXPECT_THAT(third.take_brief_waits(), ElementsAre(HasSubstr("an OCI list without entries")));
  EXPECT_EQ(waited(sight_of(page_of(R"({"manifests":[{}]})"))), 30s) << "another sight";
}

TEST_F(Waits, LastTheirWholeTimeOnceOneHelped) {
  const auto sight = sight_of(empty_page());
  waited(sight);
  waited(sight);
  auto helped = session();
  Wait wait(helped, settings_.settle);
  EXPECT_TRUE(wait.next(sight));
  wait.met();
  EXPECT_EQ(waited(sight), 30s);
}

TEST_F(Waits, AreNotInVainWhileWhatTheySeeChanges) {
  auto sight = sight_of(empty_page());
  for (int i = 0; i < 3; ++i) {
    auto one = session();
    const auto begin = wire_.clock.now();
    Wait wait(one, settings_.settle);
    for (int looks = 0; wait.next(sight); ++looks) sight.detail = std::to_string(looks);
    EXPECT_EQ(wire_.clock.now() - begin, 30s);
  }
}

TEST_F(Waits, AreBriefFromTheStartAtWhatNoLatenessExplains) {
  EXPECT_LT(waited(sight_of(page_of(R"({"references":[]})"))), 1s) << "a list of another form";
  EXPECT_LT(waited(sight_of(page_of("oops", 500))), 1s) << "a server error";
  EXPECT_EQ(waited(sight_of(page_of("gateway", 503))), 30s) << "one that may pass";
  EXPECT_EQ(waited(sight_of(page_of("", 404))), 30s) << "a 404";
  EXPECT_EQ(waited(Sight{}), 30s) << "what is not recognized";
}

TEST_F(Waits, LastAMomentWhereBriefOnesWereInVainToo) {
  const auto sight = sight_of(page_of("oops", 500));
  EXPECT_GE(waited(sight), 500ms);
  EXPECT_GE(waited(sight), 500ms);
  EXPECT_LT(waited(sight), 200ms);
}

TEST_F(Waits, AreTwiceTheWorstLatenessWhenBrief) {
  capabilities_.lateness().met(Write::kPush, 4s);
  const auto waited_for = waited(sight_of(page_of("oops", 500)));
  EXPECT_GE(waited_for, 8s);
  EXPECT_LT(waited_for, 10s);
}

TEST_F(Waits, ForWhatMustNotHappenLastTheirWholeTimeAndTeachNothing) {
  const auto sight = sight_of(empty_page());
  for (int i = 0; i < 3; ++i) {
    auto one = session();
    EXPECT_EQ(waited(one, sight, Wait::Manner::kWholeTime), 30s);
  }
  EXPECT_EQ(waited(sight), 30s);
}

TEST_F(Waits, EndAtTheSameLookWhenEvidenceIsJudgedAgain) {
  const auto sight = sight_of(page_of("oops", 500));
  auto then = session();
  const auto brief = waited(then, sight);
  auto now = session();
  now.recall(then.take_facts());
  EXPECT_EQ(waited(now, sight), brief);
  auto old = session();  // from a version that waited to the end
  old.recall({});
  EXPECT_EQ(waited(old, sight), 30s);
}

TEST(Sights, TellListsApartByWhatTheyAreAndNotByTheirContent) {
  EXPECT_EQ(sight_of(page_of(R"({"manifests":[{},{}]})")).text, sight_of(page_of(R"({"manifests":[{}]})")).text);
  EXPECT_NE(sight_of(page_of(R"({"manifests":[{},{}]})")).detail, sight_of(page_of(R"({"manifests":[{}]})")).detail);
  EXPECT_EQ(sight_of(page_of(R"({"manifests":[]})", 200, "?artifactType=a")).text,
            "an OCI list by artifactType without entries, not said to be filtered");
  EXPECT_THAT(sight_of(std::string("text")).text, IsEmpty());
}

}  // namespace
}  // namespace referee::engine
