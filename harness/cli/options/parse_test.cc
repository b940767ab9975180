#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "harness/cli/exit_code.h"
#include "harness/cli/options/options.h"
#include "harness/cli/testing/scoped_variable.h"

namespace referee::cli {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using ::testing::Pair;
using testing::ScopedVariable;
using ::testing::ThrowsMessage;

template <typename Options>
Options parsed(const std::vector<std::string>& arguments) {
  return std::get<Options>(parse(arguments));
}

RunOptions run_with(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "run");
  return parsed<RunOptions>(arguments);
}

std::string config_file(const std::string& text) {
  const auto path = ::testing::TempDir() + "/referee-parse-test.toml";
  std::ofstream(path) << text;
  return path;
}

TEST(Parse, HasTheDesignsDefaults) {
  const auto options = run_with({"http://127.0.0.1:5000"});
  EXPECT_THAT(options.url, Eq("http://127.0.0.1:5000"));
  EXPECT_THAT(options.shared.settings.client.limits.whole, Eq(std::chrono::seconds(30)));
  EXPECT_THAT(options.shared.settings.settle, Eq(std::chrono::seconds(30)));
  EXPECT_THAT(options.shared.settings.run_timeout, Eq(std::chrono::minutes(10)));
  EXPECT_THAT(options.shared.settings.cascade_wait, Eq(std::chrono::seconds(60)));
  EXPECT_THAT(options.report_dir, Eq("referee-results"));
  EXPECT_FALSE(options.shared.seed.has_value());
}

// A vector option of the library swallows the URL that follows by default.
class RepeatableOption : public ::testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(RepeatableOption, TakesOneValueAndLeavesTheUrl) {
  const auto [option, value] = GetParam();
  EXPECT_THAT(run_with({option, value, "http://a"}).url, Eq("http://a"));
  EXPECT_THAT(run_with({option, value, option, value, "http://a"}).url, Eq("http://a"));
}

INSTANTIATE_TEST_SUITE_P(All, RepeatableOption,
                         ::testing::Values(std::pair("-H", "A: b"), std::pair("--header", "A: b"),
                                           std::pair("--spec", "oci"), std::pair("--filter", "oci.*"),
                                           std::pair("--exclude", "oci.*"), std::pair("--existing-repo", "a/b"),
                                           std::pair("--report", "junit=x.xml")));

TEST(Parse, KnowsWhenToUseColours) {
  EXPECT_THAT(run_with({"http://a"}).shared.display.color, Eq(Color::kAuto));
  EXPECT_THAT(run_with({"http://a", "--color", "never"}).shared.display.color, Eq(Color::kNever));
  EXPECT_THAT(parsed<ReportOptions>({"report", "a.json", "--color", "always"}).color, Eq(Color::kAlways));
}

// One table of options: what a run takes to reach a registry, `explore` takes as well.
TEST(Parse, ReachesRegistriesAlikeInRunAndExplore) {
  const std::vector<std::string> given = {"http://a", "--cert-file", "c.pem",     "--resolve", "a:80:127.0.0.1",
                                          "-u",       "me",          "--retries", "2",         "--request-id",
                                          "X-Id",     "--no-creds"};
  for (const auto* command : {"run", "explore"}) {
    auto arguments = given;
    arguments.insert(arguments.begin(), command);
    const auto obeyed = parse(arguments);
    const auto* run = std::get_if<RunOptions>(&obeyed);
    const auto& shared = run != nullptr ? run->shared : std::get<ExploreOptions>(obeyed).shared;
    EXPECT_THAT(shared.connection.network.cert_file, Eq("c.pem")) << command;
    EXPECT_THAT(shared.connection.network.resolve, ElementsAre("a:80:127.0.0.1")) << command;
    EXPECT_THAT(shared.login.username, Eq("me")) << command;
    EXPECT_THAT(shared.settings.client.retries, Eq(2)) << command;
    EXPECT_THAT(shared.settings.client.request_id_header, Eq("X-Id")) << command;
    EXPECT_TRUE(shared.login.no_creds) << command;
  }
}

TEST(Parse, LooksLongerForChangesInARunThanInAnExploration) {
  const engine::Settings defaults;
  EXPECT_THAT(run_with({"http://a"}).shared.settings.settle, Eq(defaults.settle));
  EXPECT_THAT(parsed<ExploreOptions>({"explore", "http://a"}).shared.settings.settle, Eq(std::chrono::seconds(5)));
}

TEST(Parse, KeepsRepeatedValuesInOrder) {
  EXPECT_THAT(run_with({"--header", "A: b, c", "-H", "D: e", "http://a"}).shared.connection.headers,
              ElementsAre("A: b, c", "D: e"));
  EXPECT_THAT(run_with({"http://a", "--spec", "oci", "--spec", "oras"}).shared.specs, ElementsAre("oci", "oras"));
}

TEST(Parse, ReadsEverySortOfValue) {
  const auto options =
      run_with({"http://a", "--timeout", "500ms", "--run-timeout=2m", "--seed", "18446744073709551615", "--jobs", "8",
                "--rate", "2.5", "--strict", "should", "--cacert", "x.pem", "-k", "--report", "json=a=b.json"});
  EXPECT_THAT(options.shared.settings.client.limits.whole, Eq(std::chrono::milliseconds(500)));
  EXPECT_THAT(options.shared.settings.run_timeout, Eq(std::chrono::minutes(2)));
  EXPECT_THAT(options.shared.seed, Optional(Eq(18446744073709551615ULL)));
  EXPECT_THAT(options.shared.settings.jobs, Eq(8));
  EXPECT_THAT(options.shared.rate, Eq(2.5));
  EXPECT_TRUE(options.shared.settings.strict_should);
  EXPECT_THAT(options.shared.connection.network.ca_file, Eq("x.pem"));
  EXPECT_TRUE(options.shared.connection.network.insecure);
  ASSERT_THAT(options.reports.size(), Eq(1U));
  EXPECT_THAT(options.reports[0].path, Eq("a=b.json"));
}

TEST(Parse, TakesOptionsFromTheEnvironment) {
  const ScopedVariable timeout("REFEREE_RUN_TIMEOUT", "5s");
  const ScopedVariable specs("REFEREE_SPEC", "oci-1.1.1,oras-rc.2");
  const ScopedVariable headers("REFEREE_HEADER", "A: b, c\nD: e");
  const ScopedVariable quiet("REFEREE_QUIET", "1");
  const ScopedVariable url("REFEREE_URL", "http://from-environment");
  const auto options = run_with({});
  EXPECT_THAT(options.shared.settings.run_timeout, Eq(std::chrono::seconds(5)));
  EXPECT_THAT(options.shared.specs, ElementsAre("oci-1.1.1", "oras-rc.2"));
  EXPECT_THAT(options.shared.connection.headers, ElementsAre("A: b, c", "D: e"));
  EXPECT_TRUE(options.shared.display.quiet);
  EXPECT_THAT(options.url, Eq("http://from-environment"));
}

TEST(Parse, LetsTheCommandLineWinOverTheEnvironmentAndThatOverTheFile) {
  const auto file = config_file("jobs = 2\nretries = 2\ntimeout = \"2s\"\nheader = [\"A: b\", \"C: d\"]\n");
  const ScopedVariable jobs("REFEREE_JOBS", "3");
  const ScopedVariable retries("REFEREE_RETRIES", "3");
  const auto options = run_with({"--config", file, "--jobs", "4", "http://a"});
  EXPECT_THAT(options.shared.settings.jobs, Eq(4));
  EXPECT_THAT(options.shared.settings.client.retries, Eq(3));
  EXPECT_THAT(options.shared.settings.client.limits.whole, Eq(std::chrono::seconds(2)));
  EXPECT_THAT(options.shared.connection.headers, ElementsAre("A: b", "C: d"));
}

TEST(Parse, FindsTheConfigFileByTheEnvironment) {
  const ScopedVariable file("REFEREE_CONFIG", config_file("quiet = true\nurl = \"http://a\"\n"));
  EXPECT_TRUE(run_with({}).shared.display.quiet);
}

TEST(Parse, LeavesSectionsOfOtherCommandsAlone) {
  const auto file = config_file("[serve]\nport = 1\n[run]\njobs = 7\n");
  EXPECT_THAT(run_with({"--config", file, "http://a"}).shared.settings.jobs, Eq(7));
}

struct Mistake {
  const char* name;
  std::vector<std::string> arguments;
  const char* says;
};

void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class WrongCommandLine : public ::testing::TestWithParam<Mistake> {};

TEST_P(WrongCommandLine, IsRefusedInOneLine) {
  EXPECT_THAT([] { parse(GetParam().arguments); },
              ThrowsMessage<WrongUsage>(AllOf(HasSubstr(GetParam().says), Not(HasSubstr("\n")))));
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongCommandLine,
    ::testing::Values(
        Mistake{"NoCommand", {}, "referee --help"}, Mistake{"UnknownCommand", {"rnu", "http://a"}, "did you mean run?"},
        Mistake{"OptionBeforeCommand", {"--quiet", "run"}, "the command comes first"},
        Mistake{"UnknownOption", {"run", "http://a", "--nope"}, "unknown option '--nope'"},
        Mistake{"TwoUrls", {"run", "http://a", "http://b"}, "unexpected argument 'http://b'"},
        Mistake{"BadDuration", {"run", "http://a", "--timeout", "soon"}, "--timeout: invalid duration 'soon'"},
        Mistake{"BadNumber", {"run", "http://a", "--jobs", "many"}, "--jobs"},
        Mistake{"TooFewJobs", {"run", "http://a", "--jobs", "0"}, "--jobs"},
        Mistake{"BadStrict", {"run", "http://a", "--strict", "must"}, "--strict: invalid value 'must'; choose should"},
        Mistake{"EmptyValue", {"run", "--repo=", "http://a"}, "--repo has an empty value"},
        Mistake{"MissingValue", {"run", "http://a", "--repo"}, "--repo"},
        Mistake{"NoSuchFile", {"run", "http://a", "--config", "/nonexistent/x.toml"}, "/nonexistent/x.toml"},
        Mistake{"UnknownFormat", {"run", "http://a", "--report", "pdf=x"}, "pdf"},
        Mistake{"NoFormat", {"run", "http://a", "--report", "x.xml"}, "FORMAT=PATH"},
        Mistake{"Explore", {"explore", "http://a", "--any"}, "--any"},
        Mistake{"Compare", {"compare", "/nonexistent.json", "--any"}, "--any"},
        Mistake{"SiteOfNothing", {"site", "public"}, "a site of what, and where?"},
        Mistake{"Rejudge", {"rejudge"}, "judge which results again?"}),
    [](const auto& mistake) { return mistake.param.name; });

TEST(Parse, RefusesUnknownKeysOfTheFile) {
  const auto file = config_file("jbos = 2\n");
  EXPECT_THAT([&] { run_with({"--config", file, "http://a"}); }, ThrowsMessage<WrongUsage>(HasSubstr("jbos")));
}

TEST(Parse, AnswersHelpAndVersion) {
  EXPECT_THAT(parsed<Answer>({"--help"}).text, AllOf(HasSubstr("run URL"), HasSubstr("rejudge RESULTS")));
  EXPECT_THAT(parsed<Answer>({"--version"}).text, HasSubstr("referee 0."));
  EXPECT_THAT(parsed<Answer>({"run", "--version"}).text, HasSubstr("referee 0."));
  EXPECT_THAT(parsed<Answer>({"run", "--help"}).text, AllOf(HasSubstr("--cascade-wait"), HasSubstr("OCI_REGISTRY")));
  EXPECT_THAT(parsed<Answer>({"help", "serve"}).text, HasSubstr("--control"));
}

TEST(Parse, ShowsWhatWasGivenWithoutSecrets) {
  const auto options = run_with({"-H", "Authorization: Bearer secret", "--gc-hook", "curl -u me:secret x", "--jobs",
                                 "2", "http://a", "-u", "me"});
  EXPECT_THAT(options.shared.settings.shown_options, Contains(Pair("jobs", "2")));
  EXPECT_THAT(options.shared.settings.shown_options, Contains(Pair("header", HasSubstr("Authorization"))));
  for (const auto& [name, value] : options.shared.settings.shown_options)
    EXPECT_THAT(value, Not(HasSubstr("secret"))) << name;
}

TEST(Parse, TakesTheFolderOfASiteBeforeItsResults) {
  const auto options = parsed<SiteOptions>({"site", "public", "a.json", "ours@2=b.json", "--known", "ours-2.json"});
  EXPECT_THAT(options.directory, Eq("public"));
  EXPECT_THAT(options.files, ElementsAre("a.json", "ours@2=b.json"));
  EXPECT_THAT(options.known, ElementsAre("ours-2.json"));
}

TEST(Parse, CallsARunByItsName) {
  const auto options = run_with({"ours=http://a", "--jobs", "2"});
  EXPECT_THAT(options.url, Eq("http://a"));
  EXPECT_THAT(options.shared.settings.shown_options, Contains(Pair("name", "ours")));
  EXPECT_THAT(run_with({"http://a"}).shared.settings.shown_options, Not(Contains(Pair("name", ::testing::_))));
}

TEST(Parse, ReadsTheOptionsOfServe) {
  const auto options = parsed<ServeOptions>({"serve", "--port", "0", "--control", "0", "--defect", "a#a", "--defect",
                                             "b#b", "--user", "me:secret:*:pull,push", "--latency", "20ms"});
  EXPECT_THAT(options.defects, ElementsAre("a#a", "b#b"));
  EXPECT_THAT(options.users, ElementsAre("me:secret:*:pull,push"));
  EXPECT_THAT(options.control, Optional(Eq(0)));
  EXPECT_THAT(options.latency, Eq(std::chrono::milliseconds(20)));
  EXPECT_FALSE(parsed<ServeOptions>({"serve"}).control.has_value());
}

}  // namespace
}  // namespace referee::cli
