// Documents from anyone: read as they are, or refused before they cost too much.
#include "reports/saved/parse_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace referee::reports {
namespace {

using ::testing::Eq;

TEST(ParseDocument, KeepsValuesAndTheOrderOfMembers) {
  const std::string text = R"({"b":[1,-2,3.5,true,null,"x"],"a":{}})";
  const auto document = parse_document(text);
  ASSERT_TRUE(document.has_value());
  EXPECT_EQ(document->dump(), text);
}

TEST(ParseDocument, RefusesWhatIsNotJson) {
  for (const char* text : {"", "{", "[1,", "nul", "{}x", R"({"a")", "\xFF"}) {
    EXPECT_THAT(parse_document(text), Eq(std::nullopt)) << text;
  }
}

TEST(ParseDocument, TakesAsManyLevelsAsTheLimitAllows) {
  EXPECT_TRUE(parse_document(R"([{"a":[]}])", {.depth = 3}).has_value());
  EXPECT_FALSE(parse_document(R"([{"a":[]}])", {.depth = 2}).has_value());
  EXPECT_TRUE(parse_document("[[],[],[]]", {.depth = 2}).has_value());
  EXPECT_FALSE(parse_document(std::string(30 << 20, '[')).has_value());
}

TEST(ParseDocument, TakesAsManyValuesAsTheLimitAllows) {
  const std::string text = R"([1,"a",true,null,1.5,-1,{},[]])";
  EXPECT_TRUE(parse_document(text, {.values = 9}).has_value());
  const DocumentLimits eight{.values = 8, .bytes_of_each_more = text.size() + 1};
  EXPECT_FALSE(parse_document(text, eight).has_value());
  EXPECT_TRUE(parse_document(text + "    ", eight).has_value()) << "a longer text may have one more";
}

TEST(BytesOf, AFileThatIsNotThereAreNone) { EXPECT_THAT(bytes_of("/nowhere/at/all"), Eq(std::nullopt)); }

}  // namespace
}  // namespace referee::reports
