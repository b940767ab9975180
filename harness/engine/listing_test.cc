// Reading lists: what can be read, what cannot and why.
#include "harness/engine/listing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace referee::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Page page_of(int status, const std::string& body, const std::vector<std::string>& keys = {"manifests"}) {
  return read_page({.status = status, .body = body}, keys);
}

TEST(ReadPage, ReadsEntries) {
  const auto page =
      page_of(200, R"({"manifests":[{"digest":"sha256:a","size":3,"mediaType":"m","artifactType":"t"}]})");
  ASSERT_TRUE(page.readable);
  ASSERT_THAT(page.entries, SizeIs(1));
  EXPECT_EQ(page.entries[0].digest, "sha256:a");
  EXPECT_EQ(page.entries[0].size, 3);
  EXPECT_EQ(page.entries[0].media_type, "m");
  EXPECT_EQ(page.entries[0].artifact_type, "t");
}

TEST(ReadPage, TellsAbsentFromWrongType) {
  const auto page = page_of(200, R"({"manifests":[{"size":"3","artifactType":null},7]})");
  ASSERT_THAT(page.entries, SizeIs(2));
  EXPECT_FALSE(page.entries[0].size.has_value());
  EXPECT_FALSE(page.entries[0].artifact_type.has_value());
  EXPECT_TRUE(page.entries[0].raw->contains("artifactType"));
  EXPECT_EQ(*page.entries[1].raw, 7);
}

TEST(ReadPage, NamesWhyItCannotBeRead) {
  EXPECT_THAT(page_of(404, "").problem, HasSubstr("404"));
  EXPECT_THAT(page_of(200, "<html>").problem, HasSubstr("not JSON"));
  EXPECT_THAT(page_of(200, "[]").problem, HasSubstr("no JSON object"));
  EXPECT_THAT(page_of(200, R"({"manifests":null})").problem, HasSubstr("no array `manifests`"));
}

TEST(ReadPage, TakesTheFirstKeyThatHoldsAnArray) {
  const auto page = page_of(200, R"({"references":[],"referrers":null})", {"referrers", "references"});
  EXPECT_TRUE(page.readable);
  EXPECT_EQ(page.key, "references");
}

TEST(Entry, IsPrintedAsItsJson) {
  const auto page = page_of(200, R"({"manifests":[{"digest":"sha256:a"}]})");
  EXPECT_EQ(::testing::PrintToString(page.entries.at(0)), R"({"digest":"sha256:a"})");
  EXPECT_EQ(::testing::PrintToString(Entry{}), "nothing");
}

TEST(Listing, EndsWithAnEmptyPageOnlyIfThatListsNothing) {
  const auto full = page_of(200, R"({"manifests":[{"digest":"sha256:a"}]})");
  const auto empty = page_of(200, R"({"manifests":[]})");
  auto visited = empty;
  visited.strangers = full.entries;
  EXPECT_TRUE((Listing{{full, empty}, ""}).ends_with_an_empty_page());
  EXPECT_FALSE((Listing{{empty}, ""}).ends_with_an_empty_page());
  EXPECT_FALSE((Listing{{full, full}, ""}).ends_with_an_empty_page());
  EXPECT_FALSE((Listing{{full, visited}, ""}).ends_with_an_empty_page());
  EXPECT_FALSE((Listing{{full, page_of(404, "")}, ""}).ends_with_an_empty_page());
}

TEST(Listing, JoinsPagesAndCarriesTheFirstProblem) {
  Listing listing;
  listing.pages = {page_of(200, R"({"manifests":[{"digest":"a"}]})"),
                   page_of(200, R"({"manifests":[{"digest":"b"}]})")};
  EXPECT_TRUE(listing.readable());
  EXPECT_THAT(digests_of(listing.entries()), ElementsAre("a", "b"));
  listing.pages.push_back(page_of(500, ""));
  EXPECT_FALSE(listing.readable());
  EXPECT_THAT(problem_of(listing), HasSubstr("500"));
}

}  // namespace
}  // namespace referee::engine
