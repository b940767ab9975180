#include "reports/site/site.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "reports/output_file.h"
#include "reports/saved/parse_document.h"
#include "reports/saved/profile.h"
#include "reports/saved/results_json.h"
#include "reports/saved/without_evidence.h"
#include "reports/site/pages.h"
#include "reports/site/write_site.h"
#include "reports/testing/golden_run.h"
#include "reports/testing/sample_exploration.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::Eq;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

SavedRun run_at(hours later) {
  auto run = golden_run();
  run.started += later;
  return run;
}

// The outcome of the first check that passed becomes that.
SavedRun with_first_pass(SavedRun run, Outcome outcome) {
  std::ranges::find(run.checks, Outcome::kPassed, &SavedCheck::outcome)->outcome = outcome;
  return run;
}

std::string page_of(const Site& site, const std::string& name) {
  const auto& registry = site.registries().at(name);
  return registry_page(site, registry, changes_of(site, registry));
}

TEST(WithoutEvidence, LeavesExchangesAndBodiesOut) {
  const ScratchFolder folder;
  const auto run = saved_of(sample_run());
  write_file(folder.path() / "results.json", results_json(run).dump());
  const auto document = parse_without_evidence(folder.path() / "results.json");
  ASSERT_TRUE(document);
  EXPECT_THAT(list(*document, "checks"), SizeIs(run.checks.size()));
  EXPECT_TRUE(member(*document, "bodies").is_null());
  for (const auto& check : list(*document, "checks")) EXPECT_TRUE(member(check, "exchanges").is_null());
  // All else is as it was.
  auto whole = parse_document(read_file(folder.path() / "results.json"));
  for (auto& check : (*whole)["checks"]) {
    check["exchanges"] = nullptr;
    for (auto& finding : check["findings"]) finding["exchanges"] = nullptr;
  }
  for (const char* key : {"bodies", "run_exchanges"}) {
    if (whole->contains(key)) (*whole)[key] = nullptr;
  }
  EXPECT_EQ(*document, *whole);
}

TEST(WithoutEvidence, RefusesWhatIsCutShort) {
  const ScratchFolder folder;
  write_file(folder.path() / "a.json", R"({"checks": [{"exchanges": [1, {"a")");
  EXPECT_FALSE(parse_without_evidence(folder.path() / "a.json"));
  EXPECT_THROW(parse_without_evidence(folder.path() / "b.json"), CannotRead);
}

TEST(RegistryAndVersion, AreApartByTheLastAt) {
  EXPECT_THAT(registry_and_version("docker-registry@2.8.2"),
              Eq(std::pair<std::string, std::string>("docker-registry", "2.8.2")));
  EXPECT_THAT(registry_and_version("zot"), Eq(std::pair<std::string, std::string>("zot", "")));
}

TEST(Site, KeepsTheRunsOfARegistryFromTheOldestOn) {
  Site site;
  site.add_run("ours@2", run_at(hours(48)));
  site.add_run("ours@1", run_at(hours(0)));
  site.add_run("ours@1.5", run_at(hours(24)));
  ASSERT_THAT(site.registries(), SizeIs(1));
  const auto& ours = site.registries().at("ours");
  std::vector<std::string> versions;
  for (const auto& run : ours.runs) versions.push_back(run.version);
  EXPECT_THAT(versions, ElementsAre("1", "1.5", "2"));
}

TEST(Site, TakesTheFindingsOfTheNewestRun) {
  Site site;
  site.add_run("ours@2", with_first_pass(run_at(hours(48)), Outcome::kFailed));
  const auto findings = site.registries().at("ours").findings.size();
  site.add_run("ours@1", run_at(hours(0)));
  EXPECT_EQ(site.registries().at("ours").findings.size(), findings);
  site.add_run("ours@3", run_at(hours(72)));
  EXPECT_EQ(site.registries().at("ours").findings.size(), findings - 1);
}

TEST(Site, NamesWhatHasNoNameAfterItsTarget) {
  Site site;
  auto run = golden_run();
  run.options.erase("name");
  run.target_url = "https://registry.example/base";
  site.add_run("", run);
  EXPECT_TRUE(site.registries().contains("registry.example/base"));
  run.options["name"] = "theirs@7";
  site.add_run("", run);
  EXPECT_EQ(site.registries().at("theirs").newest().version, "7");
}

TEST(Site, GivesNamesThatDifferOnlyInSignsFilesOfTheirOwn) {
  Site site;
  site.add_run("a/b", golden_run());
  site.add_run("a:b", golden_run());
  site.add_run("A b", golden_run());
  site.add_run("../..", golden_run());
  std::set<std::string> files;
  for (const auto& [name, registry] : site.registries()) files.insert(registry.file);
  EXPECT_EQ(files, (std::set<std::string>{"a-b", "a-b-2", "a-b-3", "x"}));
}

TEST(Site, SaysWhyAFindingIsTrue) {
  auto run = golden_run();
  for (auto& check : run.checks) check.baseline.reset();
  const auto failed = *std::ranges::find(run.checks, Outcome::kFailed, &SavedCheck::outcome);
  const std::string edition(spec::name(failed.edition));
  Site site;
  site.add_known("ours-2", {{.edition = edition,
                             .check = failed.id,
                             .requirement = "",
                             .reason = "it is <so>",
                             .issue = "https://issues.example/1",
                             .expires = ""}});
  site.add_run("ours@2", run);
  site.add_run("theirs@2", run);
  const auto page = page_of(site, "ours");
  EXPECT_THAT(page, HasSubstr("True finding:</strong> it is &lt;so&gt; <a href=\"https://issues.example/1\""));
  EXPECT_THAT(page_of(site, "theirs"), Not(HasSubstr("True finding")));
}

TEST(Site, TakesReasonsFromTheBaselineOfTheRun) {
  auto run = golden_run();
  auto& failed = *std::ranges::find(run.checks, Outcome::kFailed, &SavedCheck::outcome);
  failed.baseline = BaselineMark{.state = BaselineState::kKnown,
                                 .outcome = {},
                                 .reason = "known for long",
                                 .issue = "javascript:alert(1)",
                                 .expires = {}};
  Site site;
  site.add_run("ours", run);
  const auto page = page_of(site, "ours");
  EXPECT_THAT(page, HasSubstr("known for long javascript:alert(1)"));
  EXPECT_THAT(page, Not(HasSubstr("href=\"javascript")));
}

TEST(Site, PutsTheVerdictWithItsProfileOnTheBadge) {
  for (const auto& run : {golden_run(), saved_of(sample_run()), saved_of(unreachable_run())}) {
    Site site;
    site.add_run("ours", run);
    const auto svg = badge_svg(site.registries().at("ours"));
    EXPECT_THAT(svg, HasSubstr(">" + plain(verdict_in_words(run)).bytes + "</text>"));
  }
}

TEST(Site, ComparesEachRunWithTheOneBefore) {
  Site site;
  site.add_run("ours@1", run_at(hours(0)));
  site.add_run("ours@2", with_first_pass(run_at(hours(24)), Outcome::kFailed));
  site.add_run("ours@3", run_at(hours(48)));
  const auto changes = changes_of(site, site.registries().at("ours"));
  ASSERT_THAT(changes, SizeIs(2));
  EXPECT_EQ(summary_of(changes[0].comparison), "Keeps now: 1");
  EXPECT_EQ(summary_of(changes[1].comparison), "Breaks now: 1");
  const auto feed = atom_feed(changes);
  EXPECT_THAT(feed, HasSubstr("<title>ours: 2 → 3</title>"));
  EXPECT_THAT(feed, HasSubstr("<link href=\"registries/ours.html\" />"));
}

TEST(Site, ShowsHostileTextsAsTexts) {
  Site site;
  site.add_run("<script>alert(1)</script>", saved_of(sample_run()));
  site.add_exploration("", sample_exploration());
  for (const auto& page : {index_page(site), page_of(site, site.registries().begin()->first), requirements_page(site),
                           explored_page(site, site.exploration())}) {
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("\x1b")));
  }
}

// REFEREE_WRITE_GOLDEN=1 rewrites what is kept (reports/formats/golden_test.cc).
TEST(Site, MakesThePageThatIsKept) {
  Site site;
  site.add_run("ours@1", run_at(hours(0)));
  site.add_run("ours@2", with_first_pass(run_at(hours(24)), Outcome::kFailed));
  const auto page = page_of(site, "ours");
  const auto shown = page.substr(page.find("<title>"));  // the styles before are those of the repository
  const std::filesystem::path path = "reports/testing/golden/site-registry";
  if (std::getenv("REFEREE_WRITE_GOLDEN") != nullptr) write_file(path, shown);
  EXPECT_EQ(shown, read_file(path));
}

TEST(Site, MergesExplorationsByTheNewestOfEachRegistry) {
  Site site;
  EXPECT_THAT(site.exploration(), Eq(Results()));
  auto older = sample_exploration();
  site.add_exploration("", older);
  for (auto& registry : older["registries"]) registry["started"] = "2001-01-01T00:00:00.000Z";
  for (auto& registry : older["registries"]) registry["observations"] = Results::array();
  site.add_exploration("", older);
  const auto merged = site.exploration();
  EXPECT_THAT(list(merged, "registries"), SizeIs(list(older, "registries").size()));
  EXPECT_FALSE(list(merged["registries"][0], "observations").empty());
}

TEST(Site, ShowsEachGroupOfProbesOnce) {
  Site site;
  site.add_exploration("", sample_exploration());
  const auto exploration = site.exploration();
  const auto page = explored_page(site, exploration);
  for (const auto& row : matrix_of(exploration).rows) {
    const std::string heading = element("h2", plain(row.group)).bytes;
    const auto first = page.find(heading);
    ASSERT_NE(first, std::string::npos) << row.group;
    EXPECT_EQ(page.find(heading, first + 1), std::string::npos) << row.group;
  }
}

TEST(Site, LinksTheColumnsOfAnExplorationToTheirRegistries) {
  Site site;
  auto exploration = sample_exploration();
  exploration["registries"][0]["target"]["name"] = "ours@2";
  site.add_run("ours@1", golden_run());
  site.add_exploration("", exploration);
  const auto page = explored_page(site, site.exploration());
  EXPECT_THAT(page, HasSubstr("<th scope=\"col\"><a href=\"registries/ours.html\">ours@2</a></th>"));
}

class WritingASite : public testing::Test {
 protected:
  WritingASite() {
    site.add_run("ours@2", golden_run());
    site.add_exploration("", sample_exploration());
  }
  const ScratchFolder folder;
  const std::filesystem::path place = folder.path() / "site";
  Site site;
};

TEST_F(WritingASite, ReplacesWhatAnEarlierOneWrote) {
  write_site(place, site);
  EXPECT_TRUE(exists(place / "registries/ours.html"));
  Site other;
  other.add_run("theirs", golden_run());
  write_site(place, other);
  EXPECT_TRUE(exists(place / "registries/theirs.html"));
  EXPECT_FALSE(exists(place / "registries/ours.html"));
  EXPECT_FALSE(exists(place / "exploration.html"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST_F(WritingASite, RefusesAFolderWithFilesOfOthers) {
  write_file(place / "mine.txt", "x");
  EXPECT_THROW(write_site(place, site), FolderOfOthers);
  EXPECT_EQ(read_file(place / "mine.txt"), "x");
  std::filesystem::remove(place / "mine.txt");
  write_site(place, site);
  write_file(place / "registries/mine.txt", "x");
  EXPECT_THROW(can_write_site(place), FolderOfOthers);
}

TEST_F(WritingASite, RefusesALinkToAFolder) {
  std::filesystem::create_directory(folder.path() / "elsewhere");
  std::filesystem::create_directory_symlink(folder.path() / "elsewhere", place);
  EXPECT_THROW(write_site(place, site), FolderOfOthers);
}

TEST_F(WritingASite, ListsItsFiles) {
  const auto count = write_site(place, site);
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(place))
    found += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(count, found);
}

}  // namespace
}  // namespace referee::reports
