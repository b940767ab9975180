// summary.md: failures first, below the limit, and nothing from the registry outside code.
#include "reports/formats/markdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/plain_text.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;
using ::testing::SizeIs;

// The text without fenced blocks: a fence ends at a line of at least as many backticks as it began with.
std::string outside_blocks(const std::string& markdown) {
  std::string outside;
  std::size_t fence = 0;
  for (const auto line : lines_of(markdown)) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (fence == 0 && ticks >= 3) {
      fence = ticks;
    } else if (fence > 0 && ticks >= fence && ticks == line.size()) {
      fence = 0;
    } else if (fence == 0) {
      outside.append(line).append("\n");
    }
  }
  EXPECT_EQ(fence, 0U) << "a block is left open";
  return outside;
}

TEST(Markdown, BeginsWithVerdictEditionsAndFailures) {
  const auto text = markdown(saved_of(sample_run()));
  EXPECT_THAT(text, testing::StartsWith("# Referee: `non-conformant`\n"));
  EXPECT_THAT(text,
              HasSubstr("| edition | verdict | passed | failed | warned | noted | skipped | blocked | error |\n"));
  EXPECT_THAT(text, HasSubstr("| `oci-1.1.1` | `non-conformant` | 2 | 2 | 2 | 2 | 3 | 2 | 2 |\n"));
  EXPECT_THAT(text, HasSubstr("| all | `non-conformant` | 3 | 2 | 2 | 2 | 3 | 2 | 2 |\n"));
  EXPECT_LT(text.find("## Failed"), text.find("## Warned"));
  EXPECT_LT(text.find("## Warned"), text.find("## Noted"));
  EXPECT_THAT(
      text, HasSubstr("### `oci-1.1.1` `Filtering.Checkfailed`\n\n`oci.referrers.filter.header` (`MUST`), <https://"));
  EXPECT_THAT(text, HasSubstr("expected: has the header OCI-Filters-Applied\ngot:      ]]>"));
  EXPECT_THAT(text, HasSubstr("<details><summary>2 exchanges</summary>"));
}

TEST(Markdown, TellsEachRunOfTheCollector) {
  auto run = sample_run();
  run.turns = {{.started = run.started, .seconds = 1.5, .status = 3, .output = "no space left"}};
  const auto text = markdown(saved_of(run));
  EXPECT_THAT(text, HasSubstr("## Runs of the collector\n"));
  EXPECT_THAT(text, HasSubstr(" 1.5 s, exit status 3\n\n```text\nno space left\n```"));
}

TEST(Markdown, KeepsHostileTextInCode) {
  const auto text = markdown(saved_of(sample_run()));
  EXPECT_EQ(visible(text), text);
  const auto outside = outside_blocks(text);
  EXPECT_THAT(outside, Not(HasSubstr("\n# heading")));
  for (const auto line : lines_of(outside)) {
    const auto script = line.find("<script>");
    if (script == std::string_view::npos) continue;
    // On such a line the text is in a code span, whose fence is longer than any run within.
    EXPECT_NE(line.substr(0, script).find("`````"), std::string_view::npos) << line;
  }
}

TEST(Markdown, TellsWhyARunWasNotJudged) {
  const auto text = markdown(saved_of(unreachable_run()));
  EXPECT_THAT(text, ContainsRegex("Not judged\\.\\*\\* `The target could not be judged: .*connection refused"));
  EXPECT_THAT(text, HasSubstr("What to do: Check that the URL is right"));
}

TEST(Markdown, StaysBelowItsLimitAndCountsWhatIsLeftOut) {
  auto run = sample_run();
  const auto failed = run.checks[3];
  for (int i = 0; i < 1'000; ++i) {
    run.checks.push_back(failed);
    run.checks.back().id = "Many.N" + std::to_string(i);
  }
  const auto text = markdown(saved_of(run));
  EXPECT_THAT(text, SizeIs(Lt(kMarkdownFile)));
  EXPECT_THAT(text, ContainsRegex("[0-9]+ more of 1002 did not fit here"));
  EXPECT_GT(text.size(), kMarkdownFile / 2);
}

}  // namespace
}  // namespace referee::reports
