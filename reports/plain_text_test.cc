// Hostile text: what comes out for XML, terminals and one line and Markdown.
#include "reports/plain_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/prose.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using namespace std::string_literals;

TEST(XmlText, DropsWhatXmlForbidsAndKeepsTheRest) {
  EXPECT_EQ(xml_text("a\x01\x0b\x0c\x1f\0\xef\xbf\xbe\xef\xbf\xbf z\t\n\xf0\x9f\x98\x80"s, 1000),
            "a z\t\n\xf0\x9f\x98\x80");
}

TEST(XmlText, ReplacesInvalidUtf8) {
  EXPECT_EQ(xml_text("\xff|\xed\xa0\x80|\xc3", 1000), "\xef\xbf\xbd|\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd|\xef\xbf\xbd");
}

TEST(XmlText, EndsLinesWithLineFeeds) { EXPECT_EQ(xml_text("a\r\nb\rc\n", 1000), "a\nb\nc\n"); }

TEST(XmlText, BreaksUpAttachmentsAndProperties) {
  EXPECT_EQ(xml_text("[[ATTACHMENT|/x]] [[property|a=b]] [[1,2]]", 1000),
            "[ [ATTACHMENT|/x]] [ [property|a=b]] [[1,2]]");
}

TEST(XmlText, CapsAndStatesTheWholeSize) {
  const auto text = xml_text(std::string(2'000'000, 'x'), 65'536);
  EXPECT_THAT(text, SizeIs(Le(65'536U)));
  EXPECT_THAT(text, HasSubstr("of 2000000 bytes"));
}

TEST(Capped, CutsBetweenCodePoints) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "\xf0\x9f\x98\x80";
  for (std::size_t limit = 100; limit < 120; ++limit) {
    const auto cut = capped(text, limit);
    EXPECT_EQ(valid_utf8(cut), cut) << limit;
    EXPECT_THAT(cut, SizeIs(Le(limit)));
  }
  EXPECT_EQ(capped("short", 100), "short");
}

TEST(Visible, WritesControlCharactersAsEscapes) {
  EXPECT_EQ(visible("a\x1b[31mb\x7f\r\0\tc\nd"s), "a\\x1b[31mb\\u{7f}\\x0d\\x00\tc\nd");
}

TEST(Visible, WritesDeceptiveCharactersAsEscapes) {
  EXPECT_EQ(visible("\xe2\x80\xae|\xc2\x9b|\xe2\x80\x8b|\xef\xbb\xbf|\xe2\x80\xa8"),
            "\\u{202e}|\\u{9b}|\\u{200b}|\\u{feff}|\\u{2028}");
  EXPECT_EQ(visible("gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80"), "gr\xc3\xbc\xc3\x9f \xf0\x9f\x98\x80");
}

TEST(Visible, BreaksUpCommandsOfCiServices) {
  EXPECT_EQ(visible("##[error]x ##vso[task]y # ## z"), "# #[error]x # #vso[task]y # ## z");
}

TEST(OneLine, FoldsWhiteSpaceAndShowsACut) {
  EXPECT_EQ(one_line("  a\n\n\tb \r\n c  ", 100), "a b c");
  EXPECT_EQ(one_line("abcdefgh", 6), "abc...");
  EXPECT_EQ(one_line(std::string(1'000'000, ' '), 10), "...");
  EXPECT_THAT(one_line(hostile_text(), 5'000), AllOf(Not(HasSubstr("\n")), Not(HasSubstr("\x1b"))));
}

TEST(InertHtml, KeepsLinesAndLeavesNoMarkup) {
  EXPECT_EQ(inert_html("<a href=\"b\">\n*c* & d"), "&lt;a href=&quot;b&quot;&gt;\n*c* &amp; d");
  EXPECT_EQ(inert_html("\x1b[1m"), "\\x1b[1m");
  EXPECT_LE(inert_html(std::string(5'000, 'a')).size(), 4'000u);
}

TEST(InertMarkdown, LeavesNothingToItsReaders) {
  EXPECT_EQ(inert_markdown("*a*|_b_ `c` [d](e) \\ <f> &"), "\\*a\\*\\|\\_b\\_ \\`c\\` \\[d\\](e) \\\\ &lt;f&gt; &amp;");
  EXPECT_EQ(inert_markdown("say \"a\""), "say \"a\"");
  EXPECT_EQ(inert_markdown("abcdefgh", 6), "abc...");
}

TEST(LinesOf, LeavesOutALastEmptyLine) {
  EXPECT_THAT(lines_of("a\n\nb\n"), ElementsAre("a", "", "b"));
  EXPECT_THAT(lines_of(""), IsEmpty());
}

TEST(Prose, KeepsCodeInASentence) {
  EXPECT_EQ(prose_in_markdown("a `b|c` <d> `e`."), "a <code>b\\|c</code> &lt;d&gt; <code>e</code>.");
  EXPECT_EQ(prose_in_markdown("one ` alone"), "one \\` alone");
}

}  // namespace
}  // namespace referee::reports
