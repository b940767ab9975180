// The journal of an exploration: what it holds after a crash at any byte.
#include "reports/exploration/exploration_journal.h"

#include <gmock/gmock.h>

#include "harness/spec/literals/probes.h"
#include "harness/testing/scratch_folder.h"
#include "reports/exploration/exploration_files.h"
#include "reports/exploration/exploration_json.h"
#include "reports/exploration/matrix.h"
#include "reports/saved/parse_document.h"

namespace referee::reports {
namespace {

using spec::Edition;
using ::testing::ElementsAre;
using ::testing::SizeIs;

using namespace spec::literals;  // NOLINT(google-build-using-namespace)

class JournalOfAnExploration : public ::testing::Test {
 protected:
  static engine::ProbeResult answer(spec::ProbeId id, const std::string& text) {
    return {.probe = id, .edition = Edition::kOci111, .answer = text, .detail = "seen", .started = {}, .exchanges = {}};
  }

  static engine::Exploration known(const std::string& url, const std::string& name) {
    engine::Exploration seen;
    seen.run_id = "r1";
    seen.target_url = url;
    seen.target_name = name;
    return seen;
  }

  std::string written() {
    ExplorationJournal journal(path_, {.version = "1"});
    journal.begin(0, known("http://a", "ours"));
    journal.begin(1, known("http://b", ""));
    journal.answered(1, answer("probe.filter.plus"_probe, "PLUS-LITERAL"));
    journal.answered(0, answer("probe.subject.other-repo"_probe, "ACCEPT"));
    return bytes_of(path_).value();
  }

  ScratchFolder folder_;
  std::filesystem::path path_ = folder_.path() / "exploration.jsonl";
};

TEST_F(JournalOfAnExploration, ComesBackAsAnExplorationMarkedIncomplete) {
  const auto exploration = exploration_in(written());
  ASSERT_TRUE(exploration);
  EXPECT_EQ((*exploration)["complete"], false);
  const auto matrix = matrix_of(*exploration);
  EXPECT_THAT(matrix.registries, ElementsAre("ours", "http://b"));
  ASSERT_THAT(matrix.rows, SizeIs(2));
  EXPECT_EQ(matrix.rows[0].probe, "probe.subject.other-repo") << "the order of asking is not that of showing";
  EXPECT_EQ(matrix.rows[0].cells[0].answer, "ACCEPT");
  EXPECT_EQ(matrix.rows[1].cells[1].answer, "PLUS-LITERAL");
  EXPECT_EQ(text((*exploration)["registries"][0], "incomplete_because"), "the program did not come to its end");
}

TEST_F(JournalOfAnExploration, SurvivesACutAnywhere) {
  const auto whole = written();
  const auto first = whole.find('\n') + 1;
  std::size_t answers = 0;
  for (std::size_t length = first; length <= whole.size(); ++length) {
    const auto exploration = exploration_in(whole.substr(0, length));
    ASSERT_TRUE(exploration) << length;
    std::size_t now = 0;
    for (const auto& registry : list(*exploration, "registries")) now += list(registry, "observations").size();
    EXPECT_GE(now, answers) << length;
    answers = now;
  }
  EXPECT_EQ(answers, 2u);
}

TEST_F(JournalOfAnExploration, IsNothingElse) {
  EXPECT_FALSE(exploration_in("{}\n{}"));
  EXPECT_FALSE(exploration_in(R"({"schema": "referee-results/1.1"})"));
  EXPECT_TRUE(exploration_in(R"({"schema": "referee-exploration/1"})"));
  for (const auto* member : {"[]", "1", "\"x\"", "null"}) {
    EXPECT_FALSE(
        exploration_in(std::string(R"({"schema": "referee-exploration-journal/1", "exploration": )") + member + "}"));
  }
}

}  // namespace
}  // namespace referee::reports
