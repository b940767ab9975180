// The dance of challenges, tokens and passwords, against a registry and a token service in functions.
#include "harness/http/auth/auth.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "harness/http/syntax/url.h"
#include "harness/http/testing/scripted_transport.h"

namespace referee::http {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr const char* kTarget = "http://registry.example";
constexpr const char* kBasicOfUser = "Basic dXNlcjpzZWNyZXQ=";  // user:secret

// A registry in which each repository needs its own token, and the service that issues them.
class Auth : public testing::Test {
 protected:
  Response serve(const Request& request) {
    const auto url = Url::parse(request.url);
    if (url->host == "auth.example") return issue(request);
    if (url->host != "registry.example") return answer(200, {}, "elsewhere");
    const std::string scope =
        fmt::format("repository:{}:{}", url->path.substr(4, 1), request.method == "GET" ? "pull" : "pull,push");
    if (request.headers.get("Authorization") == "Bearer token-" + scope + generation_) return answer(200);
    return answer(401, {{"WWW-Authenticate", fmt::format(fmt::runtime(challenge_), scope)}});
  }

  Response issue(const Request& request) {
    const auto url = Url::parse(request.url);
    std::string scope;
    for (const auto& [name, value] : query_pairs(url->query + "&" + request.body)) {
      if (name == "scope") scope = value;
    }
    const auto lock = std::lock_guard(mutex_);
    asked_.push_back(request);
    return answer(token_status_, {}, fmt::format(fmt::runtime(token_body_), "token-" + scope + generation_));
  }

  ChallengeAuthorizer& use(Credentials credentials = {}) {
    authorizer_ = std::make_unique<ChallengeAuthorizer>(wire_, AuthOptions{kTarget, std::move(credentials), {}});
    wire_.authorizer = authorizer_.get();
    return *authorizer_;
  }

  Client client() { return {wire_, {.base = kTarget}}; }

  int get(const std::string& path, const std::string& method = "GET") {
    return client().send({.method = method, .url = kTarget + path, .headers = {}, .body = {}}).status;
  }

  std::string challenge_ = "Bearer realm=\"http://auth.example/token\",service=\"the registry\",scope=\"{}\"";
  std::string token_body_ = R"({{"token":"{}"}})";
  std::string generation_;
  int token_status_ = 200;
  std::mutex mutex_;
  std::vector<Request> asked_;  // of the token service
  ScriptedTransport transport_{[this](const Request& request) { return serve(request); }};
  ManualClock clock_;
  BodyStore bodies_;
  std::atomic<std::uint64_t> sequence_{0};
  ClientContext wire_{.transport = transport_, .clock = clock_, .bodies = bodies_, .sequence = sequence_};
  std::unique_ptr<ChallengeAuthorizer> authorizer_;
};

TEST_F(Auth, AnonymouslyFetchesATokenWithoutAuthorization) {
  use();
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(asked_[0].method, "GET");
  EXPECT_EQ(asked_[0].url, "http://auth.example/token?service=the%20registry&scope=repository:a:pull");
  EXPECT_FALSE(asked_[0].headers.has("Authorization"));
}

TEST_F(Auth, SendsUserAndPasswordToTheTokenServiceOnly) {
  use({.username = "user", .password = "secret"});
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
  EXPECT_THAT(asked_.at(0).headers.get("Authorization"), Optional(Eq(kBasicOfUser)));
  for (const Request& request : transport_.requests()) {
    if (!request.url.starts_with("http://auth")) {
      EXPECT_THAT(request.headers.get("Authorization").value_or(""), Not(HasSubstr("Basic")));
    }
  }
}

TEST_F(Auth, BringsALearnedTokenFromTheStart) {
  use();
  get("/v2/a/manifests/x");
  get("/v2/a/referrers/y");
  EXPECT_THAT(transport_.requests(), SizeIs(4));
  EXPECT_THAT(transport_.requests().back().headers.get("Authorization"), Optional(StartsWith("Bearer ")));
}

TEST_F(Auth, TakesTheScopeFromTheChallengeOfTheFailedRequest) {
  use();
  for (const auto& [path, method] :
       {std::pair("/v2/a/manifests/x", "GET"), {"/v2/a/manifests/x", "PUT"}, {"/v2/b/blobs/x", "GET"}}) {
    EXPECT_EQ(get(path, method), 200);
  }
  ASSERT_THAT(asked_, SizeIs(3));
  EXPECT_THAT(asked_[1].url, HasSubstr("scope=repository:a:pull,push"));
  EXPECT_THAT(asked_[2].url, HasSubstr("scope=repository:b:pull"));
}

TEST_F(Auth, ReplacesAnExpiredToken) {
  token_body_ = R"({{"token":"{}","expires_in":300}})";
  use();
  get("/v2/a/manifests/x");
  clock_.advance(200s);
  get("/v2/a/manifests/x");
  EXPECT_THAT(asked_, SizeIs(1));
  clock_.advance(100s);
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
  EXPECT_THAT(asked_, SizeIs(2));
}

TEST_F(Auth, ReplacesATokenThatTheRegistryRejects) {
  use();
  get("/v2/a/manifests/x");
  generation_ = "2";
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
  EXPECT_THAT(asked_, SizeIs(2));
}

TEST_F(Auth, TakesAnAccessTokenToo) {
  token_body_ = R"({{"token":"","access_token":"{}"}})";
  use();
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
}

TEST_F(Auth, LeavesThe401WhereNoTokenIsToBeHad) {
  use();
  token_status_ = 403;
  EXPECT_EQ(get("/v2/a/manifests/x"), 401);
  token_status_ = 200;
  for (const char* body : {"not json", "[]", "{{}}", R"({{"token":7}})", R"({{"token":"a\r\nX: y"}})"}) {
    token_body_ = body;
    EXPECT_EQ(get("/v2/a/manifests/x"), 401) << body;
  }
}

TEST_F(Auth, GivesUpAfterOneNewToken) {
  use();
  challenge_ = "Bearer realm=\"http://auth.example/token\",scope=\"other {}\"";
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);  // the last of both scopes counts here
  EXPECT_THAT(asked_.at(0).url, HasSubstr("?scope=other&scope=repository:a:pull"));
  challenge_ = "Bearer realm=\"http://auth.example/token\",scope=\"wrong\"";
  EXPECT_EQ(get("/v2/b/manifests/x"), 401);
  EXPECT_THAT(asked_, SizeIs(2));
}

TEST_F(Auth, AsksOnceForAllWorkers) {
  use();
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { EXPECT_EQ(get("/v2/a/manifests/x"), 200); });
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(asked_, SizeIs(1));
}

TEST_F(Auth, SendsNothingToOtherOrigins) {
  auto& authorizer = use({.username = "user", .password = "secret", .registry_token = "t"});
  EXPECT_EQ(
      authorizer.authorization({.method = "GET", .url = "http://registry.example:81/v2/", .headers = {}, .body = {}}),
      "");
  EXPECT_FALSE(
      authorizer.answer_challenge({.method = "GET", .url = "https://registry.example/v2/", .headers = {}, .body = {}},
                                  answer(401, {{"WWW-Authenticate", "Basic realm=x"}})));
}

TEST_F(Auth, SendsARegistryTokenAsItIs) {
  use({.registry_token = "token-repository:a:pull"});
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
  EXPECT_EQ(get("/v2/b/manifests/x"), 401);
  EXPECT_THAT(asked_, IsEmpty());
}

TEST_F(Auth, ExchangesAnIdentityToken) {
  use({.identity_token = "refresh me"});
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_EQ(asked_[0].method, "POST");
  EXPECT_EQ(asked_[0].url, "http://auth.example/token");
  EXPECT_EQ(asked_[0].body,
            "grant_type=refresh_token&service=the%20registry&client_id=referee&scope=repository%3Aa%3Apull&"
            "refresh_token=refresh%20me");
}

TEST_F(Auth, KeepsPasswordsFromAnOpenTokenServiceBehindTls) {
  ChallengeAuthorizer authorizer(
      wire_, {.base = "https://registry.example", .credentials = {"user", "secret", "", ""}, .limits = {}});
  const Response challenge = answer(401, {{"WWW-Authenticate", "Bearer realm=\"http://auth.example/token\""}});
  authorizer.answer_challenge({.method = "GET", .url = "https://registry.example/v2/", .headers = {}, .body = {}},
                              challenge);
  ASSERT_THAT(asked_, SizeIs(1));
  EXPECT_FALSE(asked_[0].headers.has("Authorization"));
}

TEST_F(Auth, RecordsItsExchangesWithoutSecrets) {
  auto& authorizer = use({.username = "user", .password = "secret"});
  get("/v2/a/manifests/x");
  const auto exchanges = authorizer.take_exchanges();
  ASSERT_THAT(exchanges, SizeIs(1));
  EXPECT_EQ(exchanges[0].sequence, 2u);  // between the two attempts
  for (const auto& line : exchanges[0].request.headers) EXPECT_THAT(line.value, Not(HasSubstr("dXNlcjpzZWNyZXQ")));
  EXPECT_THAT(bodies_.find(exchanges[0].response->body_digest)->bytes, Not(HasSubstr("token-")));
}

TEST_F(Auth, AnswersBasicAndRemembersIt) {
  challenge_ = "Basic realm=\"registry\"{:.0}";
  use({.username = "user", .password = "secret"});
  EXPECT_EQ(get("/v2/a/manifests/x"), 401);  // this registry never accepts it: it was tried once
  ASSERT_THAT(transport_.requests(), SizeIs(2));
  EXPECT_THAT(transport_.requests()[1].headers.get("Authorization"), Optional(Eq(kBasicOfUser)));
  get("/v2/b/blobs/x", "PUT");
  ASSERT_THAT(transport_.requests(), SizeIs(3));
  EXPECT_THAT(transport_.requests()[2].headers.get("Authorization"), Optional(Eq(kBasicOfUser)));
}

TEST_F(Auth, DoesNotAnswerBasicWithoutPassword) {
  challenge_ = "Basic realm=\"registry\"{:.0}";
  use();
  EXPECT_EQ(get("/v2/a/manifests/x"), 401);
  EXPECT_THAT(transport_.requests(), SizeIs(1));
}

TEST_F(Auth, PrefersBearerWhereBothAreOffered) {
  challenge_ = "Basic realm=\"registry\", " + challenge_;
  use({.username = "user", .password = "secret"});
  EXPECT_EQ(get("/v2/a/manifests/x"), 200);
}

}  // namespace
}  // namespace referee::http
