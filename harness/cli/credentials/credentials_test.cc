// Who the judge is: options, environment, files of Docker and Podman, and helper programs, in their order.
#include "harness/cli/credentials/credentials.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <list>
#include <sstream>

#include "harness/cli/credentials/credential_files.h"
#include "harness/cli/credentials/credential_helper.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/testing/scoped_variable.h"
#include "harness/oci/base64.h"

namespace referee::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::ScopedVariable;
using ::testing::ThrowsMessage;

constexpr auto kBase = "https://registry.example:5000/base";

/// `"auth": ...` of a user and password.
std::string auth(const std::string& pair) { return R"({"auth":")" + oci::base64_of(pair) + R"("})"; }

class Who : public ::testing::Test {
 protected:
  Who() {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(::testing::TempDir()) / ("referee-credentials-" + std::string(test->name()));
    fs::remove_all(root_);
    for (const auto* folder : {"docker", "run/containers", "config/containers", "bin"}) {
      fs::create_directories(root_ / folder);
    }
    variables_.emplace_back("DOCKER_CONFIG", (root_ / "docker").string());
    variables_.emplace_back("XDG_RUNTIME_DIR", (root_ / "run").string());
    variables_.emplace_back("XDG_CONFIG_HOME", (root_ / "config").string());
    variables_.emplace_back("PATH", (root_ / "bin").string() + ":" + std::getenv("PATH"));
  }
  ~Who() override { fs::remove_all(root_); }

  void write(const std::string& path, const std::string& text) const { std::ofstream(root_ / path) << text; }
  void docker(const std::string& text) const { write("docker/config.json", text); }
  void helper(const std::string& name, const std::string& script) const {
    const auto path = root_ / "bin" / ("docker-credential-" + name);
    std::ofstream(path) << "#!/bin/sh\n" << script << '\n';
    fs::permissions(path, fs::perms::owner_all);
  }
  http::Credentials who(const std::string& input = "") const {
    std::istringstream in(input);
    return credentials_of(options_, kBase, in);
  }
  std::string user() const {
    const auto found = who();
    return found.username + ":" + found.password;
  }
  void expect_refusal(const ::testing::Matcher<std::string>& says) const {
    EXPECT_THAT([this] { who(); }, ThrowsMessage<WrongUsage>(says));
  }

  fs::path root_;
  std::list<ScopedVariable> variables_;
  SharedOptions options_;
};

TEST_F(Who, IsNobodyWhereNothingIsSaid) { EXPECT_THAT(user(), Eq(":")); }

TEST_F(Who, TakesTheFirstSourceThatKnows) {
  write("config/containers/auth.json", R"({"auths":{"registry.example:5000":)" + auth("config:1") + "}}");
  EXPECT_THAT(user(), Eq("config:1"));
  write("run/containers/auth.json", R"({"auths":{"registry.example:5000":)" + auth("runtime:2") + "}}");
  EXPECT_THAT(user(), Eq("runtime:2"));
  docker(R"({"auths":{"registry.example:5000":)" + auth("docker:3") + "}}");
  EXPECT_THAT(user(), Eq("docker:3"));
  write("named.json", R"({"auths":{"registry.example:5000":)" + auth("named:4") + "}}");
  const ScopedVariable named("REGISTRY_AUTH_FILE", (root_ / "named.json").string());
  EXPECT_THAT(user(), Eq("named:4"));
  write("given.json", R"({"auths":{"registry.example:5000":)" + auth("given:5") + "}}");
  options_.login.registry_config = (root_ / "given.json").string();
  EXPECT_THAT(user(), Eq("given:5"));
  {
    const ScopedVariable token("REFEREE_REGISTRY_TOKEN", "t0ken");
    EXPECT_THAT(who().registry_token, Eq("t0ken"));
    EXPECT_THAT(who().username, IsEmpty());
  }
  const ScopedVariable password("REFEREE_PASSWORD", "6");
  options_.login.username = "option";
  EXPECT_THAT(user(), Eq("option:6"));
  options_.login.no_creds = true;
  EXPECT_THAT(user(), Eq(":"));
}

TEST_F(Who, TakesTheLongestKeyThatFits) {
  options_.settings.prefix = "team/signatures";
  const std::string host = "registry.example:5000";
  docker(R"({"auths":{")" + host + R"(":)" + auth("host:1") + R"(,")" + host + R"(/base/team":)" + auth("team:2") +
         R"(,")" + host + R"(/base/tea":)" + auth("tea:3") + R"(,")" + host + R"(/base/other":)" + auth("other:4") +
         "}}");
  EXPECT_THAT(user(), Eq("team:2"));
  options_.settings.prefix = "elsewhere";
  EXPECT_THAT(user(), Eq("host:1"));
}

TEST_F(Who, UnderstandsTheKeysOfOlderFiles) {
  for (const auto* key : {"https://registry.example:5000", "https://registry.example:5000/v1/",
                          "http://registry.example:5000/v2/", "registry.example:5000/"}) {
    docker(R"({"auths":{")" + std::string(key) + R"(":)" + auth("old:1") + "}}");
    EXPECT_THAT(user(), Eq("old:1")) << key;
  }
  docker(R"({"auths":{"registry.example":)" + auth("other-port:1") + "}}");
  EXPECT_THAT(user(), Eq(":"));
}

TEST_F(Who, FindsTokensInFiles) {
  docker(R"({"auths":{"registry.example:5000":{"identitytoken":"refresh"}}})");
  EXPECT_THAT(who().identity_token, Eq("refresh"));
  docker(R"({"auths":{"registry.example:5000":)" + auth("<token>:refresh") + "}}");
  EXPECT_THAT(who().identity_token, Eq("refresh"));
  EXPECT_THAT(who().password, IsEmpty());
  docker(R"({"auths":{"registry.example:5000":{"registrytoken":"bearer"}}})");
  EXPECT_THAT(who().registry_token, Eq("bearer"));
}

TEST_F(Who, AsksHelpersBeforeTheFilesOwnEntries) {
  docker(R"({"auths":{"registry.example:5000":)" + auth("auths:1") +
         R"(},"credsStore":"store","credHelpers":{"registry.example:5000":"own"}})");
  helper("store", R"(read -r host; echo "{\"ServerURL\":\"$host\",\"Username\":\"store\",\"Secret\":\"$1-$host\"}")");
  helper("own", R"(cat >/dev/null; echo '{"Username":"own","Secret":"s"}')");
  EXPECT_THAT(user(), Eq("own:s"));
  helper("own", "echo 'credentials not found in native keychain'; exit 1");
  EXPECT_THAT(user(), Eq("store:get-registry.example:5000"));
  helper("store", "echo 'credentials not found in native keychain'; exit 1");
  EXPECT_THAT(user(), Eq("auths:1"));
  helper("own", R"(echo '{"Username":"<token>","Secret":"refresh"}')");
  EXPECT_THAT(who().identity_token, Eq("refresh"));
}

TEST_F(Who, NamesTheHelperThatFailsAndNothingItWrote) {
  docker(R"({"credsStore":"broken"})");
  expect_refusal(AllOf(HasSubstr("docker-credential-broken"), HasSubstr("cannot be started"), HasSubstr("--no-creds")));
  helper("broken", "echo s3cret; exit 3");
  expect_refusal(AllOf(HasSubstr("docker-credential-broken"), Not(HasSubstr("s3cret"))));
  helper("broken", "echo not json: s3cret");
  expect_refusal(AllOf(HasSubstr("docker-credential-broken"), Not(HasSubstr("s3cret"))));
  helper("broken", "head -c 100000 /dev/zero");
  expect_refusal(HasSubstr("docker-credential-broken"));
  docker(R"({"credsStore":"../broken"})");
  expect_refusal(HasSubstr("cannot be the name of a credential helper"));
}

TEST_F(Who, EndsAHelperThatGivesNoAnswer) {
  helper("slow", "exec sleep 60");
  const auto start = std::chrono::steady_clock::now();
  EXPECT_THAT([] { ask_credential_helper("slow", "host", std::chrono::milliseconds(200)); },
              ThrowsMessage<WrongUsage>(HasSubstr("docker-credential-slow")));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(Who, HidesItsSecretsFromHelpers) {
  const ScopedVariable password("REFEREE_PASSWORD", "s3cret");
  docker(R"({"credsStore":"nosy"})");
  helper("nosy", R"(echo "{\"Username\":\"nosy\",\"Secret\":\"${REFEREE_PASSWORD-unset}\"}")");
  EXPECT_THAT(user(), Eq("nosy:unset"));
}

TEST_F(Who, RefusesFilesItCannotUse) {
  options_.login.registry_config = (root_ / "missing.json").string();
  expect_refusal(HasSubstr("missing.json"));
  options_.login.registry_config.clear();
  docker("not json: s3cret");
  expect_refusal(AllOf(HasSubstr("config.json"), Not(HasSubstr("s3cret"))));
  docker(R"({"auths":{"registry.example:5000":{"auth":"s3cret!"}}})");
  expect_refusal(AllOf(HasSubstr("config.json"), Not(HasSubstr("s3cret"))));
  docker("");
  EXPECT_THAT(user(), Eq(":"));
}

TEST_F(Who, KnowsTheSignersPasswordFromAFileOrTheEnvironment) {
  EXPECT_TRUE(signer_of(options_.login).anonymous());
  options_.login.signer_username = "signer";
  EXPECT_THAT([this] { signer_of(options_.login); }, ThrowsMessage<WrongUsage>(HasSubstr("REFEREE_SIGNER_PASSWORD")));
  const ScopedVariable password("REFEREE_SIGNER_PASSWORD", "of the environment");
  EXPECT_THAT(signer_of(options_.login).password, Eq("of the environment"));
  write("password", "of the file\r\nmore\n");
  options_.login.signer_password_file = (root_ / "password").string();
  EXPECT_THAT(signer_of(options_.login).password, Eq("of the file"));
  EXPECT_THAT(signer_of(options_.login).username, Eq("signer"));
}

TEST_F(Who, ReadsOneSecretFromStandardInput) {
  options_.login.identity_token_stdin = true;
  EXPECT_THAT(who("refresh\n").identity_token, Eq("refresh"));
  expect_refusal(HasSubstr("missing token on standard input"));
  options_.login.registry_token_stdin = true;
  expect_refusal(AllOf(HasSubstr("--identity-token-stdin"), HasSubstr("--registry-token-stdin")));
  options_.login.identity_token_stdin = false;
  EXPECT_THAT(who("bearer\r\n").registry_token, Eq("bearer"));
}

}  // namespace
}  // namespace referee::cli
