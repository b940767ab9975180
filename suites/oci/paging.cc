// Paging of the list: OCI distribution-spec, "Listing Referrers", the Link header (RFC 5988, now RFC 8288).
//
// No page size can be asked for, so that a batch forces pages where a registry has any; a registry that answers all at
// once has nothing here to keep, but that nothing is missing.
#include <set>

#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

constexpr std::size_t kPagedReferrers = 120;
constexpr std::size_t kStep = 30;               // of the batch, pushed before its pages are looked at
constexpr std::size_t kLarge = 4;               // referrers with annotations that fill pages
constexpr std::size_t kLargeBytes = 1'500'000;  // of annotations each
constexpr std::size_t kHugeBytes = 3'900'000;   // near the size that every registry should take
constexpr std::size_t kManyLarge = 10;
constexpr std::size_t kMuch = 800'000;  // of annotations each: together more than one page may hold
constexpr const char* kOnOnePage = "the registry returns all referrers on one page";

const ArtifactType kSbomAsJson("application/vnd.example.sbom.v1+json");  // a plus that a link has to escape

std::vector<std::string> of_type(const std::vector<Pushed>& referrers, const ArtifactType& type) {
  std::vector<std::string> matching;
  for (const auto& referrer : referrers) {
    if (referrer.artifact_type() == type.text) matching.push_back(referrer.digest().text());
  }
  return matching;
}

bool continues(const Page& page) { return !next_links(page).empty(); }

// 206 and 300 are judged by oci.referrers.list.known-200, 406 by oci.referrers.list.accept-tolerant.
auto IsForOtherRowsToJudge() { return HasAnyStatusOf({206, 300, 406}); }

class Paged : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  struct Batch {
    Pushed subject;
    std::vector<Pushed> referrers;
    std::string query = {};  // what makes its list come in pages, if it needs any
  };

  /// What is missing in a list of one is missing for no reason of paging.
  void given_a_short_list_works() const {
    const auto subject = push(image());
    const auto only = push(artifact(kSbom).refers_to(subject));
    GIVEN_EVENTUALLY(list_referrers(subject), Lists(only));
  }

  Batch push_batch(std::size_t count = kPagedReferrers) const {
    given_a_short_list_works();
    Batch pushed{push(image()), {}};
    for (const auto& recipe : batch(count, {artifact(kSbom), artifact(kSignature)}, pushed.subject)) {
      pushed.referrers.push_back(push(recipe));
    }
    settle(pushed);
    return pushed;
  }

  /// A batch that fills three pages, or the whole one where pages are larger than that: what has to hold on every page
  /// shows there already, and a registry is spared the rest.
  Batch push_pages(const std::vector<Document>& kinds = {artifact(kSbom), artifact(kSignature)}) const {
    given_a_short_list_works();
    Batch pushed{push(image()), {}};
    for (const auto& recipe : batch(kPagedReferrers, kinds, pushed.subject)) {
      pushed.referrers.push_back(push(recipe));
      if (pushed.referrers.size() % kStep == 0 && fills_pages(pushed)) break;
    }
    settle(pushed);
    pushed.query = paging_query(pushed);
    return pushed;
  }

  /// No text defines `n` here, but a registry may honour it; what its links lead to has to be right all the same. Empty
  /// if the list comes in pages without it, or never does.
  std::string paging_query(const Batch& pushed) const {
    if (pushed.referrers.size() < kPagedReferrers || continues(list_referrers(pushed.subject))) return "";
    for (const auto* query : {"n=10", "n=50", "n=5", "n=3", "n=2", "n=1"}) {
      if (continues(list_referrers(pushed.subject.digest().text(), repository(), query))) return query;
    }
    return "";
  }

  static std::string query_of(const Batch& pushed, const std::string& type) {
    if (type.empty()) return pushed.query;
    return pushed.query + (pushed.query.empty() ? "" : "&") + "artifactType=" + http::percent_encode(type, "/");
  }

  /// The chain of pages of the batch, by its own query and this filter.
  Listing walk(const Batch& pushed, const std::string& type = "") const {
    return list_all(pushed.subject.digest(), repository(), query_of(pushed, type));
  }
  Page first_page(const Batch& pushed, const std::string& type = "") const {
    return list_referrers(pushed.subject.digest().text(), repository(), query_of(pushed, type));
  }

  /// That the page leads on to a list.
  void expect_followable(const Page& page) const {
    const auto target = next_links(page).front().target;
    const auto base = http::Url::parse(page.response.url);
    const auto next = http::resolve(*base, target);
    ASSERT_THAT(next.has_value(), Holds("a Link to a URL", "a target that is no URL: " + target));
    EXPECT_WARN_THAT(http::same_origin(*base, *next),
                     Holds("a link to the host that was asked", "a link to another host: " + next->origin()));
    Response answer;
    try {
      answer = send({.method = "GET", .url = next->text()}, {.statuses = {401, 403}});
    } catch (const http::TransportFault& fault) {
      EXPECT_THAT(false, Holds("an answer to the request for the next page", fault.what()))
          << "asked at " << next->text();
      return;
    }
    if (!http::same_origin(*base, *next) && (answer.status == 401 || answer.status == 403)) return;
    EXPECT_THAT(engine::read_page(answer, readable_keys()), HasStatus(200)) << next->text();
  }

  bool fills_pages(const Batch& pushed) const {
    const auto first = list_referrers(pushed.subject);
    return continues(first) && first.entries.size() * 3 <= pushed.referrers.size();
  }

  /// Waits until a lag is over: until the last of the batch is listed, or the first page is not all there is.
  void settle(const Batch& pushed) const {
    try {
      eventually([&] { return list_all(pushed.subject); }, ListsEach(pushed.referrers));
    } catch (const http::TransportFault& fault) {
      // A page that leads to nowhere is for oci.referrers.page.link-resolvable to judge.
      if (fault.kind() != http::FaultKind::kResolve && fault.kind() != http::FaultKind::kConnect) throw;
    }
  }

  /// The chain from the first page; skipped if the list comes in one answer.
  Listing pages_of(const Batch& pushed) const {
    auto listing = walk(pushed);
    GIVEN_THAT(listing.first(), IsReadableList());
    APPLIES_IF(listing.first().response, HasHeader("Link"));
    return listing;
  }
};

}  // namespace

CONFORMANCE_TEST_F(Paged, Paging, LinksToTheRestOfALongList, "oci.referrers.page.link-when-truncated"_requirement) {
  const auto pushed = push_batch();
  const auto first = list_referrers(pushed.subject);
  GIVEN_THAT(first, Not(IsForOtherRowsToJudge()));
  EXPECT_THAT(first, HasStatus(200)) << kPagedReferrers << " referrers";
  if (!first.readable) return;
  EXPECT_THAT(first, AnyOf(ListsEach(pushed.referrers), HasHeader("Link")));
}

CONFORMANCE_TEST_F(Paged, Paging, LinksToTheRestWhenEntriesAreLarge,
                   "oci.referrers.page.link-when-truncated"_requirement, engine::CheckTraits{.heavy = true}) {
  needs(Gate::kFourMegabytes);
  given_a_short_list_works();
  const auto subject = push(image());
  std::vector<oci::Content> accepted;
  for (std::size_t i = 0; i < kLarge; ++i) {
    const auto content =
        make(artifact(kSbom).refers_to(subject).annotated("org.example.filler", std::string(kLargeBytes, 'x')));
    const auto answer = put(content);
    if (answer.status / 100 == 4) throw engine::NotApplicable("manifests of this size are refused");
    GIVEN_THAT(answer, HasStatus(201));
    accepted.push_back(content);
  }
  eventually([&] { return list_all(subject); }, ListsEach(accepted));
  const auto first = list_referrers(subject);
  GIVEN_THAT(first, Not(IsForOtherRowsToJudge()));
  EXPECT_THAT(first, HasStatus(200)) << "for entries with 1.5 MB of annotations each";
  if (!first.readable) return;
  EXPECT_THAT(first, AnyOf(ListsEach(accepted), HasHeader("Link")));
}

CONFORMANCE_TEST_F(Paged, Paging, TruncatesAShortPageOnlyWithALink,
                   "oci.referrers.page.link-when-truncated"_requirement) {
  const auto pushed = push_batch(5);
  const auto first = list_referrers(pushed.subject.digest().text(), repository(), "n=2");
  APPLIES_IF(first, IsReadableList());  // refusing a parameter that is defined elsewhere does not truncate
  EXPECT_THAT(first, AnyOf(ListsEach(pushed.referrers), HasHeader("Link"))) << "with n=2, which no text defines here";
}

CONFORMANCE_TEST_F(Paged, Paging, ReachesAllReferrers, "oci.referrers.page.complete"_requirement) {
  auto pushed = push_batch();
  pushed.query = paging_query(pushed);
  for (int look = 1; look <= 2; ++look) {
    const auto listing = walk(pushed);
    GIVEN_THAT(listing.first(), IsReadableList());
    const bool truncated = !continues(listing.first());
    // One answer: what is missing there is missing without a Link.
    APPLIES_IF(!truncated, Holds("a list of several pages", "the first page of the list has no Link to another one"));
    GIVEN_THAT(listing, IsReadableList());
    EXPECT_THAT(listing, ListsExactlyEach(pushed.referrers)) << "at walk " << look;
  }
}

CONFORMANCE_TEST_F(Paged, Paging, WritesWellFormedLinks, "oci.referrers.page.rel-next"_requirement) {
  const auto pushed = push_pages();
  const auto listing = walk(pushed);
  GIVEN_THAT(listing.first(), IsReadableList());
  const bool all_at_once = listing.first().entries.size() >= pushed.referrers.size();
  const bool silent = !listing.first().response.headers.has("Link") && !listing.first().body->contains("nextLink");
  APPLIES_IF(!all_at_once, Holds("a list of several pages", "the registry returns all referrers on one page"));
  APPLIES_IF(!silent, Holds("a page with a link", "the first page names no further one: neither Link nor `nextLink`"));
  EXPECT_THAT(listing.first(), HasOneWellFormedNextLink());
  for (const auto& link : next_links(listing.first())) {
    // UNPROVEN: unquoted is lawful; the mood that writes links so shows the note.
    EXPECT_NOTE_THAT(link.quoted_relation, Holds("rel=\"next\", as the text writes it", "rel=next without quotes"))
        << "which is lawful";
  }
}

CONFORMANCE_TEST_F(Paged, Paging, LinksCanBeFollowed, "oci.referrers.page.link-resolvable"_requirement) {
  const auto pushed = push_pages();
  const auto first = first_page(pushed);
  GIVEN_THAT(first, IsReadableList());
  APPLIES_IF(first, HasNextLink());
  expect_followable(first);
  const auto filtered = first_page(pushed, kSbom.text);
  if (filtered.readable && continues(filtered)) expect_followable(filtered);
}

CONFORMANCE_TEST_F(Paged, Paging, EachPageIsAnIndex, "oci.referrers.page.each-is-index"_requirement) {
  const auto listing = pages_of(push_pages());
  APPLIES_IF(listing.pages.size() >= 2, Holds("a list of several pages", kOnOnePage));
  for (std::size_t i = 1; i < listing.pages.size(); ++i) {
    const auto& page = listing.pages[i];
    GIVEN_THAT(page, HasStatus(200));
    EXPECT_THAT(page, IsReadableList()) << "page " << i + 1;
    EXPECT_THAT(page, HasNoByteOrderMark()) << "page " << i + 1;
    if (!page.readable) continue;
    const auto version = page.body->value("schemaVersion", nlohmann::json());
    EXPECT_THAT(version, The("schemaVersion", Eq(nlohmann::json(2)))) << "page " << i + 1;
    if (const auto type = listing.first().response.headers.get("Content-Type"); type == std::string(oci::kImageIndex)) {
      EXPECT_THAT(page.response.headers.get("Content-Type"), The("Content-Type", Eq(type))) << "page " << i + 1;
    }
  }
}

CONFORMANCE_TEST_F(Paged, Paging, ListsEachReferrerOnOnePage, "oci.referrers.page.distinct"_requirement) {
  const auto listing = pages_of(push_pages());
  GIVEN_THAT(listing, IsReadableList());
  APPLIES_IF(listing.pages.size() >= 2, Holds("a list of several pages", kOnOnePage));
  std::vector<std::string> once_a_page;  // twice on one page is another rule's
  for (const auto& page : listing.pages) {
    const auto digests = engine::digests_of(page.entries);
    const std::set<std::string> distinct(digests.begin(), digests.end());
    once_a_page.insert(once_a_page.end(), distinct.begin(), distinct.end());
  }
  EXPECT_THAT(repeated(once_a_page), The("referrer on several pages", IsEmpty()));
}

CONFORMANCE_TEST_F(Paged, Paging, ComesToAnEnd, "oci.referrers.page.terminates"_requirement) {
  const auto pushed = push_batch(20);
  Listing listing;
  listing.pages.push_back(list_referrers(pushed.subject));
  std::set<std::string> asked = {listing.first().response.url};
  std::string again;
  while (again.empty() && listing.pages.back().readable && continues(listing.pages.back()) &&
         listing.pages.size() <= pushed.referrers.size() + 5) {
    const auto& last = listing.pages.back().response;
    const auto next = http::resolve(*http::Url::parse(last.url), next_links(listing.pages.back()).front().target);
    GIVEN_THAT(next.has_value(),
               Holds("a Link to a URL", "a link leads nowhere, which Paging.LinksCanBeFollowed judges"));
    if (!asked.insert(next->text()).second) again = next->text();
    if (!again.empty()) break;
    try {
      listing.pages.push_back(engine::read_page(send({.method = "GET", .url = next->text()}), readable_keys()));
    } catch (const http::TransportFault& fault) {
      if (fault.kind() != http::FaultKind::kResolve && fault.kind() != http::FaultKind::kConnect) throw;
      throw engine::PremiseBroken(std::string("a link leads nowhere, which is another rule's: ") + fault.what());
    }
  }
  GIVEN_THAT(listing.pages.back(), IsReadableList());
  EXPECT_THAT(again.empty(), Holds("a chain of pages that ends", "a link that was followed before: " + again));
  EXPECT_THAT(listing.pages, The("page", SizeIs(::testing::Le(pushed.referrers.size() + 5)))) << "for 20 referrers";
  const bool trailing = leads_to_an_empty_page(listing);
  EXPECT_NOTE_THAT(!trailing, Holds("entries on the last page", "a last page without entries"));
}

CONFORMANCE_TEST_F(Paged, Paging, KeepsTheFilterOnEveryPage, "oci.referrers.page.filter-kept"_requirement) {
  const auto pushed = push_pages({artifact(kSbom), artifact(kSbomAsJson)});
  GIVEN_THAT(walk(pushed), ListsEach(pushed.referrers));
  bool paged = false;
  // Twice the same type: the second walk may be answered from elsewhere.
  for (const auto& type : {kSbom, kSbom, kSbomAsJson}) {
    const auto filtered = walk(pushed, type.text);
    APPLIES_IF(filtered, HasHeader(oci::kFiltersHeader));
    GIVEN_THAT(filtered, IsReadableList());
    if (filtered.pages.size() < 2) continue;
    paged = true;
    const auto matching = of_type(pushed.referrers, type);
    for (const auto& entry : filtered.first().entries) {
      // What does not match on the first page is another rule's.
      GIVEN_THAT(engine::digests_of({entry}), The("digest on the first page", ::testing::IsSubsetOf(matching)));
    }
    EXPECT_THAT(filtered.pages, Each(HasHeader(oci::kFiltersHeader))) << "filtered by " << type.text;
    EXPECT_THAT(filtered, ListsExactlyEach(matching)) << "filtered by " << type.text;
  }
  APPLIES_IF(paged, Holds("a filtered list of several pages", kOnOnePage));
}

CONFORMANCE_TEST_F(Paged, Paging, KeepsTheFilterWhereEntriesAreLarge, "oci.referrers.page.filter-kept"_requirement,
                   engine::CheckTraits{.heavy = true}) {
  const auto subject = push(image());
  std::vector<oci::Content> sboms;
  for (std::size_t i = 0; i < kManyLarge; ++i) {
    const auto content =
        make(artifact(kSbom).refers_to(subject).annotated("org.example.filler", std::string(kMuch, 'z')));
    const auto answer = put(content);
    if (answer.status / 100 == 4) throw engine::NotApplicable("manifests of this size are refused");
    GIVEN_THAT(answer, HasStatus(201));
    sboms.push_back(content);
  }
  push(artifact(kSignature).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsEach(sboms));
  const auto filtered = list_all(subject, kSbom.text);
  APPLIES_IF(filtered, HasHeader(oci::kFiltersHeader));
  APPLIES_IF(filtered.pages.size() >= 2, Holds("a list of several pages", kOnOnePage));
  for (const auto& page : filtered.pages) GIVEN_THAT(page, IsReadableList());
  EXPECT_THAT(filtered.pages, Each(HasHeader(oci::kFiltersHeader))) << "entries of 800 kB each";
}

CONFORMANCE_TEST_F(Paged, Paging, KeepsLargeAnnotations, "oci.referrers.page.large-annotations"_requirement,
                   engine::CheckTraits{.heavy = true}) {
  given_a_short_list_works();
  const auto subject = push(image());
  std::vector<std::pair<oci::Content, std::string>> accepted;
  for (const std::size_t size : {kLargeBytes, kLargeBytes, kLargeBytes, kLargeBytes, kHugeBytes}) {
    const std::string filler(size, 'y');
    const auto content = make(artifact(kSbom).refers_to(subject).annotated("org.example.filler", filler));
    const auto answer = put(content);
    if (answer.status / 100 != 4) GIVEN_THAT(answer, HasStatus(201));
    if (answer.status == 201) accepted.emplace_back(content, filler);
  }
  APPLIES_IF(!accepted.empty(), Holds("large manifests", "the registry takes no manifest with annotations of 1.5 MB"));
  std::vector<oci::Content> contents;
  for (const auto& [content, filler] : accepted) contents.push_back(content);
  const auto listing = eventually([&] { return list_all(subject); }, ListsEach(contents));
  GIVEN_THAT(listing.first(), Not(IsForOtherRowsToJudge()));
  EXPECT_THAT(listing.first(), HasStatus(200));
  if (!listing.first().readable) return;
  EXPECT_THAT(listing.pages.back(), HasStatus(200)) << "page " << listing.pages.size();
  for (const auto& [content, filler] : accepted) {
    if (std::ranges::count(engine::digests_of(listing.entries()), content.manifest.digest.text()) == 0) continue;
    const auto raw = entry_of(listing, content).raw;
    const auto annotations = raw->value("annotations", nlohmann::json::object());
    const std::size_t kept = annotations.is_object() ? annotations.value("org.example.filler", "").size() : 0;
    EXPECT_THAT(kept, The("number of bytes", Eq(filler.size()))) << "of a large annotation in the entry";
  }
}

CONFORMANCE_TEST_F(Paged, Paging, LosesNothingWhileOthersWrite, "oci.referrers.page.write-between"_requirement) {
  const auto pushed = push_pages();
  auto first = first_page(pushed);
  GIVEN_THAT(first, IsReadableList());
  APPLIES_IF(first, HasNextLink());
  GIVEN_THAT(walk(pushed), ListsEach(pushed.referrers));
  // Two go and one comes, so that what is left moves wherever the new one is put.
  std::vector<std::string> untouched;
  std::vector<Pushed> going;
  const auto on_first = engine::digests_of(first.entries);
  for (const auto& referrer : pushed.referrers) {
    const bool goes = going.size() < 2 && std::ranges::count(on_first, referrer.digest().text()) > 0;
    if (goes) going.push_back(referrer);
    if (!goes) untouched.push_back(referrer.digest().text());
  }
  GIVEN_THAT(!going.empty(), Holds("a first page with referrers", "the first page has none of the referrers pushed"));
  push(artifact(kSbom).refers_to(pushed.subject));
  for (const auto& referrer : going) removed(referrer);
  const auto walked = follow(std::move(first));
  const auto& last = walked.pages.back().response;
  const bool refused = walked.pages.size() > 1 && last.status / 100 == 4 && last.status != 429;
  if (refused) {
    // UNPROVEN: lawful, since the reader has to begin again and loses nothing unawares.
    EXPECT_NOTE_THAT(!refused,
                     Holds("links that outlast a write", "a link that is refused once something was written"));
    return;
  }
  GIVEN_THAT(walked, IsReadableList());
  if (!::testing::Value(walked, ListsEach(untouched))) {
    GIVEN_THAT(list_all(pushed.subject), ListsEach(untouched));  // gone with the others: another rule's
  }
  EXPECT_THAT(walked, ListsEach(untouched));
}

}  // namespace referee::suites
