// Targets that cannot be judged: they are down, silent, or not registries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/testing/judged.h"
#include "harness/cli/testing/process.h"
#include "harness/http/testing/raw_server.h"

namespace referee::cli {
namespace {

using http::RawConnection;
using http::RawServer;
using ::testing::Eq;
using testing::expect_sound_reports;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kSlack;
using ::testing::Le;
using testing::Process;
using testing::results_of;
using testing::with_outcome;

// A connection that is closed or reset is asked again three times, which takes between two and four seconds.
constexpr std::chrono::seconds kRunTimeout{9};
constexpr std::chrono::seconds kShortRunTimeout{4};

struct Target {
  const char* name;
  RawServer::Script script;
  const char* cause;
};

void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

class BrokenTarget : public ::testing::TestWithParam<Target> {};

// Ends in time with 3, says so in one message that names the cause, and accuses no requirement.
void expect_not_judged(const std::string& url, const std::string& cause, const std::string& timeout = "1s",
                       std::chrono::seconds run_timeout = kRunTimeout) {
  Process run({"run", url, "--timeout", timeout, "--run-timeout", std::to_string(run_timeout.count()) + "s"});
  EXPECT_THAT(run.wait(run_timeout + kSlack), Eq(3)) << run.errors() << run.output();
  const auto said = run.output();
  const auto message = said.find("not judged: ");
  ASSERT_NE(message, std::string::npos) << said;
  EXPECT_EQ(said.find("not judged: ", message + 1), std::string::npos) << said;
  EXPECT_THAT(said.substr(message, said.find('\n', message) - message), HasSubstr(cause));
  const auto results = results_of(run);
  EXPECT_THAT(results["verdict"], Eq("not-judged"));
  EXPECT_THAT(results["seconds"], Le(std::chrono::duration<double>(run_timeout).count()));
  EXPECT_THAT(with_outcome(results, "failed"), IsEmpty());
  expect_sound_reports(run);
}

TEST_P(BrokenTarget, IsNotJudgedAndNamedForWhatItIs) {
  RawServer server(GetParam().script);
  expect_not_judged(server.url(), GetParam().cause);
}

void half_an_answer(RawConnection& client) {
  while (!client.read_request().empty()) {
    client.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"half\":");
    return;
  }
}

void drips(RawConnection& client) {
  client.read_request();
  client.drip("HTTP/1.1 200 OK\r\nX-Long: " + std::string(1000, 'x'), 1, std::chrono::milliseconds(200));
}

// Answers /v2/ as a registry does, and everything else so.
RawServer::Script but_for_the_base(RawServer::Script bad) {
  return [bad = std::move(bad)](RawConnection& client) {
    const auto request = client.read_request();
    if (!request.starts_with("GET /v2/ ")) return bad(client);
    client.send(http::raw_response("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close", "{}"));
  };
}

RawServer::Script saying(const std::string& status, const std::string& type, const std::string& body) {
  return [=](RawConnection& client) {
    client.send(http::raw_response("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nConnection: close", body));
  };
}

void half_a_body(RawConnection& client) {
  client.send("HTTP/1.1 202 Accepted\r\nLocation: /v2/x/blobs/uploads/1\r\nContent-Length: 100\r\n\r\n{\"half\":");
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenTarget,
    ::testing::Values(
        Target{"Hangs", [](RawConnection& client) { client.hang(); }, "not complete within"},
        Target{"HangsAfterTheRequest", [](RawConnection& client) { client.read_request(), client.hang(); },
               "not complete within"},
        Target{"Drips", drips, "not complete within"},
        Target{"Resets", [](RawConnection& client) { client.read_request(), client.reset(); }, "reset"},
        Target{"ClosesAtOnce", [](RawConnection& client) { client.read_request(); }, "Empty reply"},
        Target{"ClosesHalfway", half_an_answer, "transfer closed"},
        Target{"AnswersHtml",
               RawServer::answering(http::raw_response("HTTP/1.1 200 OK\r\nContent-Type: text/html",
                                                       "<html>hello</html>")),
               "registry"},
        Target{"AnswersHtmlNotFound",
               RawServer::answering(http::raw_response("HTTP/1.1 404 Not Found\r\nContent-Type: text/html", "<html/>")),
               "404"},
        Target{
            "ForbidsEverything",
            RawServer::answering(http::raw_response("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json", "{}")),
            "403"},
        Target{"SpeaksNoHttp", RawServer::answering("SSH-2.0-OpenSSH_9.2\r\n"), "HTTP"},
        Target{"HangsBehindTheBase", but_for_the_base([](RawConnection& client) { client.hang(); }),
               "not complete within"},
        Target{"ResetsBehindTheBase", but_for_the_base([](RawConnection& client) { client.reset(); }), "reset"},
        Target{"ClosesHalfwayBehindTheBase", but_for_the_base(half_a_body), "transfer closed"},
        Target{"AnswersHtmlBehindTheBase", but_for_the_base(saying("200 OK", "text/html", "<html/>")), "text/html"},
        Target{"ForbidsBehindTheBase", but_for_the_base(saying("403 Forbidden", "application/json", "{}")), "403"},
        Target{"FailsBehindTheBase", but_for_the_base(saying("500 Oops", "text/plain", "oops")), "500"}),
    [](const auto& target) { return target.param.name; });

TEST(Target, ThatIsDownIsNamedSo) {
  expect_not_judged("http://127.0.0.1:" + std::to_string(http::closed_port()), "connect");
}

TEST(Target, ThatHangsIsNotWaitedForLongerThanTheRunMayTake) {
  RawServer server([](RawConnection& client) { client.read_request(), client.hang(); });
  expect_not_judged(server.url(), "the run timeout passed before GET " + server.url() + "/v2/ was answered", "30s",
                    kShortRunTimeout);
}

}  // namespace
}  // namespace referee::cli
