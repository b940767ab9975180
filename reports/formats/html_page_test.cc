// Embedding data in a page: nothing that a registry says can leave the script element that holds it.
#include "reports/formats/html_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr HtmlTemplate kPage = {"<script id=\"data\">", "</script><p>after</p>"};

TEST(HtmlPage, PutsTheDataWhereItGoes) {
  EXPECT_EQ(html_page(kPage, Results{{"a", 1}}), "<script id=\"data\">{\"a\":1}</script><p>after</p>");
}

TEST(HtmlPage, LetsNoTextEndTheScript) {
  for (const std::string text : {"</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;", "</SCRIPT\t>"}) {
    const auto json = json_for_html(Results{{text, text}});
    EXPECT_EQ(json.find_first_of("<>&"), std::string::npos) << json;
    EXPECT_TRUE(Results::parse(json) == (Results{{text, text}})) << json;
  }
}

TEST(HtmlPage, WritesAsciiWhateverComes) {
  const std::string text = "\xe2\x80\xa8 \xe2\x80\xa9 \xe2\x80\xae \xf0\x9f\x90\xb3 \x7f \x01";
  const auto json = json_for_html(Results(text));
  EXPECT_TRUE(std::ranges::all_of(json, [](unsigned char c) { return c >= 0x20 && c < 0x80; })) << json;
  EXPECT_THAT(json, HasSubstr("\\u2028 \\u2029 \\u202e"));
  EXPECT_EQ(Results::parse(json).get<std::string>(), text);
}

TEST(HtmlPage, SurvivesInvalidUtf8) {
  const auto json = json_for_html(Results(hostile_text()));
  EXPECT_TRUE(Results::accept(json));
  EXPECT_THAT(json, HasSubstr("\\ufffd"));
}

TEST(HtmlPage, KeepsAMegabyteWhole) {
  const Results text = std::string(1 << 20, '<');
  EXPECT_TRUE(Results::parse(json_for_html(text)) == text);
}

}  // namespace
}  // namespace referee::reports
