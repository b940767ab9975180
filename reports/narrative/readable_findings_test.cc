// Several inputs with one fault are one finding.
#include "reports/narrative/readable_findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

SavedFinding finding(const std::string& actual, const std::string& note, std::uint64_t sequence = 0) {
  SavedFinding one{.message = "m", .expected = "status 400", .actual = actual, .note = note};
  one.file = "a.cc";
  one.line = 7;
  if (sequence != 0) one.exchanges = {sequence};
  return one;
}

http::Exchange asked(std::uint64_t sequence, const std::string& url) {
  http::Exchange exchange;
  exchange.sequence = sequence;
  exchange.request = {"GET", url, {}, ""};
  return exchange;
}

TEST(ReadableFindings, MakesOneFindingOfSeveralInputs) {
  SavedRun run;
  run.target_url = "http://registry";
  SavedCheck check;
  check.findings = {finding("200, application/json, 2 bytes: {}", "notadigest", 1),
                    finding("200, application/json, 9 bytes: {\"a\":1}", "sha256", 2),
                    finding("404, 0 bytes", "sha256:", 3), finding("200, 0 bytes", "for sha256, at look 2", 4)};
  check.exchanges = {asked(1, "http://registry/v2/a/referrers/notadigest"), asked(2, "http://elsewhere/x")};
  const auto findings = readable_findings(run, check);
  ASSERT_THAT(findings, SizeIs(2));
  EXPECT_EQ(findings[0].request, "GET /v2/a/referrers/notadigest");
  EXPECT_EQ(findings[0].got, "200 in 2 requests; the first: 200, application/json, 2 bytes: {}");
  EXPECT_EQ(findings[0].note, "notadigest, sha256");
  EXPECT_EQ(findings[0].times, 3u);
  EXPECT_EQ(findings[1].got, "404, 0 bytes");
  EXPECT_EQ(findings[1].request, "");
  EXPECT_EQ(readable_text(findings[1]), "expected: status 400\ngot:      404, 0 bytes\nnote:     sha256:\n");
}

TEST(ReadableFindings, KeepsFaultsApartThatDiffer) {
  SavedRun run;
  SavedCheck check;
  auto other = finding("200, 0 bytes", "b");
  other.line = 8;
  check.findings = {finding("200, 0 bytes", "a"), other, finding("200, 0 bytes", ""), finding("no digest", "c"),
                    finding("no digest", "d")};
  const auto findings = readable_findings(run, check);
  ASSERT_THAT(findings, SizeIs(4));
  EXPECT_EQ(findings[3].got, "no digest, in 2 requests");
}

TEST(ReadableFindings, NamesWhoJudgesWhatBlocked) {
  const auto answered = [](http::Exchange exchange, int status) {
    exchange.response = http::RecordedResponse{status, "", {}, ""};
    return exchange;
  };
  SavedRun run;
  SavedCheck judge;
  judge.id = "Pushing.Creates";
  judge.requirement = "oci.subject.push-201";
  judge.outcome = Outcome::kFailed;
  judge.findings = {finding("500", "", 1)};
  judge.exchanges = {answered(asked(1, "http://r/v2/a/manifests/x"), 500)};
  run.checks = {judge};
  SavedCheck blocked;
  blocked.outcome = Outcome::kBlocked;
  blocked.exchanges = {answered(asked(2, "http://r/v2/b/manifests/y"), 500)};
  EXPECT_EQ(judged_by(run, blocked), "Pushing.Creates (oci.subject.push-201)");
  blocked.exchanges = {answered(asked(2, "http://r/v2/b/manifests/y"), 404)};
  EXPECT_EQ(judged_by(run, blocked), "");
  EXPECT_EQ(judged_by(run, judge), "");
}

TEST(ReadableFindings, ShortensAnswersToTheirStatus) {
  EXPECT_EQ(in_short("expected status 400; got 200 OK, text/html, 2 bytes: {}"), "expected status 400; got 200 OK");
  EXPECT_EQ(in_short("expected a; got 2000, b"), "expected a; got 2000, b");
  EXPECT_EQ(in_short("no reason, text"), "no reason, text");
}

TEST(ReadableFindings, SaysTheMessageWhereThereIsNothingElse) {
  EXPECT_EQ(readable_text({.message = "the sentence"}), "finding:  the sentence\n");
}

TEST(ReadableFindings, SaysWhyAVerdictIsSofterThanItsLevel) {
  SavedCheck check;
  check.level = spec::Level::kMust;
  check.verdict = spec::Verdict::kFail;
  EXPECT_EQ(softer_because(check, spec::Verdict::kFail), "");
  EXPECT_THAT(softer_because(check, spec::Verdict::kWarn), HasSubstr("a warning although the level is MUST"));
  check.level = spec::Level::kShould;
  EXPECT_EQ(softer_because(check, spec::Verdict::kWarn), "");
}

}  // namespace
}  // namespace referee::reports
