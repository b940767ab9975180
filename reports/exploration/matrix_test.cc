#include <gmock/gmock.h>

#include "harness/spec/literals/probes.h"
#include "reports/exploration/exploration_json.h"
#include "reports/exploration/matrix.h"

namespace referee::reports {
namespace {

using spec::Edition;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

using namespace spec::literals;  // NOLINT(google-build-using-namespace)

engine::ProbeResult answer(spec::ProbeId id, Edition edition, const std::string& text) {
  return {.probe = id, .edition = edition, .answer = text, .detail = "seen", .started = {}, .exchanges = {}};
}

engine::Exploration registry(const std::string& url, const std::string& untagged, Edition oras) {
  engine::Exploration seen;
  seen.target_url = url;
  seen.editions = {oras, Edition::kOci111};
  seen.capabilities["deletion of tags"] = {"offered"};
  seen.observations = {answer("probe.subject.other-repo"_probe, oras, "400"),
                       answer("probe.subject.other-repo"_probe, Edition::kOci111, "ACCEPT"),
                       answer("probe.delete.subject-untagged"_probe, Edition::kOci111, untagged)};
  return seen;
}

Results two(const std::string& first, const std::string& second, Edition other = Edition::kOrasRc2) {
  return exploration_json({registry("http://a", first, Edition::kOrasRc2), registry("http://b", second, other)},
                          {.version = "1"});
}

TEST(Matrix, PutsRegistriesSideBySideAndMarksWhatDiffers) {
  const auto exploration = two("KEEP+LISTED", "CASCADE-NOW");
  const auto matrix = matrix_of(exploration);
  ASSERT_THAT(matrix.rows, SizeIs(3));
  EXPECT_EQ(matrix.rows[0].probe, "probe.subject.other-repo");
  EXPECT_FALSE(matrix.rows[0].differs);
  EXPECT_EQ(matrix.rows[2].cells[0].answer, "KEEP+LISTED");
  EXPECT_EQ(matrix.rows[2].cells[1].answer, "CASCADE-NOW");
  EXPECT_TRUE(matrix.rows[2].differs);
}

TEST(Matrix, TakesDifferentEditionsOfAFamilyForOneRow) {
  const auto exploration = two("KEEP+LISTED", "KEEP+LISTED", Edition::kOrasDraft1);
  const auto matrix = matrix_of(exploration);
  ASSERT_THAT(matrix.rows, SizeIs(3));
  EXPECT_EQ(matrix.rows[0].spec, "oras");
  EXPECT_EQ(matrix.rows[1].spec, "oci-1.1.1");
}

TEST(Matrix, CountsAnOptionThatIsMissingForNoDifference) {
  auto first = registry("http://a", "needs --long", Edition::kOrasRc2);
  first.observations[2].reply = engine::Reply::kNeeds;
  const auto exploration = exploration_json({first, registry("http://b", "KEEP", Edition::kOrasRc2)}, {.version = "1"});
  EXPECT_FALSE(matrix_of(exploration).rows[2].differs);
}

TEST(Matrix, ShowsContradictionsWithWhatWasDone) {
  const auto exploration = two("KEEP+LISTED", "CASCADE-NOW");
  const auto matrix = matrix_of(exploration);
  const auto found = std::ranges::find(matrix.conflicts, "X05", &Conflict::id);
  ASSERT_NE(found, matrix.conflicts.end());
  EXPECT_EQ(found->did[1], "oci-1.1.1: CASCADE-NOW");
}

TEST(Matrix, LeadsWithWhatACollectionDoesToSignatures) {
  auto first = registry("http://a", "KEEP", Edition::kOrasRc2);
  EXPECT_THAT(matrix_markdown(exploration_json({first}, {.version = "1"})), Not(HasSubstr(kCollectedSignatures)));
  first.observations.push_back(answer("probe.gc.signatures"_probe, Edition::kOci111, "kept: tagged; gone: untagged"));
  first.observations.back().detail = "tagged, on an image: kept\nuntagged, on an image: gone";
  auto second = registry("http://b", "KEEP", Edition::kOrasRc2);
  second.observations.push_back(answer("probe.gc.signatures"_probe, Edition::kOci111, "push refused: 400"));
  second.observations.back().detail = "tagged, on an image: push refused: 400";
  const auto exploration = exploration_json({first, second}, {.version = "1"});
  const auto tables = collected_signatures(matrix_of(exploration));
  ASSERT_THAT(tables, SizeIs(1));
  EXPECT_EQ(tables[0].spec, "oci-1.1.1");
  ASSERT_THAT(tables[0].cases, SizeIs(2));
  EXPECT_EQ(tables[0].cases[0].second, (std::vector<std::string>{"kept", "push refused: 400"}));
  EXPECT_EQ(tables[0].cases[1].second, (std::vector<std::string>{"gone", ""}));
  const auto page = matrix_markdown(exploration);
  EXPECT_LT(page.find(kCollectedSignatures), page.find("What they offer"));
  EXPECT_THAT(page, HasSubstr("| untagged, on an image | gone | - |"));
  EXPECT_THAT(matrix_text(exploration), HasSubstr("What a collection does to signatures, oci-1.1.1"));
}

TEST(MatrixText, FitsTheTerminalAndSaysWhatItCut) {
  const std::string text = matrix_text(two(std::string(300, 'K'), "CASCADE-NOW"), {.width = 80, .conflicts = true});
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    const auto line = text.substr(at, end - at);
    EXPECT_LE(std::ranges::count_if(line, [](unsigned char c) { return (c & 0xC0) != 0x80; }), 80)
        << text.substr(at, end - at);
    at = end + 1;
  }
  EXPECT_THAT(text, AllOf(HasSubstr("* oci-1.1.1 delete.subject-untagged KKKK"), HasSubstr("answers are cut")));
}

TEST(MatrixText, GivesEachAnswerALineWhereTheColumnsDoNotFit) {
  std::vector<engine::Exploration> many(8, registry("http://a", "KEEP", Edition::kOrasRc2));
  many.push_back(registry("http://i", "CASCADE-NOW", Edition::kOrasRc2));
  const auto exploration = exploration_json(many, {.version = "1"});
  const auto text = matrix_text(exploration, {.width = 80});
  EXPECT_THAT(text, AllOf(HasSubstr("* oci-1.1.1 delete.subject-untagged\n      A,B,C,D,E,F,G,H    KEEP\n"),
                          HasSubstr("      I                  CASCADE-NOW\n")));
}

TEST(MatrixText, CutsNothingWhereThereIsNoTerminal) {
  const std::string longest(5'000, 'K');
  const auto text = matrix_text(two(longest, "CASCADE-NOW"), {.width = 0, .conflicts = true});
  EXPECT_THAT(text, AllOf(HasSubstr(" " + longest + " CASCADE-NOW\n"), HasSubstr("oci-1.1.1: " + longest),
                          Not(HasSubstr(" cut (..)"))));
}

TEST(Matrix, CallsRegistriesByTheirNames) {
  auto ours = registry("http://a", "KEEP", Edition::kOrasRc2);
  ours.target_name = "ours";
  const auto exploration = exploration_json({ours, registry("http://b", "KEEP", Edition::kOrasRc2)}, {.version = "1"});
  EXPECT_THAT(matrix_of(exploration).registries, ElementsAre("ours", "http://b"));
  EXPECT_THAT(matrix_text(exploration), HasSubstr("A  ours http://a\nB  http://b\n"));
}

TEST(Matrix, HasEachGroupOnce) {
  const auto exploration = two("KEEP", "KEEP");
  std::vector<std::string> groups;
  for (const auto& row : matrix_of(exploration).rows) {
    if (groups.empty() || groups.back() != row.group) groups.push_back(row.group);
  }
  EXPECT_THAT(groups, ElementsAre("Across repositories, and who may sign where", "What happens on deletion"));
}

TEST(MatrixViews, LetNothingOfARegistryBecomeMarkupOrControl) {
  const auto exploration = two("<script>|**\x1b[31m", "KEEP");
  EXPECT_THAT(matrix_text(exploration), Not(HasSubstr("\x1b")));
  EXPECT_THAT(matrix_markdown(exploration), AllOf(Not(HasSubstr("<script>")), HasSubstr("&lt;script&gt;\\|\\*\\*")));
}

TEST(Exploration, HoldsObservationsAsTheResultsDo) {
  const auto exploration = two("KEEP+LISTED", "KEEP+LISTED");
  const auto& one = exploration["registries"][0]["observations"][2];
  EXPECT_EQ(one["probe"], "probe.delete.subject-untagged");
  EXPECT_EQ(one["spec"], "oci-1.1.1");
  EXPECT_EQ(one["answer"], "KEEP+LISTED");
  EXPECT_EQ(one["detail"], "seen");
  EXPECT_TRUE(one["exchanges"].is_array());
}

}  // namespace
}  // namespace referee::reports
