// The small languages of the command line: spans of time, globs, URLs, names like a misspelt one, tables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/commands/table.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/options/duration.h"
#include "harness/cli/options/glob.h"
#include "harness/cli/options/nearest.h"
#include "harness/cli/options/target_url.h"

namespace referee::cli {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Optional;
using ::testing::ThrowsMessage;

TEST(Duration, ReadsWhatPeopleWrite) {
  EXPECT_THAT(parse_duration("30"), Optional(milliseconds(30'000)));
  EXPECT_THAT(parse_duration("30s"), Optional(milliseconds(30'000)));
  EXPECT_THAT(parse_duration("500ms"), Optional(milliseconds(500)));
  EXPECT_THAT(parse_duration("2m"), Optional(milliseconds(120'000)));
  EXPECT_THAT(parse_duration("1h"), Optional(milliseconds(3'600'000)));
  EXPECT_THAT(parse_duration("1.5s"), Optional(milliseconds(1'500)));
  EXPECT_THAT(parse_duration("1m30s"), Optional(milliseconds(90'000)));
  EXPECT_THAT(parse_duration("0"), Optional(milliseconds(0)));
}

TEST(Duration, RefusesAnythingElse) {
  for (const auto* text : {"", "s", "-1", "-1s", "1x", "1 s", "1s2", "1..5s", "nan", "1e3", "99999999h"}) {
    EXPECT_THAT(parse_duration(text), Eq(std::nullopt)) << text;
  }
}

TEST(Duration, ShowsTheShortestForm) {
  EXPECT_THAT(show_duration(milliseconds(30'000)), Eq("30s"));
  EXPECT_THAT(show_duration(milliseconds(120'000)), Eq("2m"));
  EXPECT_THAT(show_duration(milliseconds(1'500)), Eq("1500ms"));
}

TEST(Glob, MatchesWholeTexts) {
  EXPECT_TRUE(glob_matches("oci.*", "oci.subject.push-201"));
  EXPECT_TRUE(glob_matches("*push*", "oci.subject.push-201"));
  EXPECT_TRUE(glob_matches("oci.?ubject.*-201", "oci.subject.push-201"));
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("a*b*c", "aXbXbXc"));
  EXPECT_FALSE(glob_matches("oci", "oci.subject"));
  EXPECT_FALSE(glob_matches("", "a"));
  EXPECT_FALSE(glob_matches("a*b*c", "aXcXb"));
  EXPECT_FALSE(glob_matches("OCI.*", "oci.subject"));
}

TEST(TargetUrl, KeepsSchemePortAndBasePath) {
  EXPECT_THAT(target_of("http://127.0.0.1:5000", false).base, Eq("http://127.0.0.1:5000"));
  EXPECT_THAT(target_of("https://registry.example/base//", false).base, Eq("https://registry.example/base"));
  EXPECT_THAT(target_of("http://[::1]:5000/", false).base, Eq("http://[::1]:5000"));
  EXPECT_THAT(target_of("http://a", true).base, Eq("http://a"));
}

TEST(TargetUrl, AssumesHttpsUnlessToldOtherwise) {
  EXPECT_THAT(target_of("registry.example:5000", false).base, Eq("https://registry.example:5000"));
  EXPECT_TRUE(target_of("localhost:5000", false).assumed_scheme);
  EXPECT_THAT(target_of("localhost:5000", true).base, Eq("http://localhost:5000"));
}

TEST(TargetUrl, RefusesWithTheMend) {
  const auto refusal = [](std::string_view url, bool plain, std::string_view says) {
    EXPECT_THAT([&] { target_of(url, plain); }, ThrowsMessage<WrongUsage>(HasSubstr(std::string(says)))) << url;
  };
  refusal("", false, "--built-in");
  refusal("ftp://a", false, "ftp");
  refusal("http://", false, "http://");
  refusal("http://a b", false, "http://127.0.0.1:5000");
  refusal("http://a:port", false, "no URL");
  refusal("http://a:70000", false, "no URL");
  refusal("https://a", true, "--plain-http");
  refusal("http://a/v2/", false, "leave /v2 out");
  refusal("http://a?x=1", false, "query");
  refusal("http://a#x", false, "fragment");
  refusal("http://me:secret@a", false, "-u");
}

TEST(TargetUrl, NeverShowsThePassword) {
  EXPECT_THAT([] { target_of("http://me:secret@a", false); }, ThrowsMessage<WrongUsage>(Not(HasSubstr("secret"))));
  EXPECT_THAT([] { target_of("me:secret@a", false); }, ThrowsMessage<WrongUsage>(Not(HasSubstr("secret"))));
}

TEST(Nearest, FindsMisspeltNames) {
  EXPECT_THAT(edit_distance("kitten", "sitting"), Eq(3));
  EXPECT_THAT(edit_distance("rnu", "run"), Eq(1));
  const std::vector<std::string> known = {"oci.subject.push-201", "oci.subject.missing-201", "oras.sort.newest-first"};
  EXPECT_THAT(nearest("oci.subject.psuh-201", known, 1), ElementsAre("oci.subject.push-201"));
  EXPECT_THAT(nearest("newest", known), ElementsAre("oras.sort.newest-first"));
  EXPECT_THAT(nearest("something else entirely", known), IsEmpty());
}

TEST(Table, AlignsColumnsByCharacters) {
  EXPECT_THAT(table({{"A", "B"}, {"\u2264x", "y"}, {"longer", ""}}), Eq("A       B\n\u2264x      y\nlonger\n"));
}

TEST(Table, WrapsAtBlanks) {
  EXPECT_THAT(wrapped("one two three", 2, 10), Eq("  one two\n  three\n"));
  EXPECT_THAT(wrapped("unbreakable-long-word", 1, 5), Eq(" unbreakable-long-word\n"));
  EXPECT_THAT(wrapped("", 2), Eq(""));
}

}  // namespace
}  // namespace referee::cli
