// Links between pages: ORAS artifacts-spec, manifest-referrers-api.md, "Paging Results", the header Link by RFC 5988.
//
// Due only where a page that leaves artifacts out has a Link: that one is there is a rule in paging.cc.
#include "harness/spec/literals/oras.h"
#include "suites/links_of_lists.h"
#include "suites/oras/lists.h"

namespace referee::suites {
namespace {

// A reference with neither scheme nor authority; RFC 3986, section 4.2.
MATCHER(IsARelativePath, std::string(negation ? "has" : "has no") + " scheme and host") {
  const std::string& target = arg;
  if (target.starts_with("//")) return false;
  return target.substr(0, target.find_first_of("/?#")).find(':') == std::string::npos;
}

class OrasLinked : public OrasLists {
 public:
  using OrasLists::OrasLists;

 protected:
  /// The first of several pages; skipped if it says nothing of another one.
  Page first_of_several() const {
    const auto way = pages();
    const auto pushed = push_batch(way.artifacts);
    auto page = first_page(pushed.subject, way.query);
    GIVEN_THAT(page, IsReadableList());
    APPLIES_IF(page.entries.size() < pushed.artifacts.size(),
               Holds("a list of several pages", "the registry returns all artifacts on one page"));
    APPLIES_IF(page, HasHeader("Link"));
    return page;
  }

  /// That the page leads on to a list.
  void expect_followable(const Page& page) const {
    const auto target = next_links(page).front().target;
    const auto next = http::resolve(*http::Url::parse(page.response.url), target);
    ASSERT_THAT(next.has_value(), Holds("a Link to a URL", "a target that is no URL: " + target));
    try {
      EXPECT_THAT(send({.method = "GET", .url = next->text()}), HasStatus(200)) << next->text();
    } catch (const http::TransportFault& fault) {
      EXPECT_THAT(false, Holds("an answer to the request for the next page", fault.what()))
          << "asked at " << next->text();
    }
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasLinked, OrasPaging, WritesWellFormedLinks, "oras.page.link-format"_requirement) {
  const auto page = first_of_several();
  EXPECT_THAT(page, HasOneWellFormedNextLink());
  for (const auto& link : next_links(page)) {
    // UNPROVEN: unquoted is lawful; the mood that writes links so shows the note.
    EXPECT_NOTE_THAT(link.quoted_relation, Holds("rel=\"next\", as the text writes it", "rel=next without quotes"))
        << "which is lawful";
  }
}

CONFORMANCE_TEST_F(OrasLinked, OrasPaging, WritesRelativeLinks, "oras.page.link-relative"_requirement) {
  const auto page = first_of_several();
  GIVEN_THAT(page, HasNextLink());
  EXPECT_THAT(next_links(page).front().target, The("target of the Link", IsARelativePath()));
}

CONFORMANCE_TEST_F(OrasLinked, OrasPaging, WritesLinksThatCanBeFollowed, "oras.page.link-present"_requirement) {
  const auto page = first_of_several();
  GIVEN_THAT(page, HasNextLink());
  expect_followable(page);
  const auto query = pages().query;
  const auto filtered =
      list_referrers(page.subject, repository(),
                     "artifactType=" + http::percent_encode(kOrasSbom.text, "/") + (query.empty() ? "" : "&" + query));
  if (filtered.readable && !next_links(filtered).empty()) expect_followable(filtered);
}

EXCHANGE_RULE(OrasPaging, WritesWellFormedLinksOnEachList, "oras.page.link-format"_requirement) {
  EXPECT_THAT(fault_of(links_of_list(exchange, context)),
              The("Link header's fault, which is none where it is well formed", ::testing::IsEmpty()));
}

EXCHANGE_RULE(OrasPaging, WritesRelativeLinksOnEachList, "oras.page.link-relative"_requirement) {
  for (const auto& link : links_of_list(exchange, context).with_relation("next")) {
    EXPECT_THAT(link.target, The("target of the Link", IsARelativePath()));
  }
}

}  // namespace referee::suites
