// The program in a bad world: targets that are down, silent or no registries, and runs that are broken off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "harness/cli/testing/process.h"
#include "harness/http/curl_transport.h"
#include "harness/http/testing/raw_server.h"

namespace referee::cli {
namespace {

using http::RawConnection;
using http::RawServer;
using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Process;
using testing::read_file;
using Json = nlohmann::json;

constexpr std::chrono::seconds kRunTimeout{4};
// Starting, writing the reports, and a machine that does other things too.
constexpr std::chrono::seconds kSlack{6};

Json results_of(const Process& run) {
  return Json::parse(read_file(run.folder() + "/referee-results/results.json"), nullptr, false);
}

std::vector<std::string> failed(const Json& results) {
  std::vector<std::string> ids;
  for (const auto& check : results["checks"]) {
    if (check["outcome"] == "failed") ids.push_back(check["id"]);
  }
  return ids;
}

struct Target {
  const char* name;
  RawServer::Script script;
  const char* cause;
};

void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

class BrokenTarget : public ::testing::TestWithParam<Target> {};

void expect_not_judged(const std::string& url, const std::string& cause) {
  const auto begin = std::chrono::steady_clock::now();
  Process run({"run", url, "--timeout", "1s", "--run-timeout", "4s"});
  EXPECT_THAT(run.wait(kRunTimeout + kSlack), Eq(3)) << run.errors() << run.output();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kRunTimeout + kSlack);
  EXPECT_THAT(run.output(), HasSubstr(cause));
  const auto results = results_of(run);
  EXPECT_THAT(results["verdict"], Eq("not-judged"));
  EXPECT_THAT(failed(results), IsEmpty());
  EXPECT_THAT(read_file(run.folder() + "/referee-results/junit.xml"), HasSubstr("<testsuites"));
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
        Target{"SpeaksNoHttp", RawServer::answering("SSH-2.0-OpenSSH_9.2\r\n"), "HTTP"}),
    [](const auto& target) { return target.param.name; });

TEST(Target, ThatIsDownIsNamedSo) {
  expect_not_judged("http://127.0.0.1:" + std::to_string(http::closed_port()), "connect");
}

// A registry that a test watches through its control port.
class Watched : public ::testing::Test {
 protected:
  Json ask(const std::string& path) {
    const auto answer = transport_.exchange({.method = "GET", .url = control_ + path, .headers = {}, .body = {}}, {});
    return Json::parse(answer.body);
  }
  void wait_for_requests(int count) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (ask("/counters")["total"] < count && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  std::size_t manifests_stored() {
    std::size_t count = 0;
    for (const auto& [name, repository] : ask("/stored")["repositories"].items())
      count += repository["manifests"].size();
    return count;
  }

  Process registry_{{"serve", "--control", "0", "--latency", "10ms"}};
  std::string url_ = registry_.line_after("listening on ");
  std::string control_ = registry_.line_after("control on ");
  http::CurlTransport transport_;
};

TEST_F(Watched, RunThatIsInterruptedCleansUpAndReports) {
  for (const int number : {SIGINT, SIGTERM}) {
    Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "4"});
    wait_for_requests(ask("/counters")["total"].get<int>() + 150);
    ASSERT_THAT(run.wait(std::chrono::milliseconds(0)), Eq(-1)) << "too fast to be interrupted: " << run.output();
    run.signal(number);
    EXPECT_THAT(run.wait(std::chrono::seconds(30)), Eq(130)) << run.errors();
    const auto results = results_of(run);
    EXPECT_THAT(results["complete"], Eq(false));
    EXPECT_THAT(failed(results), IsEmpty());
    EXPECT_TRUE(std::ranges::any_of(results["checks"], [](const Json& c) { return c["outcome"] == "skipped"; }));
    EXPECT_THAT(read_file(run.folder() + "/referee-results/junit.xml"), HasSubstr("interrupted"));
    EXPECT_THAT(manifests_stored(), Eq(0U)) << ask("/stored").dump(1);
  }
}

TEST_F(Watched, SecondSignalEndsAtOnce) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "1"});
  wait_for_requests(50);
  run.signal(SIGINT);
  run.signal(SIGTERM);
  EXPECT_THAT(run.wait(std::chrono::seconds(5)), Eq(130));
}

TEST_F(Watched, RunTimeoutEndsTheRunUnjudged) {
  const auto begin = std::chrono::steady_clock::now();
  Process run({"run", url_, "--spec", "oci-1.1.1", "--jobs", "1", "--run-timeout", "2s"});
  EXPECT_THAT(run.wait(std::chrono::seconds(20)), Eq(3)) << run.errors() << run.output();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2) + kSlack);
  EXPECT_THAT(results_of(run)["complete"], Eq(false));
  EXPECT_THAT(run.output(), HasSubstr("run timeout"));
}

TEST_F(Watched, TargetThatDiesInMidRunLeavesItUnjudged) {
  Process run({"run", url_, "--spec", "oci-1.1.1", "--timeout", "2s"});
  wait_for_requests(100);
  registry_.signal(SIGKILL);
  EXPECT_THAT(run.wait(std::chrono::seconds(30)), Eq(3)) << run.errors() << run.output();
  EXPECT_THAT(failed(results_of(run)), IsEmpty());
  EXPECT_THAT(run.output(), HasSubstr("gone"));
}

}  // namespace
}  // namespace referee::cli
