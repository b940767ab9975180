// Tests of the matchers on lists, their entries and links: what they match, and the texts that findings show.
#include "harness/match/listing.h"

#include <nlohmann/json.hpp>

#include "harness/match/descriptor.h"
#include "harness/match/links.h"
#include "harness/match/matching_for_tests.h"

namespace referee::match {
namespace {

using engine::Entry;
using engine::Listing;
using engine::Page;
using testing::ElementsAre;
using testing::Not;

constexpr const char* kTypeOfManifests = "application/vnd.oci.image.manifest.v1+json";

Entry entry(const std::string& digest) {
  return {.media_type = kTypeOfManifests, .digest = digest, .size = 7, .artifact_type = {}, .raw = {}};
}

Page page_of(const std::vector<std::string>& digests) {
  Page page;
  page.response.status = 200;
  page.readable = true;
  for (const auto& digest : digests) page.entries.push_back(entry(digest));
  return page;
}

Page unreadable() {
  Page page;
  page.problem = "the status is 404";
  return page;
}

Page linking(const http::Headers& headers) {
  auto page = page_of({});
  page.response.headers = headers;
  return page;
}

const std::string kA = "sha256:a";
const std::string kB = "sha256:b";
const std::string kC = "sha256:c";

TEST(ListsExactly, ComparesSetsOfDigests) {
  EXPECT_THAT(page_of({kB, kA}), ListsExactly(kA, kB));
  EXPECT_THAT(page_of({kA, kA}), ListsExactly(kA));  // duplicates have their own requirement
  EXPECT_THAT(page_of({kA}), Not(ListsExactly(kA, kB)));
  EXPECT_THAT(page_of({kA, kB, kC}), Not(ListsExactly(kA, kB)));
  EXPECT_THAT((Listing{.pages = {page_of({kA}), page_of({kB})}}), ListsExactly(kA, kB));
}

TEST(ListsExactly, SaysWhatIsMissingAndWhatIsForeign) {
  const auto matcher = ListsExactly(kA, kB);
  EXPECT_EQ(description<Page>(matcher), "lists exactly sha256:a, sha256:b");
  EXPECT_EQ(negation_of<Page>(matcher), "does not list exactly sha256:a, sha256:b");
  EXPECT_EQ(explanation(matcher, page_of({kA})), "which lacks sha256:b");
  EXPECT_EQ(explanation(matcher, page_of({kA, kB, kC})), "which lists sha256:c too");
  EXPECT_EQ(explanation(matcher, page_of({kA, kC})), "which lacks sha256:b and which lists sha256:c too");
  EXPECT_EQ(explanation(matcher, page_of({kA, kB})), "");
}

TEST(ListsExactly, NeverMatchesAnUnreadableList) {
  EXPECT_THAT(unreadable(), Not(ListsNothing()));
  EXPECT_EQ(explanation(ListsNothing(), unreadable()), "which cannot be read: the status is 404");
  EXPECT_THAT((Listing{.pages = {page_of({})}, .broken = "a page was repeated"}), Not(ListsNothing()));
}

TEST(ListsExactly, TakesAListThatBreaksAfterJustThose) {
  const Listing broken{.pages = {page_of({kA, kB})}, .broken = "the next page cannot be asked"};
  EXPECT_THAT(broken, ListsExactly(kA, kB));
  EXPECT_THAT(broken, Not(ListsExactly(kA)));
  EXPECT_THAT(broken, Lists(kA));
  EXPECT_THAT(broken, Not(Lists(kC)));
}

TEST(ListsNothing, IsReadableAndEmpty) {
  EXPECT_THAT(page_of({}), ListsNothing());
  EXPECT_EQ(description<Page>(ListsNothing()), "lists exactly nothing");
  EXPECT_EQ(negation_of<Page>(ListsNothing()), "does not list exactly nothing");
  EXPECT_EQ(explanation(ListsNothing(), page_of({kA})), "which lists sha256:a too");
}

TEST(ListsExactly, NamesTheFirstOfManyDigests) {
  EXPECT_EQ(description<Page>(ListsExactlyEach(std::vector<std::string>(9, kA))),
            "lists exactly 9 digests from sha256:a on");
}

TEST(Lists, LooksForDigestsAmongOthers) {
  EXPECT_THAT(page_of({kC, kA}), Lists(kA));
  EXPECT_THAT(page_of({kC}), Not(Lists(kA)));
  EXPECT_THAT(page_of({kC, kA, kB}), ListsEach(std::vector<std::string>{kA, kB}));
  EXPECT_THAT(unreadable(), Not(ListsEach(std::vector<std::string>{})));
  EXPECT_EQ(description<Page>(Lists(kA)), "lists sha256:a");
  EXPECT_EQ(negation_of<Page>(Lists(kA)), "does not list sha256:a");
  EXPECT_EQ(explanation(Lists(kA), page_of({kC})), "which lacks sha256:a");
  EXPECT_EQ(explanation(Lists(kA), unreadable()), "which cannot be read: the status is 404");
}

TEST(IsReadableList, SaysWhyItIsNot) {
  EXPECT_THAT(page_of({}), IsReadableList());
  EXPECT_THAT(unreadable(), Not(IsReadableList()));
  EXPECT_EQ(description<Page>(IsReadableList()), "can be read as a list");
  EXPECT_EQ(negation_of<Page>(IsReadableList()), "cannot be read as a list");
  EXPECT_EQ(explanation(IsReadableList(), unreadable()), "the status is 404");
}

TEST(Repeated, NamesEachRepetition) {
  EXPECT_THAT(repeated({kA, kB, kA, kA}), ElementsAre(kA, kA));
  EXPECT_THAT(repeated({kA, kB}), ElementsAre());
}

TEST(EntryOf, BlocksWhereThereIsNone) {
  EXPECT_EQ(entry_of(page_of({kB, kA}), kA).digest, kA);
  EXPECT_THROW(entry_of(page_of({kB}), kA), engine::PremiseBroken);
}

TEST(IsDescriptor, HasTypeDigestAndSize) {
  const std::string digest = "sha256:" + std::string(64, 'a');
  EXPECT_THAT(entry(digest), IsDescriptor());
  EXPECT_EQ(description<Entry>(IsDescriptor()), "is a descriptor with mediaType, digest and size");
  EXPECT_EQ(negation_of<Entry>(IsDescriptor()), "is not a descriptor");
}

TEST(IsDescriptor, SaysWhatIsWrong) {
  const auto good = entry("sha256:" + std::string(64, 'a'));
  const auto fault = [&](const auto& spoil) {
    auto bad = good;
    spoil(bad);
    EXPECT_THAT(bad, Not(IsDescriptor()));
    return explanation(IsDescriptor(), bad);
  };
  EXPECT_EQ(fault([](Entry& bad) { bad.media_type.reset(); }), "`mediaType` is missing or not a string");
  EXPECT_EQ(fault([](Entry& bad) { bad.digest.reset(); }), "`digest` is missing or not a string");
  EXPECT_EQ(fault([](Entry& bad) { bad.digest = "latest"; }), "`digest` is not a digest: latest");
  EXPECT_EQ(fault([](Entry& bad) { bad.size.reset(); }), "`size` is missing or not an integer");
  EXPECT_EQ(fault([](Entry& bad) { bad.size = 0; }), "`size` is 0, which no manifest has");
}

TEST(HasNextLink, WantsTheRelationNext) {
  EXPECT_THAT(linking({{"Link", R"(</b>; rel="next")"}}), HasNextLink());
  EXPECT_THAT(linking({{"Link", R"(</b>; rel="prev")"}}), Not(HasNextLink()));
  EXPECT_THAT(linking({}), Not(HasNextLink()));
  EXPECT_EQ(description<Page>(HasNextLink()), R"(has a Link with rel="next")");
  EXPECT_EQ(negation_of<Page>(HasNextLink()), R"(has no Link with rel="next")");
  EXPECT_EQ(next_links(linking({{"Link", R"(</b>; rel="next")"}})).front().target, "/b");
}

TEST(HasOneWellFormedNextLink, SaysWhatIsWrong) {
  const auto matcher = HasOneWellFormedNextLink();
  EXPECT_THAT(linking({{"Link", R"(</b>; rel="next")"}}), matcher);
  EXPECT_EQ(description<Page>(matcher), R"(has exactly one well-formed Link with rel="next")");
  EXPECT_EQ(negation_of<Page>(matcher), R"(does not have exactly one well-formed Link with rel="next")");
  EXPECT_EQ(explanation(matcher, linking({{"Link", R"(</b>; rel="prev")"}})), "no link has the relation `next`");
  EXPECT_EQ(explanation(matcher, linking({{"Link", R"(</b>; rel="next", </c>; rel="next")"}})),
            "several links with the relation `next` lead to several targets");
  EXPECT_THAT(linking({{"Link", R"(</b>; rel="next")"}, {"Link", R"(</b>; rel="next")"}}), matcher);
  EXPECT_NE(explanation(matcher, linking({{"Link", "no brackets"}})), "");
}

}  // namespace
}  // namespace referee::match
