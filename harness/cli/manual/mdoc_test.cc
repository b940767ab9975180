#include "harness/cli/manual/mdoc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/manual/man_page.h"
#include "harness/cli/testing/scoped_variable.h"

namespace referee::cli {
namespace {

using ::testing::Each;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;

TEST(MdocText, BeginsALineForEachSentence) {
  EXPECT_THAT(mdoc_text("One thing. Another\n  one?  And a third"), Eq("One thing.\nAnother one?\nAnd a third\n"));
  EXPECT_THAT(mdoc_text(""), IsEmpty());
}

TEST(MdocText, BreaksLongSentences) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "words ";
  std::vector<std::size_t> lengths(1);
  for (const char c : mdoc_text(text)) c == '\n' ? lengths.push_back(0) : static_cast<void>(++lengths.back());
  EXPECT_THAT(lengths, Each(Le(78U)));
  EXPECT_THAT(lengths.size(), Eq(9U));
}

TEST(MdocText, LetsNothingBeTakenForMarkup) {
  EXPECT_THAT(mdoc_text(".Sh"), Eq("\\&.Sh\n"));
  EXPECT_THAT(mdoc_text("'a' \\fB --x"), Eq("\\(aqa\\(aq \\efB \\%\\-\\-x\n"));
  EXPECT_THAT(mdoc_word("Sh"), Eq("\\&Sh"));
  EXPECT_THAT(mdoc_word("two words"), Eq("\"two words\""));
}

TEST(AsSentence, HasACapitalAndAFullStop) {
  EXPECT_THAT(as_sentence("log in as this user"), Eq("Log in as this user."));
  EXPECT_THAT(as_sentence("is it there?"), Eq("Is it there?"));
  EXPECT_THAT(as_sentence(""), IsEmpty());
}

// Each command's page has all that its table of options has.
TEST(CommandPage, HasEveryOption) {
  for (const auto& command : described_commands()) {
    const auto page = command_page(command, "November 30, 2026");
    EXPECT_THAT(page, HasSubstr(".Nm referee-" + command.name + "\n"));
    EXPECT_THAT(command.options, Not(IsEmpty())) << command.name;
    for (const auto& option : command.options) {
      for (const auto& name : option.long_names) EXPECT_THAT(page, HasSubstr("Fl " + mdoc_word("-" + name)));
      EXPECT_THAT(page, HasSubstr(mdoc_text(as_sentence(option.help))));
    }
  }
}

TEST(CommandPage, IsTheSameInAnyEnvironment) {
  const auto page_of_run = [] { return command_page(described_commands().front(), "November 30, 2026"); };
  const auto before = page_of_run();
  EXPECT_THAT(before, HasSubstr("The default is referee\\-results."));
  const testing::ScopedVariable report_dir("REFEREE_REPORT_DIR", "elsewhere");
  const testing::ScopedVariable timeout("REFEREE_TIMEOUT", "not a time");
  const testing::ScopedVariable config("REFEREE_CONFIG", "not-there.toml");
  EXPECT_THAT(page_of_run(), Eq(before));
}

}  // namespace
}  // namespace referee::cli
