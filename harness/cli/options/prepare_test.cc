#include "harness/cli/options/prepare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "harness/cli/exit_code.h"
#include "harness/cli/testing/scoped_variable.h"

namespace referee::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::ScopedVariable;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

const std::atomic<bool> kNobodyInterrupts{false};

class Prepare : public ::testing::Test {
 protected:
  Prepare() { options_.report_dir = ::testing::TempDir() + "/referee-prepare-test"; }

  RunPlan prepared(const std::string& input = "") {
    std::istringstream in(input);
    return prepare(options_, in, kNobodyInterrupts);
  }
  void give_url(const std::string& url) {
    options_.url = url;
    options_.url_given = true;
  }
  void expect_refusal(const std::string& says) {
    EXPECT_THAT([this] { prepared(); }, ThrowsMessage<WrongUsage>(HasSubstr(says)));
  }

  // The developer's own credentials stay out of this.
  ScopedVariable docker_{"DOCKER_CONFIG", "/nonexistent"};
  ScopedVariable runtime_{"XDG_RUNTIME_DIR", "/nonexistent"};
  ScopedVariable config_{"XDG_CONFIG_HOME", "/nonexistent"};
  RunOptions options_;
};

TEST_F(Prepare, NeedsATarget) {
  expect_refusal("--built-in");
  give_url("");
  expect_refusal("is a variable unset?");
  const ScopedVariable registry("OCI_REGISTRY", "http://elsewhere");
  expect_refusal("is a variable unset?");
}

TEST_F(Prepare, RefusesAUrlBesideTheBuiltInRegistry) {
  give_url("http://a");
  options_.built_in = true;
  expect_refusal("leave the URL out");
}

TEST_F(Prepare, HandsTheOptionsOn) {
  give_url("http://a/");
  options_.shared.settings.client.limits.whole = std::chrono::seconds(3);
  options_.shared.connection.headers = {"X-Test:  a: b "};
  options_.shared.specs = {"oci-1.1.1"};
  options_.shared.seed = 7;
  options_.shared.settings.strict_should = true;
  const auto ready = prepared();
  const auto& settings = ready.request.settings;
  EXPECT_THAT(settings.client.base, Eq("http://a"));
  EXPECT_THAT(settings.client.limits.whole, Eq(std::chrono::seconds(3)));
  EXPECT_THAT(settings.client.limits.connect, Eq(std::chrono::seconds(3)));
  EXPECT_THAT(settings.client.extra_headers, ElementsAre(http::HeaderLine{"X-Test", "a: b"}));
  EXPECT_THAT(settings.named_editions, ElementsAre(spec::Edition::kOci111));
  EXPECT_THAT(settings.seed, Eq(7U));
  EXPECT_TRUE(settings.strict_should);
  EXPECT_THAT(settings.run_id, SizeIs(10));
}

TEST_F(Prepare, ChoosesAFreshSeedAndRunEachTime) {
  give_url("http://a");
  const auto first = prepared();
  const auto second = prepared();
  EXPECT_NE(first.request.settings.seed, second.request.settings.seed);
  EXPECT_NE(first.request.settings.run_id, second.request.settings.run_id);
}

TEST_F(Prepare, SaysThatItAssumesAScheme) {
  give_url("localhost:5000");
  EXPECT_THAT(prepared().notes, ElementsAre(HasSubstr("judging http://localhost:5000, since it is on this machine")));
  give_url("registry.example:5000");
  EXPECT_THAT(prepared().notes, ElementsAre(HasSubstr("--plain-http")));
  options_.shared.connection.plain_http = true;
  EXPECT_THAT(prepared().notes, IsEmpty());
}

TEST_F(Prepare, RefusesWhatSelectsNothing) {
  give_url("http://a");
  options_.narrowing.filters = {"nothing.has.this.id"};
  expect_refusal("nothing.has.this.id");
  options_.narrowing.filters = {"Paging.*", "Filtering.NamesTheFliterItApplied*"};
  expect_refusal("did you mean Filtering.");
  options_.narrowing.filters = {};
  options_.narrowing.excludes = {"Pagign.*"};
  expect_refusal("--exclude 'Pagign.*' matches nothing");
  options_.narrowing.excludes = {"*"};
  expect_refusal("nothing is selected");
}

TEST_F(Prepare, RefusesUnknownEditions) {
  give_url("http://a");
  options_.shared.specs = {"oci-2.0"};
  expect_refusal("oci-1.1.1");
  options_.shared.specs = {"OCI-1.1.1"};
  EXPECT_THAT(prepared().request.settings.named_editions, ElementsAre(spec::Edition::kOci111));
}

TEST_F(Prepare, RefusesRepositoriesThatNoRegistryTakes) {
  give_url("http://a");
  for (const auto* name : {"Upper", "a//b", "/a", "a/", "a..b", "a___b", "host:5000/a", ""}) {
    options_.shared.settings.existing_repos = {name};
    expect_refusal("--existing-repo");
  }
  options_.shared.settings.existing_repos = {"a/b__c", "a-b/c.d"};
  EXPECT_THAT(prepared().request.settings.existing_repos, SizeIs(2));
  for (const auto* prefix : {"a_-b", "a/-b", ""}) {
    options_.shared.settings.prefix = prefix;
    expect_refusal("--repo");
  }
  options_.shared.settings.prefix = "a--b/c__d";
  EXPECT_THAT(prepared().request.settings.prefix, Eq("a--b/c__d"));
}

TEST_F(Prepare, RefusesReportsThatCannotBeWritten) {
  give_url("http://a");
  options_.report_dir = "/proc/referee";
  expect_refusal("/proc/referee");
}

TEST_F(Prepare, RefusesInvalidHeaders) {
  give_url("http://a");
  for (const auto* header : {"no colon", ": value", "Na me: x", "X: a\nb"}) {
    options_.shared.connection.headers = {header};
    expect_refusal("--header");
  }
}

TEST_F(Prepare, ReadsThePassword) {
  give_url("http://a");
  options_.shared.login.username = "me";
  expect_refusal("--password-stdin");
  {
    const ScopedVariable password("REFEREE_PASSWORD", "from environment");
    EXPECT_THAT(prepared().credentials.password, Eq("from environment"));
  }
  options_.shared.login.password_stdin = true;
  EXPECT_THAT(prepared("from input\r\nmore\n").credentials.password, Eq("from input"));
  options_.shared.login.no_creds = true;
  expect_refusal("--no-creds");
}

TEST_F(Prepare, SendsNoCredentialsToTheBuiltInRegistry) {
  const ScopedVariable password("REFEREE_PASSWORD", "secret");
  options_.built_in = true;
  options_.shared.login.username = "me";
  EXPECT_THAT(prepared().credentials.username, IsEmpty());
}

TEST_F(Prepare, UnderstandsTheVariablesOfTheOciSuite) {
  const ScopedVariable registry("OCI_REGISTRY", "localhost:5000");
  const ScopedVariable tls("OCI_TLS", "disabled");
  const ScopedVariable repository("OCI_REPO1", "conformance/repo1");
  const ScopedVariable other("OCI_REPO2", "conformance/repo2");
  const ScopedVariable user("OCI_USERNAME", "me");
  const ScopedVariable password("OCI_PASSWORD", "secret");
  const auto ready = prepared();
  EXPECT_THAT(ready.request.settings.client.base, Eq("http://localhost:5000"));
  EXPECT_THAT(ready.request.settings.existing_repos, ElementsAre("conformance/repo1", "conformance/repo2"));
  EXPECT_THAT(ready.credentials.username, Eq("me"));
  EXPECT_THAT(ready.credentials.password, Eq("secret"));
}

TEST_F(Prepare, KeepsTheOciSuitesCredentialsFromOtherRegistries) {
  const ScopedVariable registry("OCI_REGISTRY", "localhost:5000");
  const ScopedVariable user("OCI_USERNAME", "me");
  const ScopedVariable password("OCI_PASSWORD", "secret");
  give_url("http://elsewhere");
  EXPECT_THAT(prepared().credentials.username, IsEmpty());
  give_url("http://localhost:5000/base");
  EXPECT_THAT(prepared().credentials.username, Eq("me"));
}

TEST_F(Prepare, WaitsLessForTheBuiltInRegistryByDefault) {
  options_.built_in = true;
  EXPECT_THAT(prepared().request.settings.settle, Eq(std::chrono::seconds(2)));
  options_.shared.settings.settle = std::chrono::seconds(9);
  options_.shared.settings.shown_options["settle"] = "9s";
  EXPECT_THAT(prepared().request.settings.settle, Eq(std::chrono::seconds(9)));
}

}  // namespace
}  // namespace referee::cli
