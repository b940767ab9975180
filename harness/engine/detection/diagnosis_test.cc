#include "harness/engine/detection/diagnosis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::engine {
namespace {

using http::FaultKind;
using http::HeaderLine;
using http::TlsTrouble;
using ::testing::AllOf;
using ::testing::Eq;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::Not;

struct FaultCase {
  FaultKind kind;
  TlsTrouble tls;
  const char* base;
  const char* cause;
  const char* remedy;
};

class DiagnosisOfAFault : public testing::TestWithParam<FaultCase> {};
TEST_P(DiagnosisOfAFault, NamesTheRemedy) {
  const auto& wanted = GetParam();
  const auto diagnosis = diagnose(http::TransportFault(wanted.kind, "libcurl's words", wanted.tls), wanted.base);
  EXPECT_THAT(diagnosis.cause, AllOf(HasSubstr(wanted.cause), HasSubstr(wanted.base)));
  EXPECT_THAT(diagnosis.remedy, HasSubstr(wanted.remedy));
}
INSTANTIATE_TEST_SUITE_P(
    Table, DiagnosisOfAFault,
    testing::Values(
        FaultCase{FaultKind::kResolve, TlsTrouble::kOther, "https://r.example", "has no address", "DNS"},
        FaultCase{FaultKind::kConnect, TlsTrouble::kOther, "https://r.example", "nothing accepts connections", "port"},
        FaultCase{FaultKind::kTimeout, TlsTrouble::kOther, "https://r.example", "in time", "--timeout"},
        FaultCase{FaultKind::kClosed, TlsTrouble::kOther, "http://r.example:5000", "closed the connection",
                  "https://r.example:5000"},
        FaultCase{FaultKind::kClosed, TlsTrouble::kOther, "https://r.example", "libcurl's words", ""},
        FaultCase{FaultKind::kTls, TlsTrouble::kNoTls, "https://r.example:5000", "plain http", "http://r.example:5000"},
        FaultCase{FaultKind::kTls, TlsTrouble::kUnknownAuthority, "https://r.example", "does not trust", "--ca-file"},
        FaultCase{FaultKind::kTls, TlsTrouble::kExpired, "https://r.example", "not valid today", "clock"},
        FaultCase{FaultKind::kTls, TlsTrouble::kOtherName, "https://r.example", "another name", "--resolve"},
        FaultCase{FaultKind::kTls, TlsTrouble::kOther, "https://r.example", "handshake", "--cert-file"}));

http::Exchange refused(int status, std::vector<HeaderLine> headers = {}, std::vector<HeaderLine> sent = {}) {
  http::Exchange exchange;
  exchange.request = {"POST", "http://r.example/v2/referee/x/blobs/uploads/", std::move(sent), ""};
  exchange.response = http::RecordedResponse{status, "Reason", std::move(headers), ""};
  return exchange;
}

const HeaderLine kBasic = {"WWW-Authenticate", "Basic realm=\"r\""};
const HeaderLine kBearer = {"WWW-Authenticate", "Bearer realm=\"https://auth.example/token\",service=\"r\""};
const HeaderLine kSent = {"Authorization", "Basic REDACTED"};
const HeaderLine kSentToken = {"Authorization", "Bearer REDACTED"};

struct AnswerCase {
  http::Exchange refused;
  const char* body;
  const char* login;
  const char* cause;
  const char* remedy;
};

class DiagnosisOfAnAnswer : public testing::TestWithParam<AnswerCase> {};
TEST_P(DiagnosisOfAnAnswer, NamesTheRemedy) {
  const auto& wanted = GetParam();
  const auto diagnosis = diagnose(wanted.refused, wanted.body, wanted.login);
  ASSERT_TRUE(diagnosis.has_value());
  EXPECT_THAT(diagnosis->cause, HasSubstr(wanted.cause));
  EXPECT_THAT(diagnosis->remedy, HasSubstr(wanted.remedy));
}
INSTANTIATE_TEST_SUITE_P(
    Table, DiagnosisOfAnAnswer,
    testing::Values(
        AnswerCase{refused(401, {kBasic}), "", "", "wants credentials", "docker login"},
        AnswerCase{refused(401, {kBearer}), "", "", "wants credentials", "docker login"},
        AnswerCase{refused(401, {kBasic}, {kSent}), "", "alice", "credentials of alice were refused", "password"},
        AnswerCase{refused(401, {kBearer}), "", "alice", "https://auth.example/token gave no token to alice",
                   "service"},
        AnswerCase{refused(401, {kBearer}, {kSentToken}), "", "alice", "does not allow POST", "right to pull, push"},
        AnswerCase{refused(401), "", "alice", "without saying how to log in", "WWW-Authenticate"},
        AnswerCase{refused(403, {}, {kSent}), "", "bob", "bob may not do POST", "--repo"},
        AnswerCase{refused(413), "", "", "quota", "--rate"}, AnswerCase{refused(429), "", "", "quota", "--rate"},
        AnswerCase{refused(507), "", "", "quota", "--rate"},
        AnswerCase{refused(405), "", "", "takes no content", "--read-only"},
        AnswerCase{refused(503), "", "", "takes no content", "--read-only"},
        AnswerCase{refused(400), "Client sent an HTTP request to an HTTPS server.", "", "speaks TLS",
                   "https://r.example"},
        AnswerCase{refused(404, {{"Content-Type", "text/html; charset=utf-8"}}), "", "", "web page", "/v2/"},
        AnswerCase{refused(501, {{"Content-Type", "text/html"}}), "", "", "web page", "/v2/"}));

TEST(Diagnosis, SaysNothingOfWhatItDoesNotKnow) {
  EXPECT_FALSE(diagnose(refused(500), "", "").has_value());
  EXPECT_FALSE(diagnose(refused(400), "{}", "").has_value());
}

TEST(Diagnosis, ReadsTheRefusedWriteAndNotWhatWasLookedAtAfterIt) {
  auto look = refused(404);
  look.request.method = "GET";
  const http::BodyStore bodies;
  const auto diagnosis = diagnose(NotJudgeable("not accepted"), {refused(403), look}, bodies, "bob");
  EXPECT_THAT(diagnosis.cause, HasSubstr("bob may not"));
  EXPECT_THAT(diagnose(NotJudgeable("not accepted"), {look}, bodies, "bob"),
              AllOf(Field(&Diagnosis::cause, Eq("not accepted")), Field(&Diagnosis::remedy, Eq(""))));
  EXPECT_THAT(diagnose(NotJudgeable("x", "do this"), {refused(403)}, bodies, "bob").remedy, Eq("do this"));
}

}  // namespace
}  // namespace referee::engine
