// What a registry gets to know must not be in any file of a run, and is asked for no more often than needed: a server
// in between plants secrets wherever a registry can, and every file is searched for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <set>

#include "harness/cli/testing/forwarder.h"
#include "harness/cli/testing/judged.h"
#include "harness/cli/testing/process.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/base64.h"

namespace referee::cli {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::Eq;
using testing::Forwarder;
using ::testing::Ge;
using ::testing::HasSubstr;
using testing::Interference;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using testing::Process;
using testing::read_file;
using testing::results_of;
using testing::with_outcome;

constexpr std::chrono::minutes kWholeRun{4};
const std::string kPassword = "correct-horse/battery";
const std::string kCookie = "c00kie-of-the-session";
const std::string kInRedirect = "passw0rd-in-a-redirect";
const std::string kSignature = "5igned-by-the-store";
const std::string kGatewayKey = "key-of-the-gateway-77";
const std::string kUser = "owner:" + kPassword + ":*:pull,push,delete";

bool is_on(const http::Request& request, std::string_view part) { return request.url.find(part) != std::string::npos; }

// The secret itself, and what does not depend on its neighbours where it is part of a text in base64.
std::vector<std::string> forms_of(const std::string& secret) {
  std::vector<std::string> forms = {secret};
  for (std::size_t before = 0; before < 3; ++before) {
    const auto text = oci::base64_of(std::string(before, '\0') + secret);
    const std::size_t begin = (before * 8 + 5) / 6;
    forms.push_back(text.substr(begin, (before + secret.size()) * 8 / 6 - begin));
  }
  return forms;
}

// Repeats what it is sent, and adds its own secrets.
class Plants {
 public:
  explicit Plants(const std::string& registry)
      : forwarder_(registry,
                   Interference{.instead = [this](const http::Request& request,
                                                  http::RawConnection& client) { return redirects(request, client); },
                                .change = [this](const http::Request& request,
                                                 http::Response& response) { change(request, response); }}) {}

  std::string url() const { return forwarder_.url(); }
  std::set<std::string> secrets() const {
    const std::lock_guard lock(mutex_);
    return secrets_;
  }
  std::map<std::string, int> planted() const {
    const std::lock_guard lock(mutex_);
    return planted_;
  }

 private:
  void count(const std::string& what) {
    const std::lock_guard lock(mutex_);
    ++planted_[what];
  }

  static std::string signed_url(const std::string& host) {
    return "http://user:" + kInRedirect + "@" + host + "/x?X-Amz-Signature=" + kSignature;
  }

  bool redirects(const http::Request& request, http::RawConnection& client) {
    if (request.method != "GET" || !is_on(request, "/manifests/") || is_on(request, "X-Amz-Signature")) return false;
    count("redirect");
    const auto host = url().substr(std::string("http://").size());
    const auto there =
        fmt::format("http://user:{}@{}{}?X-Amz-Signature={}", kInRedirect, host, request.url, kSignature);
    client.send(http::raw_response("HTTP/1.1 307 Temporary Redirect\r\nConnection: close\r\nLocation: " + there,
                                   "<a href=\"" + there + "&amp;x=1\">Temporary Redirect</a>"));
    return true;
  }

  void change(const http::Request& request, http::Response& response) {
    const auto sent = request.headers.get("Authorization").value_or("");
    response.headers.add("Set-Cookie", "session=" + kCookie + "; Path=/");
    if (sent.empty()) return;
    const auto secret = sent.substr(sent.find(' ') + 1);
    {
      const std::lock_guard lock(mutex_);
      secrets_.insert(secret);
    }
    response.headers.add("X-Echo", sent);
    if (response.status >= 400) {
      count("error");
      response.body = R"({"errors":[{"code":"DENIED","message":"not with )" + sent + " nor " + kPassword + " nor " +
                      kGatewayKey + R"(","detail":{"password":")" + kPassword + R"(","at":")" +
                      signed_url("h.example") + "\\u0026X-Amz-Credential=" + kSignature + R"("}}]})";
    }
    if (response.headers.has("OCI-Subject")) {
      count("subject");
      response.headers.set("OCI-Subject", secret + " " + kPassword + " " + signed_url("h.example"));
    }
    if (response.status == 200 && request.method == "GET" && is_on(request, "/referrers/")) {
      count("list");
      response.body = R"({"echo":")" + sent + R"(",)" + response.body.substr(1);
    }
  }

  mutable std::mutex mutex_;
  std::set<std::string> secrets_ = {kPassword, kCookie, kInRedirect, kSignature, kGatewayKey};
  std::map<std::string, int> planted_;
  Forwarder forwarder_;
};

class Planted : public ::testing::TestWithParam<const char*> {};

TEST_P(Planted, SecretsAreInNoFileOfTheRun) {
  const Process registry({"serve", "--auth", GetParam(), "--user", kUser});
  const Plants plants(registry.line_after("listening on "));
  Process run({"run",        plants.url(),
               "--spec",     "oci-1.1.1",
               "--username", "owner",
               "-H",         "X-Api-Key: " + kGatewayKey,
               "--filter",   "oci.subject.*",
               "--settle",   "1s",
               "--report",   "tap=run.tap",
               "--report",   "ctrf=run.ctrf",
               "--report",   "github=run.github",
               "--report",   "badge=badge.json"},
              {{"REFEREE_PASSWORD", kPassword}});
  ASSERT_THAT(run.wait(kWholeRun), Eq(1)) << run.errors() << run.output();

  for (const char* what : {"redirect", "error", "subject", "list"}) {
    EXPECT_THAT(plants.planted(), Contains(Pair(what, Ge(1))));
  }
  EXPECT_THAT(with_outcome(results_of(run), "failed"), Not(IsEmpty()));
  EXPECT_THAT(read_file(run.folder() + "/referee-results/junit.xml"), HasSubstr("REDACTED"));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(run.folder())) {
    if (!entry.is_regular_file()) continue;
    ++files;
    const auto bytes = read_file(entry.path().string());
    for (const auto& secret : plants.secrets()) {
      for (const auto& form : forms_of(secret)) {
        const auto at = bytes.find(form);
        EXPECT_THAT(at, Eq(std::string::npos))
            << entry.path() << ": " << bytes.substr(at < 100 ? 0 : at - 100, 200) << "\nthe secret: " << secret;
      }
    }
  }
  EXPECT_THAT(files, Ge(9U));
}

INSTANTIATE_TEST_SUITE_P(Schemes, Planted, ::testing::Values("basic", "token"),
                         [](const auto& scheme) { return scheme.param; });

TEST(Tokens, AreAskedForOncePerScopeByAllWorkers) {
  const Process registry({"serve", "--auth", "token", "--user", kUser});
  std::mutex mutex;
  std::map<std::string, int> asked;
  const Forwarder between(registry.line_after("listening on "),
                          {.change = [&](const http::Request& request, const http::Response&) {
                            const auto query = request.url.find('?');
                            if (query == std::string::npos) return;
                            std::string scopes;
                            for (const auto& [name, value] : http::query_pairs(request.url.substr(query + 1))) {
                              if (name == "scope") scopes += value + " ";
                            }
                            const std::lock_guard lock(mutex);
                            if (!scopes.empty()) ++asked[scopes];
                          }});
  Process run({"run", between.url(), "--spec", "oci-1.1.1", "--username", "owner", "--jobs", "8"},
              {{"REFEREE_PASSWORD", kPassword}});
  ASSERT_THAT(run.wait(kWholeRun), Eq(0)) << run.errors() << run.output();
  const std::lock_guard lock(mutex);
  EXPECT_THAT(asked.size(), Ge(100U));
  EXPECT_THAT(asked, Each(Pair(::testing::_, 1)));
}

}  // namespace
}  // namespace referee::cli
