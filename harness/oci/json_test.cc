// The strict reader: what it reads, what else it reports, and what it refuses, without ever throwing.
#include "harness/oci/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace referee::oci {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// The value read, or null with a failure noted.
json value_of(const JsonReading& reading) {
  EXPECT_THAT(reading.error, IsEmpty());
  return reading.value ? *reading.value : json();
}

TEST(ReadJson, GivesTheSameValueAsTheLibraryWhereNothingIsWrong) {
  const std::string text =
      R"( {"a": [1, -2, 3.5, "x\u00e9\ud83d\ude00", null, true, {"b": []}], "c": {"d": {}}, "e": 18446744073709551615} )";
  const JsonReading reading = read_json(text);
  EXPECT_EQ(value_of(reading), json::parse(text));
  EXPECT_THAT(reading.faults, IsEmpty());
}

TEST(ReadJson, TakesAnyValueAtTheTop) {
  EXPECT_EQ(value_of(read_json("\"x\"")), json("x"));
  EXPECT_EQ(value_of(read_json("7")), json(7));
  EXPECT_EQ(value_of(read_json("null")), json());
}

TEST(ReadJson, KeepsTheLastOfDuplicateNamesAndSaysSo) {
  const JsonReading reading = read_json(R"({"a": [1], "b": 0, "a": 2})");
  EXPECT_EQ(value_of(reading), (json{{"a", 2}, {"b", 0}}));
  EXPECT_THAT(reading.faults, ElementsAre(HasSubstr("\"a\" more than once")));
}

TEST(ReadJson, TakesOneNameInDifferentObjectsForNoDuplicate) {
  EXPECT_THAT(read_json(R"([{"a": {"a": 1}}, {"a": 2}])").faults, IsEmpty());
}

TEST(ReadJson, SeesADuplicateThroughItsEscapes) {
  EXPECT_THAT(read_json(R"({"a": 1, "\u0061": 2})").faults, SizeIs(1));
}

TEST(ReadJson, ReportsAByteOrderMark) {
  const JsonReading reading = read_json("\xEF\xBB\xBF{}");
  EXPECT_EQ(value_of(reading), json::object());
  EXPECT_THAT(reading.faults, ElementsAre(HasSubstr("byte order mark")));
}

TEST(ReadJson, ReplacesInvalidUtf8AndReportsIt) {
  const JsonReading reading = read_json("[\"a\xFFz\", \"\xC0\xAF\", \"\xED\xA0\x80\", \"\xF0\x9F\x98\x80\"]");
  EXPECT_EQ(value_of(reading)[0], "a\xEF\xBF\xBDz");
  EXPECT_EQ(value_of(reading)[3], "\xF0\x9F\x98\x80");
  EXPECT_THAT(reading.faults, ElementsAre(HasSubstr("invalid UTF-8 in 6 places")));
}

TEST(ReadJson, ReplacesHalfASurrogatePairAndReportsIt) {
  const JsonReading reading = read_json(R"(["\ud800", "\udc00x", "\\ud800", "\ud83d\ude00"])");
  EXPECT_EQ(value_of(reading), json::parse(R"(["\ufffd", "\ufffdx", "\\ud800", "\ud83d\ude00"])"));
  EXPECT_THAT(reading.faults, ElementsAre(HasSubstr("surrogate pair in 2 places")));
}

TEST(ReadJson, MakesIntegersBeyond64BitsFloatsAndReportsThem) {
  const JsonReading reading = read_json("[18446744073709551616, -9223372036854775809, 1e3]");
  EXPECT_TRUE(value_of(reading)[0].is_number_float());
  EXPECT_THAT(reading.faults, ElementsAre(HasSubstr("18446744073709551616"), HasSubstr("-9223372036854775809")));
}

TEST(ReadJson, KeepsFloatsAndIntegersApart) {
  const json value = value_of(read_json("[2, 2.0]"));
  EXPECT_TRUE(value[0].is_number_integer());
  EXPECT_TRUE(value[1].is_number_float());
}

TEST(ReadJson, LimitsTheNumberOfFaults) {
  std::string text = "{\"a\": 0";
  for (int i = 0; i < 1000; ++i) text += ", \"a\": 0";
  EXPECT_THAT(read_json(text + "}").faults, SizeIs(16));
}

TEST(ReadJson, RefusesWhatIsNestedTooDeep) {
  const JsonReading reading = read_json(std::string(1'000'000, '['));
  EXPECT_EQ(reading.value, nullptr);
  EXPECT_THAT(reading.error, HasSubstr("deeper than 64"));
  EXPECT_NE(read_json(std::string(64, '[') + std::string(64, ']')).value, nullptr);
  EXPECT_EQ(read_json(std::string(65, '[') + std::string(65, ']')).value, nullptr);
}

TEST(ReadJson, StopsAtTooManyValues) {
  EXPECT_THAT(read_json("[0,1,[2]]", {.values = 5}).error, Eq(""));
  EXPECT_THAT(read_json("[0,1,[2]]", {.values = 4}).error, HasSubstr("more than 4 values"));
}

TEST(ReadJson, RefusesWhatIsTooLong) {
  EXPECT_THAT(read_json("[1, 2, 3]", {.bytes = 5}).error, HasSubstr("longer than 5 bytes"));
}

class NotJson : public testing::TestWithParam<std::string> {};
TEST_P(NotJson, IsNamedAndNotThrown) {
  const JsonReading reading = read_json(GetParam());
  EXPECT_EQ(reading.value, nullptr);
  EXPECT_THAT(reading.error, Not(IsEmpty()));
  EXPECT_THAT(reading.error, Not(HasSubstr("json.exception")));
  EXPECT_THAT(reading.error.size(), testing::Le(320u));
}
INSTANTIATE_TEST_SUITE_P(Texts, NotJson,
                         testing::Values("", " ", "{", "{\"a\"}", "[1,]", "{} {}", "<html></html>", "nul", "'a'", "01",
                                         "\"\t\"", "\"\\x\"", "// c\n{}", "1e999", "NaN", "\xFF", "[\"\\ud8", "\\",
                                         std::string("{}\0{", 4), "\"" + std::string(100'000, 'a'), "\xEF\xBB"));

TEST(DumpJson, ReplacesInvalidUtf8) { EXPECT_EQ(dump_json(json("a\xFF")), "\"a\xEF\xBF\xBD\""); }

TEST(DumpJson, IndentsWhenAsked) { EXPECT_EQ(dump_json(json{{"a", 1}}, 2), "{\n  \"a\": 1\n}"); }

}  // namespace
}  // namespace referee::oci
