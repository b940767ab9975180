// `referee explore` and `referee compare` as users meet them: the matrix in its four formats, who may sign where, what
// is left over, and when a comparison fails.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "harness/cli/testing/process.h"

namespace referee::cli {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Process;
using testing::read_file;
using Json = nlohmann::json;

const std::vector<std::string> kHaste = {"--cascade-wait", "100ms", "--settle", "300ms", "--no-progress"};

std::vector<std::string> in_haste(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), kHaste.begin(), kHaste.end());
  return arguments;
}

/// The answer of the n-th registry to a probe in an edition; empty if there is none.
std::string answer_of(const Json& exploration, std::size_t n, const std::string& probe, const std::string& spec) {
  for (const auto& observation : exploration["registries"][n]["observations"]) {
    if (observation["probe"] == probe && observation["spec"] == spec) return observation["answer"];
  }
  return "";
}

TEST(ExploreProgram, ShowsInFourFormatsWhereRegistriesDiffer) {
  Process one({"serve"});
  Process other({"serve", "--cascade", "all", "--page-size", "3"});
  Process explore(
      in_haste({"explore", one.line_after("listening on "), other.line_after("listening on "), "--filter",
                "probe.delete.subject-untagged", "--filter", "probe.page.default-size", "--filter", "probe.filter.plus",
                "--report", "json=x.json", "--report", "markdown=x.md", "--report", "html=x.html"}));
  ASSERT_THAT(explore.wait(), Eq(0)) << explore.errors();

  const auto json = Json::parse(read_file(explore.folder() + "/x.json"));
  EXPECT_THAT(json["complete"], Eq(true));
  EXPECT_THAT(answer_of(json, 0, "probe.delete.subject-untagged", "oci-1.1.1"), Eq("KEEP+LISTED"));
  EXPECT_THAT(answer_of(json, 1, "probe.delete.subject-untagged", "oci-1.1.1"), Eq("CASCADE-NOW"));
  EXPECT_THAT(answer_of(json, 0, "probe.page.default-size", "oras-rc.2"), Eq("10"));
  EXPECT_THAT(answer_of(json, 1, "probe.page.default-size", "oras-rc.2"), Eq("3"));
  EXPECT_THAT(answer_of(json, 0, "probe.filter.plus", "oci-1.1.1"),
              AllOf(Not(IsEmpty()), Eq(answer_of(json, 1, "probe.filter.plus", "oci-1.1.1"))));
  const auto differences = AllOf(HasSubstr("KEEP+LISTED"), HasSubstr("CASCADE-NOW"));
  EXPECT_THAT(explore.output(), differences);
  EXPECT_THAT(read_file(explore.folder() + "/x.md"), differences);
  EXPECT_THAT(read_file(explore.folder() + "/x.html"), differences);
}

TEST(ExploreProgram, SavesEverythingByDefaultUnderTheNamesGiven) {
  Process one({"serve"});
  Process other({"serve", "--page-size", "3"});
  Process explore(in_haste({"explore", "ours=" + one.line_after("listening on "),
                            "theirs=" + other.line_after("listening on "), "--filter", "page.default-size"}));
  ASSERT_THAT(explore.wait(), Eq(0)) << explore.errors();
  const std::string folder = explore.folder() + "/referee-results/";
  const auto json = Json::parse(read_file(folder + "exploration.json"));
  EXPECT_THAT(json["registries"][0]["target"]["name"], Eq("ours"));
  EXPECT_THAT(json["registries"][1]["target"]["name"], Eq("theirs"));
  EXPECT_THAT(answer_of(json, 1, "probe.page.default-size", "oras-rc.2"), Eq("3"));
  for (const auto* name : {"exploration.html", "exploration.md"}) {
    EXPECT_THAT(read_file(folder + name), AllOf(HasSubstr("ours"), HasSubstr("theirs"))) << name;
  }
  EXPECT_THAT(read_file(folder + "exploration.jsonl"), IsEmpty());
  EXPECT_THAT(explore.errors(), AllOf(HasSubstr("exploring ours, theirs"), Not(HasSubstr("\r"))));

  Process report({"report", folder + "exploration.json", "--report", "markdown=again.md"});
  ASSERT_THAT(report.wait(), Eq(0)) << report.errors();
  EXPECT_THAT(read_file(report.folder() + "/again.md"), Eq(read_file(folder + "exploration.md")));
  Process compare({"compare", "before=" + folder + "exploration.json"});
  ASSERT_THAT(compare.wait(), Eq(0)) << compare.errors();
  EXPECT_THAT(compare.output(), AllOf(HasSubstr("before: ours (http://"), HasSubstr("probe.page.default-size")));
  Process junit({"report", folder + "exploration.json", "--report", "junit=x.xml"});
  EXPECT_THAT(junit.wait(), Eq(2));
  EXPECT_THAT(junit.errors(), HasSubstr("an exploration has no report 'junit'"));
}

TEST(ExploreProgram, CutsNothingWhenItIsPiped) {
  Process registry({"serve"});
  const auto url = registry.line_after("listening on ");
  const auto explore = [&](const Variables& variables) {
    auto process = std::make_unique<Process>(
        in_haste({"explore", url, url, url, url, "--filter", "list.index-fields", "--spec", "oci"}), variables);
    EXPECT_THAT(process->wait(), Eq(0)) << process->errors();
    return process;
  };
  const auto piped = explore({});
  const auto json = Json::parse(read_file(piped->folder() + "/referee-results/exploration.json"));
  EXPECT_THAT(piped->output(), HasSubstr(answer_of(json, 3, "probe.list.index-fields", "oci-1.1.1")));
  const auto narrow = explore({{"COLUMNS", "70"}});
  std::istringstream lines(narrow->output());
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 70u) << line;
}

bool answered(const std::string& journal) { return read_file(journal).find("\"answered\"") != std::string::npos; }

TEST(ExploreProgram, KeepsInItsJournalWhatWasAnsweredBeforeACrash) {
  Process registry({"serve"});
  Process explore({"explore", "ours=" + registry.line_after("listening on "), "--cascade-wait", "60s", "--spec", "oci",
                   "--filter", "filter.plus", "--filter", "delete.subject-untagged", "--no-progress"});
  const std::string journal = explore.folder() + "/referee-results/exploration.jsonl";
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!answered(journal) && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  explore.signal(SIGKILL);
  EXPECT_THAT(explore.wait(), Eq(128 + SIGKILL));
  Process report({"report", journal});
  ASSERT_THAT(report.wait(), Eq(0)) << report.errors();
  EXPECT_THAT(report.output(), AllOf(HasSubstr("filter.plus"), HasSubstr("A  ours"),
                                     HasSubstr("incomplete: the program did not come to its end")));
}

// The question that the project began with: those who sign must not be able to write where the images are.
TEST(ExploreProgram, ShowsWhereASignerMaySign) {
  Process registry({"serve", "--auth", "token", "--user", "owner:secret-1:**:pull,push,delete", "--user",
                    "signer:secret-2:*-sigs:pull,push"});
  Process explore(in_haste({"explore", registry.line_after("listening on "), "--username", "owner", "--signer-username",
                            "signer", "--filter", "probe.repo.permissions-split", "--report", "json=x.json"}),
                  {{"REFEREE_PASSWORD", "secret-1"}, {"REFEREE_SIGNER_PASSWORD", "secret-2"}});
  ASSERT_THAT(explore.wait(), Eq(0)) << explore.errors();

  const auto json = Json::parse(read_file(explore.folder() + "/x.json"));
  EXPECT_THAT(answer_of(json, 0, "probe.repo.permissions-split", "oci-1.1.1"),
              HasSubstr("signer: image 401, signatures ACCEPT, list 401"));
  EXPECT_THAT(answer_of(json, 0, "probe.repo.permissions-split", "oras-rc.2"),
              HasSubstr("signer: image 401, signatures 400, list 401"));
  EXPECT_THAT(json.dump(), AllOf(Not(HasSubstr("secret-1")), Not(HasSubstr("secret-2"))));
}

/// What the registry holds by its control port, a line for each repository that is not empty.
std::set<std::string> stored_at(const std::string& control) {
  Process curl = Process::of("curl", {"--silent", "--show-error", control + "/stored"});
  if (curl.wait() != 0) throw std::runtime_error("curl: " + curl.errors());
  const auto stored = Json::parse(curl.output());
  std::set<std::string> lines;
  for (const auto& [name, repository] : stored.at("repositories").items()) {
    const auto manifests = repository.at("manifests").size();
    const auto blobs = repository.at("blobs").size();
    if (manifests + blobs == 0) continue;
    lines.insert(name + ": " + std::to_string(manifests) + " manifests, " + std::to_string(blobs) + " blobs");
  }
  return lines;
}

TEST(ExploreProgram, LeavesNothingBehind) {
  Process registry({"serve", "--control", "0"});
  const auto url = registry.line_after("listening on ");
  const auto control = registry.line_after("control on ");
  Process explore(in_haste({"explore", url, "--report", "json=x.json"}));
  ASSERT_THAT(explore.wait(), Eq(0)) << explore.errors();

  const auto json = Json::parse(read_file(explore.folder() + "/x.json"));
  EXPECT_GT(json["registries"][0]["observations"].size(), 100u);
  EXPECT_THAT(json["registries"][0]["leftovers"], IsEmpty());
  EXPECT_THAT(stored_at(control), IsEmpty());
}

TEST(ExploreProgram, NamesWhatTheRegistryRefusedToDelete) {
  Process registry({"serve", "--control", "0", "--mood", "mood.delete-off"});
  const auto url = registry.line_after("listening on ");
  const auto control = registry.line_after("control on ");
  Process explore(in_haste({"explore", url, "--filter", "probe.filter.plus", "--report", "json=x.json"}));
  ASSERT_THAT(explore.wait(), Eq(0)) << explore.errors();

  const auto leftovers = Json::parse(read_file(explore.folder() + "/x.json"))["registries"][0]["leftovers"].dump();
  const auto stored = stored_at(control);
  EXPECT_THAT(stored, Not(IsEmpty()));
  for (const auto& line : stored) EXPECT_THAT(leftovers, HasSubstr(line));
}

TEST(CompareProgram, FailsWhereARequirementGotWorse) {
  Process good({"serve"});
  Process bad({"serve", "--defect", "oci.referrers.list.empty-200#a"});
  const auto judged = [](const Process& registry) {
    auto run =
        std::make_unique<Process>(std::vector<std::string>{"run", registry.line_after("listening on "), "--spec",
                                                           "oci-1.1.1", "--filter", "oci.referrers.list.*", "--quiet"});
    EXPECT_THAT(run->wait(), ::testing::AnyOf(Eq(0), Eq(1))) << run->errors();
    return run;
  };
  const auto before = judged(good);
  const auto after = judged(bad);
  const std::string older = before->folder() + "/referee-results/results.json";
  const std::string newer = after->folder() + "/referee-results/results.json";

  Process worse({"compare", older, newer, "--fail-on", "worse"});
  EXPECT_THAT(worse.wait(), Eq(1)) << worse.errors();
  EXPECT_THAT(worse.output(), HasSubstr("oci.referrers.list.empty-200"));
  Process compared({"compare", "v1=" + older, "v2=" + newer, "--report", "markdown=log.md", "--report", "html=log.html",
                    "--report", "json=-"});
  EXPECT_THAT(compared.wait(), Eq(0)) << compared.errors();
  const auto json = Json::parse(compared.output());
  EXPECT_THAT(json["columns"].dump(), AllOf(HasSubstr("v1 (http://"), HasSubstr("v2 (http://")));
  EXPECT_THAT(read_file(compared.folder() + "/log.md"),
              AllOf(HasSubstr("## Breaks now"), HasSubstr("**oci.referrers.list.empty-200**")));
  EXPECT_THAT(read_file(compared.folder() + "/log.html"), HasSubstr("Breaks now"));
  EXPECT_THAT(Process({"compare", older, newer, "--report", "junit=x"}).wait(), Eq(2));
  Process better({"compare", newer, older, "--fail-on", "worse"});
  EXPECT_THAT(better.wait(), Eq(0)) << better.errors();
}

}  // namespace
}  // namespace referee::cli
