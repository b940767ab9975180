// The built program as users meet it: exit codes, one clear line for every misuse, the commands from end to end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <nlohmann/json.hpp>

#include "harness/cli/testing/process.h"
#include "harness/spec/requirement.h"

namespace referee::cli {
namespace {

using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Process;
using testing::read_file;
using ::testing::SizeIs;
using ::testing::StartsWith;
using Json = nlohmann::json;

struct Misuse {
  const char* name;
  std::vector<std::string> arguments;
  const char* says;
  Variables variables = {};
};

void PrintTo(const Misuse& misuse, std::ostream* out) { *out << misuse.name; }

class MisuseOfTheProgram : public ::testing::TestWithParam<Misuse> {};

TEST_P(MisuseOfTheProgram, EndsWithTwoAndOneLine) {
  Process program(GetParam().arguments, GetParam().variables);
  EXPECT_THAT(program.wait(), Eq(2));
  const auto errors = program.errors();
  EXPECT_THAT(errors, StartsWith("referee: "));
  EXPECT_THAT(errors, HasSubstr(GetParam().says));
  EXPECT_THAT(std::ranges::count(errors, '\n'), Eq(1)) << errors;
  EXPECT_THAT(program.output(), IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, MisuseOfTheProgram,
    ::testing::Values(
        Misuse{"NoCommand", {}, "referee run URL"}, Misuse{"NoUrl", {"run"}, "missing URL"},
        Misuse{"EmptyUrl", {"run", ""}, "the URL is empty"},
        Misuse{"EmptyUrlAndOtherRegistry", {"run", ""}, "the URL is empty", {{"OCI_REGISTRY", "http://127.0.0.1:1"}}},
        Misuse{"EmptyVariables", {"run"}, "--built-in", {{"OCI_REGISTRY", ""}, {"REFEREE_URL", ""}}},
        Misuse{"UnknownOption", {"run", "http://127.0.0.1:1", "--nope"}, "--nope"},
        Misuse{"UnknownEdition", {"run", "http://127.0.0.1:1", "--spec", "oci-2.0"}, "oci-2.0"},
        Misuse{"EmptyFilter", {"run", "http://127.0.0.1:1", "--filter", "nothing.at.all"}, "nothing.at.all"},
        Misuse{"FilterForOtherEditions",
               {"run", "http://127.0.0.1:1", "--filter", "oras.subject.missing-400", "--spec", "oci-1.1.1"},
               "widen --spec"},
        Misuse{"NegativeSeed", {"run", "http://127.0.0.1:1", "--seed", "-3"}, "invalid number '-3'"},
        Misuse{"ImpossiblePort", {"run", "http://127.0.0.1:70000"}, "invalid registry URL"},
        Misuse{"FolderIsAFile", {"run", "http://127.0.0.1:1", "--report-dir", "/etc/passwd"}, "/etc/passwd"},
        Misuse{"UnwritableFolder", {"run", "http://127.0.0.1:1", "--report-dir", "/proc/x"}, "/proc/x"},
        Misuse{
            "UnwritableReport", {"run", "http://127.0.0.1:1", "--report", "junit=/proc/x.xml"}, "cannot write /proc"},
        Misuse{"CredentialsInUrl", {"run", "http://me:secret@127.0.0.1:1"}, "-u"},
        Misuse{"UserWithoutPassword", {"run", "http://127.0.0.1:1", "-u", "me"}, "--password-stdin"},
        Misuse{"BadVariable", {"run", "http://127.0.0.1:1"}, "soon", {{"REFEREE_TIMEOUT", "soon"}}},
        Misuse{"VersionOfSomething", {"--version", "oci"}, "--version takes --json"},
        Misuse{"UnknownId", {"explain", "oci.subject.psuh-201"}, "oci.subject.push-201"},
        Misuse{"UnknownList", {"list", "things"}, "requirements"},
        Misuse{"UnknownDefect", {"serve", "--defect", "no.such#a"}, "no.such#a"},
        Misuse{"UnwritableExport", {"export", "/proc/x"}, "/proc/x"},
        Misuse{"NoResults", {"report", "/nonexistent.json"}, "/nonexistent.json"},
        Misuse{"NoEvidence", {"rejudge", "a.json"}, "a.json: cannot be opened"}),
    [](const auto& misuse) { return misuse.param.name; });

TEST(Program, TakesAHeaderBeforeTheUrl) {
  Process registry({"serve"});
  const auto url = registry.line_after("listening on ");
  ASSERT_THAT(url, StartsWith("http://127.0.0.1:"));
  Process run({"run", "-H", "X-Test: b", url, "--filter", "oci.subject.push-201", "--spec", "oci-1.1.1"});
  EXPECT_THAT(run.wait(), Eq(0)) << run.errors() << run.output();
  EXPECT_THAT(read_file(run.folder() + "/referee-results/results.json"), HasSubstr("X-Test"));
}

TEST(Program, JudgesAnHonestRegistryConformant) {
  Process run({"run", "--built-in", "--filter", "oci.subject.*", "--seed", "7", "--report", "junit=more/x.xml",
               "--settle", "1s"});
  EXPECT_THAT(run.wait(std::chrono::seconds(120)), Eq(0)) << run.errors() << run.output();
  EXPECT_THAT(run.output(), HasSubstr("conformant"));
  EXPECT_THAT(run.errors(), HasSubstr("seed 7"));
  const auto results = Json::parse(read_file(run.folder() + "/referee-results/results.json"));
  EXPECT_THAT(results["verdict"], Eq("conformant"));
  EXPECT_THAT(results["complete"], Eq(true));
  EXPECT_THAT(results["seed"], Eq(7));
  EXPECT_THAT(read_file(run.folder() + "/more/x.xml"), HasSubstr("<testsuites"));
  EXPECT_THAT(read_file(run.folder() + "/referee-results/junit.xml"), HasSubstr("<testsuites"));
}

TEST(Program, FailsARegistryWithADefect) {
  Process registry({"serve", "--defect", "oras.subject.missing-400#a"});
  const auto url = registry.line_after("listening on ");
  Process run({"run", url, "--spec", "oras-rc.2", "--filter", "oras.subject.*", "--quiet"});
  EXPECT_THAT(run.wait(), Eq(1)) << run.errors();
  EXPECT_THAT(run.output(), IsEmpty());
  EXPECT_THAT(run.errors(), IsEmpty());
  const auto results = Json::parse(read_file(run.folder() + "/referee-results/results.json"));
  for (const auto& check : results.at("checks")) {
    if (check["outcome"] != "failed") continue;
    EXPECT_THAT(check["requirement"], Eq("oras.subject.missing-400"));
  }
}

TEST(Program, ServesUntilASignalComes) {
  for (const int number : {SIGINT, SIGTERM}) {
    Process registry({"serve", "--control", "0"});
    EXPECT_THAT(registry.line_after("listening on http://127.0.0.1:"), Not(IsEmpty()));
    EXPECT_THAT(registry.line_after("control on http://127.0.0.1:"), Not(IsEmpty()));
    registry.signal(number);
    EXPECT_THAT(registry.wait(std::chrono::seconds(20)), Eq(0));
  }
}

TEST(Program, ListsRequirementsWithTheirCoverage) {
  Process list({"list", "requirements", "--json"});
  ASSERT_THAT(list.wait(), Eq(0));
  const auto rows = Json::parse(list.output());
  EXPECT_THAT(rows, SizeIs(spec::all_requirements().size()));
  const auto row = std::ranges::find(rows, "oras.subject.missing-400", [](const Json& r) { return r["id"]; });
  ASSERT_TRUE(row != rows.end());
  EXPECT_THAT((*row)["editions"]["oras-rc.2"]["level"], Eq("MUST"));
  EXPECT_THAT((*row)["checks"], Not(IsEmpty()));
  EXPECT_THAT((*row)["defects"].dump(), HasSubstr("oras.subject.missing-400#a"));
}

TEST(Program, ListsAndExplainsEverythingElse) {
  for (const auto* what : {"requirements", "checks", "probes", "defects", "moods", "specs"}) {
    Process table({"list", what});
    EXPECT_THAT(table.wait(), Eq(0)) << what;
    EXPECT_THAT(table.output(), HasSubstr("\n")) << what;
    Process json({"list", what, "--json"});
    EXPECT_THAT(json.wait(), Eq(0)) << what;
    EXPECT_THAT(Json::parse(json.output()), Not(IsEmpty())) << what;
  }
  Process explain({"explain", "oras.subject.missing-400"});
  EXPECT_THAT(explain.wait(), Eq(0));
  EXPECT_THAT(explain.output(), HasSubstr("https://github.com/"));
}

TEST(Program, SaysWhatItIsAndWhatItIsBuiltWith) {
  Process line({"--version"});
  EXPECT_THAT(line.wait(), Eq(0));
  Process program({"--version", "--json"});
  EXPECT_THAT(program.wait(), Eq(0));
  const auto version = Json::parse(program.output());
  EXPECT_THAT(line.output(), StartsWith("referee " + version["version"].get<std::string>()));
  EXPECT_THAT(line.output(), HasSubstr(version["commit"].get<std::string>()));
  EXPECT_THAT(version["editions"].dump(), HasSubstr("oci-1.1.1"));
  EXPECT_THAT(version["libraries"], SizeIs(9));
  for (const auto& [name, number] : version["libraries"].items()) {
    EXPECT_THAT(number.get<std::string>(), ::testing::MatchesRegex("[0-9]+[.][0-9.]+")) << name;
  }
}

TEST(Program, ExportsALayout) {
  Process program({"export", "layout"});
  EXPECT_THAT(program.wait(), Eq(0));
  EXPECT_THAT(read_file(program.folder() + "/layout/oci-layout"), HasSubstr("imageLayoutVersion"));
  EXPECT_TRUE(Json::accept(read_file(program.folder() + "/layout/purposes.json")));
}

}  // namespace
}  // namespace referee::cli
