// Link lines as registries write them, right and wrong.
#include "harness/http/syntax/link.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::http {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Lt;
using ::testing::Pair;
using ::testing::SizeIs;

Links links_of(const std::string& line) { return read_links({{"Link", line}}); }

auto HasTarget(const std::string& target) { return Field("target", &Link::target, target); }

TEST(ReadLinks, ReadsTheUsualForms) {
  for (const char* line :
       {R"(</v2/r/referrers/x?n=1>; rel="next")", R"(</v2/r/referrers/x?n=1>;rel=next)",
        R"(  </v2/r/referrers/x?n=1>	;	REL = "Next" ; )", R"(,</v2/r/referrers/x?n=1>; rel="prev NEXT",)"}) {
    const Links links = links_of(line);
    EXPECT_THAT(links.errors, IsEmpty()) << line;
    EXPECT_THAT(links.with_relation("next"), ElementsAre(HasTarget("/v2/r/referrers/x?n=1"))) << line;
  }
}

TEST(ReadLinks, TellsQuotedFromUnquotedRelations) {
  EXPECT_TRUE(links_of("<a>; rel=\"next\"").links.at(0).quoted_relation);
  EXPECT_FALSE(links_of("<a>; rel=next").links.at(0).quoted_relation);
}

TEST(ReadLinks, SplitsSeveralRelationsAndTakesWholeNamesOnly) {
  const Link link = links_of(R"(<a>; rel="start  http://example/Rel	next")").links.at(0);
  EXPECT_THAT(link.relations, ElementsAre("start", "http://example/rel", "next"));
  EXPECT_FALSE(link.has_relation("nex"));
  EXPECT_TRUE(link.has_relation("NEXT"));
}

TEST(ReadLinks, ReadsSeveralLinksOfOneLineAndOfSeveralLines) {
  const Links links =
      read_links({{"Link", R"(<a>; rel=prev, <b>; rel=next)"}, {"X", "<x>"}, {"link", "<c>; rel=last"}});
  EXPECT_THAT(links.links, ElementsAre(HasTarget("a"), HasTarget("b"), HasTarget("c")));
  EXPECT_THAT(links.errors, IsEmpty());
}

TEST(ReadLinks, KeepsCommasAndSemicolonsInTargetsAndQuotes) {
  const Links links = links_of(R"(<a?x=1,2;y>; title="one, \"two\"; <three>"; rel="next", <b>; rel=prev)");
  EXPECT_THAT(links.errors, IsEmpty());
  EXPECT_THAT(links.links, ElementsAre(HasTarget("a?x=1,2;y"), HasTarget("b")));
  EXPECT_THAT(links.links.at(0).parameters, ElementsAre(Pair("title", "one, \"two\"; <three>"), Pair("rel", "next")));
}

TEST(ReadLinks, TakesParametersWithoutValueAndUnquotedOnesOfOldGrammar) {
  const Links links = links_of("<a>; flag; anchor=/x?y=z; title*=UTF-8''x; rel=next");
  EXPECT_THAT(links.errors, IsEmpty());
  EXPECT_THAT(links.links.at(0).parameters,
              ElementsAre(Pair("flag", ""), Pair("anchor", "/x?y=z"), Pair("title*", "UTF-8''x"), Pair("rel", "next")));
}

TEST(ReadLinks, RelatesNoLinkThatHasAnAnchor) {
  const Links links =
      links_of(R"(</other>; rel="next"; anchor="/elsewhere", </here>; rel="next", <>; rel=next; anchor="")");
  EXPECT_THAT(links.with_relation("next"), ElementsAre(HasTarget("/here"), HasTarget("")));
}

TEST(ReadLinks, TakesTheFirstOfSeveralRels) {
  const Links links = links_of("<a>; rel=next; rel=prev");
  EXPECT_THAT(links.links.at(0).relations, ElementsAre("next"));
  EXPECT_THAT(links.errors, ElementsAre(HasSubstr("more than once")));
}

TEST(ReadLinks, TakesAnEmptyTargetForOne) {
  const Links links = links_of("<>; rel=next");
  EXPECT_THAT(links.links, ElementsAre(HasTarget("")));
  EXPECT_THAT(links.errors, IsEmpty());
}

struct Wrong {
  const char* line;
  const char* reason;
  std::size_t links;
};
class WrongLink : public testing::TestWithParam<Wrong> {};
TEST_P(WrongLink, IsNamed) {
  const Links links = links_of(GetParam().line);
  EXPECT_THAT(links.errors, ElementsAre(HasSubstr(GetParam().reason))) << GetParam().line;
  EXPECT_THAT(links.links, SizeIs(GetParam().links)) << GetParam().line;
}
INSTANTIATE_TEST_SUITE_P(Lines, WrongLink,
                         testing::Values(Wrong{"/v2/x?n=1; rel=next", "not in angle brackets", 0},
                                         Wrong{"\"/v2/x\"; rel=next", "not in angle brackets", 0},
                                         Wrong{"</v2/x; rel=next", "not closed", 0}, Wrong{"</v2/x>", "no rel", 1},
                                         Wrong{"</v2/x>; title=next", "no rel", 1},
                                         Wrong{"</v2/x>; rel=\"\"", "rel is empty", 1},
                                         Wrong{"</v2/x>; rel", "rel is empty", 1},
                                         Wrong{"</v2/a b>; rel=next", "must be escaped", 1},
                                         Wrong{"</v2/x> rel=next, <b>; rel=prev", "other than ';'", 2},
                                         Wrong{"</v2/x>; rel=next; title=\"open", "not closed", 1},
                                         Wrong{"</v2/x>; rel=next; =x", "has no name", 1},
                                         Wrong{"<a>; rel=next extra", "other than ';'", 1}));

TEST(ReadLinks, GoesOnBehindWhatItCannotRead) {
  const Links links = links_of(R"(/a; title="x, <y>; rel=last", <b>; rel=next)");
  EXPECT_THAT(links.links, ElementsAre(HasTarget("b")));
  EXPECT_THAT(links.errors, SizeIs(1));
}

TEST(ReadLinks, NamesTwentyErrorsAndRepeatsTheBeginningOfALongLine) {
  std::string line;
  for (int i = 0; i < 45'000; ++i) line += "a,";
  const Links links = links_of(line);
  EXPECT_THAT(links.errors, SizeIs(20));
  EXPECT_THAT(links.errors, Each(AllOf(HasSubstr("not in angle brackets"), HasSubstr("(90000 bytes)"))));
  EXPECT_THAT(links.errors.front().size(), Lt(300u));
}

TEST(ReadLinks, TakesAThousandLinks) {
  std::string line;
  for (int i = 0; i < 1001; ++i) line += "<a>; rel=next,";
  const Links links = links_of(line);
  EXPECT_THAT(links.links, SizeIs(1000));
  EXPECT_THAT(links.errors, ElementsAre(HasSubstr("more than 1000 links")));
}

TEST(ReadLinks, FindsNothingInNothing) {
  EXPECT_THAT(read_links({}).links, IsEmpty());
  EXPECT_THAT(links_of(" , ,").errors, IsEmpty());
}

}  // namespace
}  // namespace referee::http
