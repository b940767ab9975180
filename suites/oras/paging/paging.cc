// Pages of the list: ORAS artifacts-spec, manifest-referrers-api.md, "Paging Results", the parameter `n`.
//
// A page may hold less than was asked for, and a registry may have its own least and greatest size; what the
// links between pages look like is in paging/links.cc.
#include <fmt/format.h>

#include "harness/spec/literals/oras.h"
#include "suites/oras/lists.h"

namespace referee::suites {
namespace {

constexpr const char* kBadLink = "a link cannot be followed, which OrasPaging.WritesLinksThatCanBeFollowed judges";

constexpr std::size_t kFew = 5;
constexpr std::size_t kBeyondDefault = 25;
constexpr std::size_t kBeyondLeast = 120;  // more than any least page size that can be expected

const ArtifactType kWithAPlus("sbom/example+json");  // a link has to escape the plus

// Up to draft.1.1 nothing is said of an order.
bool is_unordered(spec::Edition edition) {
  return edition != spec::Edition::kOrasRc1 && edition != spec::Edition::kOrasRc2;
}

// The chain stops at a Link that cannot be read, which is a separate rule.
bool stops_at_a_bad_link(const Listing& listing) {
  const auto& last = listing.pages.back();
  return last.response.headers.has("Link") && next_links(last).empty();
}

bool is_all_at_once(const Page& page, std::size_t count) {
  return page.readable && page.entries.size() >= count && !page.response.headers.has("Link");
}

class OrasPaged : public OrasLists {
 public:
  using OrasLists::OrasLists;

 protected:
  /// Whether neither n=1 nor n=2 makes any difference.
  bool ignores_n(const Batch& batch) const {
    return is_all_at_once(first_page(batch.subject, "n=1"), batch.artifacts.size()) &&
           is_all_at_once(first_page(batch.subject, "n=2"), batch.artifacts.size());
  }

  /// All pages of a walk that was begun with `query`; skipped if everything came at once.
  Listing pages_of(const Pushed& subject, const std::string& query) const {
    auto listing = walk(subject, query);
    GIVEN_THAT(listing, IsReadableList());
    APPLIES_IF(listing.first(), HasNextLink());
    GIVEN_THAT(!stops_at_a_bad_link(listing), Holds("links that can be followed", kBadLink));
    return listing;
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, HonoursALimit, "oras.page.n-limits"_requirement) {
  auto pushed = push_batch(kFew);
  if (!ignores_n(pushed)) return;
  // So few may fit on the least page that this registry makes.
  const auto more = push_each(batch(kBeyondLeast - kFew, {artifact(kOrasSbom)}, pushed.subject));
  pushed.artifacts.insert(pushed.artifacts.end(), more.begin(), more.end());
  settled(pushed.subject, pushed.artifacts);

  EXPECT_THAT(!ignores_n(pushed), Holds("no more entries on a page than n says",
                                        fmt::format("all {} artifacts at once, with n=1 and with n=2", kBeyondLeast)));
}

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, ReturnsNoMoreThanRequested, "oras.page.n-limits"_requirement) {
  const auto pushed = push_batch(kFew);

  for (const std::size_t n : {1u, 2u, 5u, 100u}) {
    const auto page = first_page(pushed.subject, "n=" + std::to_string(n));
    EXPECT_WARN_THAT(page, HasStatus(200)) << "n=" << n;
    EXPECT_WARN_THAT(page.entries.size(), The("number of entries", ::testing::Le(n))) << "on the page with n=" << n;
  }
}

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, ReachesAllArtifacts, "oras.page.link-present"_requirement) {
  const auto way = pages();
  const auto pushed = push_batch(way.artifacts);
  for (int look = 1; look <= 2; ++look) {
    const auto listing = walk(pushed.subject, way.query);
    GIVEN_THAT(listing, IsReadableList());
    GIVEN_THAT(!stops_at_a_bad_link(listing), Holds("links that can be followed", kBadLink));
    if (is_unordered(edition()))
      GIVEN_THAT(repeated(engine::digests_of(listing.entries())),
                 The("artifact that is listed again", IsEmpty()));  // another random order

    EXPECT_THAT(listing, ListsExactlyEach(pushed.artifacts)) << "with \"" << way.query << "\", over all links";
  }
}

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, ComesToAnEnd, "oras.page.link-absent-at-end"_requirement) {
  const auto way = pages();
  const auto pushed = push_batch(way.artifacts);
  for (const std::string& query : {way.query, std::string("n=100"), std::string()}) {
    const auto listing = walk(pushed.subject, query);
    for (const auto& page : listing.pages) GIVEN_THAT(page, IsReadableList());
    GIVEN_THAT(!stops_at_a_bad_link(listing), Holds("links that can be followed", kBadLink));  // oras.page.link-present
    EXPECT_THAT(listing.broken.empty(), Holds("a chain of pages that ends", listing.broken))
        << "from \"" << query << "\" on";
    const bool trailing = leads_to_an_empty_page(listing);
    EXPECT_WARN_THAT(!trailing, Holds("entries on the last page", "a last page without entries"))
        << "from \"" << query << "\" on";
  }
}

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, KeepsTheKeyOnEachPage, "oras.referrers.key"_requirement) {
  const auto way = pages();
  const auto listing = walk(push_batch(way.artifacts).subject, way.query);
  APPLIES_IF(listing.pages.size() >= 2, Holds("a list of several pages", "the registry returns all on one page"));
  const auto keys = list_keys();
  const auto wanted = fmt::format("entries under `{}`", fmt::join(keys, "` or `"));
  const auto is_named = [&](const Page& page) { return std::ranges::find(keys, page.key) != keys.end(); };
  for (const auto& page : listing.pages) GIVEN_THAT(page, IsReadableList());
  GIVEN_THAT(is_named(listing.first()), Holds("a first page under the key of the edition",
                                              "another one, which OrasReferrers.AreUnderTheKeyOfTheEdition judges"));
  for (std::size_t i = 1; i < listing.pages.size(); ++i) {
    const auto& page = listing.pages[i];
    EXPECT_THAT(is_named(page), Holds(wanted, fmt::format("entries under `{}`", page.key))) << "page " << i + 1;
  }
}

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, ReachesAllArtifactsWithoutALimit, "oras.page.default"_requirement) {
  Batch pushed{push(image()), {}};
  pushed.artifacts = push_each(batch(kBeyondDefault, {artifact(kOrasSbom)}, pushed.subject));
  GIVEN_EVENTUALLY(walk(pushed.subject, "n=5"), ListsExactlyEach(pushed.artifacts));

  const auto listing = list_all(pushed.subject);
  GIVEN_THAT(listing, IsReadableList());

  EXPECT_THAT(listing, ListsExactlyEach(pushed.artifacts))
      << "without n, where the first page has " << listing.first().entries.size() << " entries";
}

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, KeepsFilterAndLimit, "oras.page.link-keeps-query"_requirement) {
  const auto way = pages();
  const auto subject = push(image());
  const auto all = push_each(batch(2 * way.artifacts, {artifact(kOrasSbom), artifact(kWithAPlus)}, subject));
  settled(subject, all);
  for (const auto& type : {kOrasSbom, kWithAPlus}) {
    std::vector<Pushed> matching;
    for (const auto& one : all) {
      if (one.artifact_type() == type.text) matching.push_back(one);
    }
    const auto whole = list_all(subject, type.text);
    GIVEN_THAT(whole, AnyOf(ListsExactlyEach(matching), ListsExactlyEach(all)));
    const bool filters = whole.entries().size() < all.size();

    const auto listing = pages_of(subject, way.filtered_by(type.text));
    if (is_unordered(edition()))
      GIVEN_THAT(repeated(engine::digests_of(listing.entries())), The("artifact that is listed again", IsEmpty()));

    EXPECT_THAT(listing, ListsExactlyEach(filters ? matching : all))
        << "with \"" << way.query << "\" and a filter by " << type.text << ", over all links";
    // A page longer than asked for does not lose `n` where the first one is longer as well.
    const auto greatest = std::max<std::size_t>(2, listing.first().entries.size());
    for (std::size_t i = 1; i < listing.pages.size(); ++i) {
      EXPECT_WARN_THAT(listing.pages[i].entries.size(), The("number of entries", ::testing::Le(greatest)))
          << "on page " << i + 1;
    }
  }
}

CONFORMANCE_TEST_F(OrasPaged, OrasPaging, KeepsOneOrderInAChain, "oras.page.no-order-assumed"_requirement) {
  const auto way = pages();
  const auto pushed = push_batch(way.artifacts + 2);
  for (int round = 1; round <= 5; ++round) {
    const auto listing = pages_of(pushed.subject, way.query);
    EXPECT_FAIL_THAT(listing, ListsExactlyEach(pushed.artifacts))
        << "in walk " << round << " of 5, with \"" << way.query << '"';
  }
}

}  // namespace referee::suites
