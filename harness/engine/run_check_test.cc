// Outcomes of checks: what a body claims, throws or skips, and that nothing masks a violated claim.
#include "harness/engine/run_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/engine/testing/scripted_transport.h"
#include "harness/spec/literals/oci.h"

namespace referee::engine {
namespace {

using spec::literals::operator""_requirement;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr auto kMustRow = "oci.referrers.list.empty-200"_requirement;      // FAIL when violated
constexpr auto kShouldRow = "oci.referrers.filter.supported"_requirement;  // WARN when violated

class RunCheck : public ::testing::Test {
 protected:
  CheckResult run(void (*body)(Session&), spec::RequirementId requirement = kMustRow) {
    const Check check{"Suite", "Name", requirement, {}, __FILE__, __LINE__, body};
    Session session(wire_.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
    return run_check(check, session);
  }

  testing::TestWire wire_{[](const http::Request&) { return http::Response{.status = 200}; }};
  Settings settings_;
};

TEST_F(RunCheck, PassesWhereEveryClaimHolds) {
  EXPECT_EQ(run([](Session&) { EXPECT_THAT(1, Eq(1)); }).outcome, Outcome::kPassed);
}

TEST_F(RunCheck, FailsWithTheRowsVerdict) {
  const auto result = run([](Session&) { EXPECT_THAT(1, Eq(2)); });
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_EQ(result.findings[0].expected, "2");
  EXPECT_EQ(result.findings[0].actual, "1");
  EXPECT_EQ(result.findings[0].verdict, spec::Verdict::kFail);
  EXPECT_GT(result.findings[0].line, 0);
  EXPECT_EQ(result.binding.level, spec::Level::kMust);
}

TEST_F(RunCheck, WarnsWhereTheRowWarns) {
  EXPECT_EQ(run([](Session&) { EXPECT_THAT(1, Eq(2)); }, kShouldRow).outcome, Outcome::kWarned);
}

TEST_F(RunCheck, GradedClaimsCarryTheirOwnVerdict) {
  EXPECT_EQ(run([](Session&) { EXPECT_WARN_THAT(1, Eq(2)); }).outcome, Outcome::kWarned);
  EXPECT_EQ(run([](Session&) { EXPECT_NOTE_THAT(1, Eq(2)); }).outcome, Outcome::kNoted);
  EXPECT_EQ(run([](Session&) { EXPECT_FAIL_THAT(1, Eq(2)); }, kShouldRow).outcome, Outcome::kFailed);
}

TEST_F(RunCheck, TheMarkOfAGradeIsNotInTheMessage) {
  const auto result = run([](Session&) { EXPECT_WARN_THAT(1, Eq(2)) << "about the number"; });
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_THAT(result.findings[0].message, HasSubstr("about the number"));
  EXPECT_THAT(result.findings[0].message, ::testing::Not(HasSubstr("grade=")));
}

TEST_F(RunCheck, KeepsWhatIsExpectedWhatCameAndTheNoteApart) {
  const auto result = run([](Session&) {
    EXPECT_WARN_THAT(1, Eq(2)) << "about\nthe number";
    EXPECT_THAT(3, Eq(4));
    EXPECT_EQ(5, 6) << "as GoogleTest tells it";
  });
  ASSERT_THAT(result.findings, SizeIs(3));
  EXPECT_EQ(result.findings[0].expected, "2");
  EXPECT_EQ(result.findings[0].actual, "1");
  EXPECT_EQ(result.findings[0].note, "about\nthe number");
  EXPECT_EQ(result.findings[0].message, "Expected: 2\n  Actual: 1\nabout\nthe number");
  EXPECT_EQ(result.findings[1].actual, "3");
  EXPECT_EQ(result.findings[1].note, "");
  EXPECT_THAT(result.findings[2].message, HasSubstr("as GoogleTest tells it"));
}

TEST_F(RunCheck, NamesTheExchangesThatShowAFinding) {
  const auto result = run([](Session& session) {
    const auto ask = [&] { return session.client().send({.method = "GET", .url = "http://registry/v2/"}); };
    const auto first = ask();
    EXPECT_THAT(1, Eq(2));
    const auto second = ask();
    EXPECT_THAT(first, ::testing::Field(&http::Response::status, Eq(404)));
    EXPECT_THAT(1, Eq(2));
    EXPECT_THAT((std::vector{first, second, first}), SizeIs(1));
  });
  ASSERT_THAT(result.exchanges, SizeIs(2));
  const auto first = result.exchanges[0].sequence;
  const auto second = result.exchanges[1].sequence;
  ASSERT_THAT(result.findings, SizeIs(4));
  EXPECT_THAT(result.findings[0].exchanges, ElementsAre(first)) << "the last before the claim";
  EXPECT_THAT(result.findings[1].exchanges, ElementsAre(first)) << "the one that the value came with";
  EXPECT_THAT(result.findings[2].exchanges, ElementsAre(second));
  EXPECT_THAT(result.findings[3].exchanges, ElementsAre(first, second));
}

TEST_F(RunCheck, NamesTheListThatAnEntryCameWith) {
  const auto result = run([](Session& session) {
    const auto ask = [&](const char* path) {
      return session.client().send({.method = "GET", .url = std::string("http://registry/v2/") + path});
    };
    auto answer = ask("referrers");
    answer.body = R"({"manifests":[{"digest":"sha256:a"},{"digest":"sha256:b"}]})";
    const auto listing = Listing{.pages = {read_page(answer, {"manifests"})}, .broken = ""};
    ask("pulled");
    EXPECT_THAT(listing.entries(), SizeIs(3));
    EXPECT_THAT(listing.entries().front(), ::testing::Field(&Entry::digest, Eq("sha256:c")));
  });
  ASSERT_THAT(result.exchanges, SizeIs(2));
  ASSERT_THAT(result.findings, SizeIs(2));
  EXPECT_THAT(result.findings[0].exchanges, ElementsAre(result.exchanges[0].sequence));
  EXPECT_THAT(result.findings[1].exchanges, ElementsAre(result.exchanges[0].sequence));
}

TEST_F(RunCheck, TheWorstViolatedClaimDecides) {
  const auto result = run([](Session&) {
    EXPECT_NOTE_THAT(1, Eq(2));
    EXPECT_THAT(3, Eq(4));
    EXPECT_WARN_THAT(5, Eq(6));
  });
  EXPECT_EQ(result.outcome, Outcome::kFailed);
  EXPECT_THAT(result.findings, SizeIs(3));
  EXPECT_THAT(result.reason, HasSubstr("expected 4"));
}

TEST_F(RunCheck, AnUnmetGateSkipsAndSaysWhatWasSeen) {
  const auto result = run([](Session&) { APPLIES_IF(1, Eq(2)); });
  EXPECT_EQ(result.outcome, Outcome::kSkipped);
  EXPECT_THAT(result.reason, Eq("the rule is about 2; got 1"));
  EXPECT_FALSE(result.not_run);
}

TEST_F(RunCheck, SaysInASentenceWhyItIsNotDue) {
  EXPECT_EQ(run([](Session& all) { APPLIES_IF(all.interrupted(), Holds("a pause", "there is no pause")); }).reason,
            "there is no pause");
  EXPECT_EQ(run([](Session& all) { GIVEN_THAT(all.interrupted(), Holds("a pause", "there is no pause")); }).reason,
            "there is no pause");
}

TEST_F(RunCheck, ShowsNoAddressesAndNoAbsentOptionals) {
  const auto result = run([](Session&) {
    EXPECT_THAT(std::string("a"), Eq(static_cast<const char*>("b pointing to 0x1")));
    EXPECT_THAT(std::optional<int>(), ::testing::Optional(1));
  });
  ASSERT_THAT(result.findings, SizeIs(2));
  EXPECT_EQ(result.findings[0].expected, "\"b pointing to 0x1\"");
  EXPECT_EQ(result.findings[1].actual, "nothing");
}

TEST_F(RunCheck, ABrokenPremiseBlocks) {
  EXPECT_EQ(run([](Session&) { GIVEN_THAT(1, Eq(2)); }).outcome, Outcome::kBlocked);
}

TEST_F(RunCheck, GtestSkipSkips) {
  const auto result = run([](Session&) { GTEST_SKIP() << "not today"; });
  EXPECT_EQ(result.outcome, Outcome::kSkipped);
  EXPECT_THAT(result.reason, HasSubstr("not today"));
}

TEST_F(RunCheck, NothingMasksAViolatedClaim) {
  for (const auto body : {+[](Session&) {
                            EXPECT_THAT(1, Eq(2));
                            throw PremiseBroken("later");
                          },
                          +[](Session&) {
                            EXPECT_THAT(1, Eq(2));
                            throw NotApplicable("later");
                          },
                          +[](Session&) {
                            EXPECT_THAT(1, Eq(2));
                            throw http::TransportFault(http::FaultKind::kTimeout, "later");
                          }}) {
    EXPECT_EQ(run(body).outcome, Outcome::kFailed);
  }
}

TEST_F(RunCheck, FaultsOfTheWireAndOfTheCheckAreErrors) {
  EXPECT_EQ(run([](Session&) { throw http::TransportFault(http::FaultKind::kReset, "broken"); }).outcome,
            Outcome::kError);
  EXPECT_EQ(run([](Session&) { throw std::logic_error("a bug"); }).outcome, Outcome::kError);
}

TEST_F(RunCheck, AnInterruptionCountsAsNotRun) {
  const auto result = run([](Session&) { throw http::TransportFault(http::FaultKind::kInterrupted, "stop"); });
  EXPECT_EQ(result.outcome, Outcome::kSkipped);
  EXPECT_TRUE(result.not_run);
}

TEST_F(RunCheck, StatusesThatDecideNothingBlock) {
  testing::TestWire wire([](const http::Request&) { return http::Response{.status = 403}; });
  const Check check{"Suite", "Name", kMustRow, {}, __FILE__, __LINE__, [](Session& session) {
                      struct Body : Conversation {
                        using Conversation::Conversation;
                        void body() { EXPECT_THAT(pull("tag", repository()).status, Eq(200)); }
                      };
                      Body(session).body();
                    }};
  Session session(wire.wire(), settings_, nullptr, spec::Edition::kOci111, "test", 1);
  const auto result = run_check(check, session);
  EXPECT_EQ(result.outcome, Outcome::kBlocked);
  EXPECT_THAT(result.exchanges, SizeIs(1));
}

TEST(RunRule, IsSkippedWhereItAppliesToNoExchangeAndKeepsTheEvidenceOtherwise) {
  const ExchangeRule rule{
      "Suite", "Rule", kMustRow, __FILE__, __LINE__, [](const http::Exchange& exchange, const RuleContext&) {
        if (!exchange.response) throw NotApplicable("no answer");
        EXPECT_THAT(exchange.response->status, Eq(200));
      }};
  const http::BodyStore bodies;
  const http::Exchange silent{.sequence = 1};
  const http::Exchange good{.sequence = 2, .response = http::RecordedResponse{.status = 200}};
  const http::Exchange bad{.sequence = 3, .response = http::RecordedResponse{.status = 500}};
  EXPECT_EQ(run_rule(rule, spec::Edition::kOci111, {{&silent, {}}}, bodies, "http://registry").outcome,
            Outcome::kSkipped);
  EXPECT_EQ(run_rule(rule, spec::Edition::kOci111, {{&silent, {}}, {&good, {}}}, bodies, "http://registry").outcome,
            Outcome::kPassed);
  const http::Exchange cut{.sequence = 4, .response = http::RecordedResponse{.status = 500, .whole = false}};
  EXPECT_EQ(run_rule(rule, spec::Edition::kOci111, {{&good, {}}, {&cut, {}}}, bodies, "http://registry").outcome,
            Outcome::kPassed);
  const auto broken =
      run_rule(rule, spec::Edition::kOci111, {{&silent, {}}, {&good, {}}, {&bad, {}}}, bodies, "http://registry");
  EXPECT_EQ(broken.outcome, Outcome::kFailed);
  ASSERT_THAT(broken.exchanges, SizeIs(1));
  EXPECT_EQ(broken.exchanges[0].sequence, 3u);
  EXPECT_THAT(broken.findings.at(0).exchanges, ElementsAre(3u));
}

}  // namespace
}  // namespace referee::engine
