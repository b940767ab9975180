// The words for what claims expect and what came: each is what a reader of a report sees.
#include "harness/engine/wording/wording.h"

#include <gtest/gtest.h>

#include "harness/engine/claim.h"

namespace referee::engine {
namespace {

using ::testing::_;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::IsSubsetOf;
using ::testing::IsSupersetOf;
using ::testing::Le;
using ::testing::Lt;
using ::testing::Ne;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Texts = std::vector<std::string>;

template <typename Value, typename Matcher>
std::string said(const Value& value, const Matcher& matcher) {
  const auto found = mismatch(value, matcher);
  return found ? found->expected + "; got " + found->actual : "";
}

TEST(Wording, NamesNumbersAndTexts) {
  EXPECT_EQ(said(502, The("status", Lt(500))), "status less than 500; got status 502");
  EXPECT_EQ(said(3, The("number of pages", Le(2))), "number of pages at most 2; got number of pages 3");
  EXPECT_EQ(said(std::string("a"), The("header Allow", Eq("b"))), "header Allow \"b\"; got header Allow \"a\"");
  EXPECT_EQ(said(std::optional<int>(), The("Content-Length", ::testing::Optional(3))),
            "Content-Length 3; got no Content-Length");
  EXPECT_EQ(said(std::optional<std::string>("a"), The("Content-Length", ::testing::Optional(std::string("b")))),
            "Content-Length \"b\"; got Content-Length \"a\"");
}

TEST(Wording, NamesWhatIsInLists) {
  EXPECT_EQ(said(Texts{"a", "b"}, The("tag that is left", IsEmpty())),
            "no tags that are left; got tags that are left: \"a\", \"b\"");
  EXPECT_EQ(said(Texts{}, The("tag", Not(IsEmpty()))), "at least one tag; got no tags");
  EXPECT_EQ(said(Texts{"a"}, The("tag", Contains("b"))), "at least one tag: \"b\"; got tags: \"a\"");
  EXPECT_EQ(said(Texts{"a"}, The("tag", Not(Contains("a")))), "no tag: \"a\"; got tags: \"a\"");
  EXPECT_EQ(said(Texts{"a", "b"}, The("tag", Each(Eq("a")))),
            "each tag: \"a\"; got tags: \"a\", \"b\", at fault: tag number 2");
  EXPECT_EQ(said(Texts{"a", "b"}, The("entry", SizeIs(1))), "1 entry; got entries: \"a\", \"b\"");
  EXPECT_EQ(said(Texts{"a"}, The("entry", SizeIs(2))), "2 entries; got entries: \"a\"");
  EXPECT_EQ(said(Texts{"a"}, The("tag", UnorderedElementsAre("b", "c"))),
            "these tags in any order: \"b\", \"c\"; got tags: \"a\"");
  EXPECT_EQ(said(Texts{"a"}, The("tag", ElementsAre("b", "c"))),
            "these tags in this order: \"b\", \"c\"; got tags: \"a\"");
  EXPECT_EQ(said(Texts{"a"}, The("tag", IsSupersetOf({"b", "c"}))),
            "at least these tags: \"b\", \"c\"; got tags: \"a\"");
  EXPECT_EQ(said(Texts{"a"}, The("tag", IsSubsetOf({"b", "c"}))), "no tags but these: \"b\", \"c\"; got tags: \"a\"");
  EXPECT_EQ(said(Texts{"a", "b"}, The("tag", ElementsAre("b"))), "one tag: \"b\"; got tags: \"a\", \"b\"");
}

TEST(Wording, JoinsWhatIsComposed) {
  EXPECT_EQ(said(std::string("c"), The("type", AnyOf(Eq("a"), Eq("b (c) \"d\"")))),
            "type \"a\" or \"b (c) \\\"d\\\"\"; got type \"c\"");
  EXPECT_EQ(said(5, The("status", AllOf(Ne(5), AnyOf(Ne(5), Ne(4))))),
            "status anything but 5 and (anything but 5 or anything but 4); got status 5");
}

TEST(Wording, SaysInASentenceWhatDoesNotHold) {
  const auto found = mismatch(false, Holds("the list has pages", "all referrers are on one page"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->expected, "the list has pages");
  EXPECT_EQ(found->actual, "all referrers are on one page");
  EXPECT_EQ(found->why_not_due(), "all referrers are on one page");
  EXPECT_EQ(found->why_blocked(), "all referrers are on one page");
  EXPECT_FALSE(mismatch(true, Holds("", "")));
}

TEST(Wording, SaysWhatAPremiseNeeds) {
  const auto found = mismatch(404, The("status", Eq(200)));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->why_not_due(), "the rule is about status 200; got status 404");
  EXPECT_EQ(found->why_blocked(), "the check needs status 200 before it can judge; got status 404");
}

TEST(Wording, LeavesOtherWordsAsTheyAre) {
  EXPECT_EQ(in_words("names the filter", "item"), "names the filter");
  EXPECT_EQ(in_words("(an odd one", "item"), "(an odd one");
  EXPECT_EQ(in_words("is an object whose field `status` (is equal to 404) or (is equal to 410)", "item"),
            "status 404 or 410");
  EXPECT_EQ(came_in_words("404, 3 bytes", "whose status is 404, and whose status is 404", "item"), "404, 3 bytes");
  EXPECT_EQ(came_in_words("404, 3 bytes", "which has no header Allow", "item"),
            "404, 3 bytes, which has no header Allow");
  EXPECT_EQ(came_in_words("{}", "", "entry"), "no entries");
}

TEST(Wording, Counts) {
  EXPECT_EQ(counted(1, "entry"), "1 entry");
  EXPECT_EQ(counted(2, "entry"), "2 entries");
  EXPECT_EQ(counted(0, "page"), "0 pages");
}

}  // namespace
}  // namespace referee::engine
