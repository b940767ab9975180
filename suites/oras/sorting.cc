// The order of the list: ORAS artifacts-spec, manifest-referrers-api.md, "Sorting Results", from rc.1 on.
//
// The annotation io.cncf.oras.artifact.created decides, newest first; what has none comes last, in any order. Where one
// rule builds on another, the simpler one is a premise, so that a list without any order is reported once.
#include <fmt/format.h>

#include "harness/engine/shortened.h"
#include "harness/spec/literals/oras.h"
#include "suites/oras/lists.h"

namespace referee::suites {
namespace {

// Days of June 2022 in the order of pushing: neither rising nor falling.
const std::vector<int> kFiveDays = {13, 11, 15, 12, 14};
const std::vector<int> kSevenDays = {13, 17, 11, 15, 12, 16, 14};

std::string day(int number) { return fmt::format("2022-06-{:02}T12:00:00Z", number); }

// At least that many days of June in neither order; at most 29 of them.
std::vector<int> days_for(std::size_t count) {
  if (count <= kSevenDays.size()) return kSevenDays;
  std::vector<int> days;
  for (int i = 0; i < static_cast<int>(std::min<std::size_t>(count, 29)); ++i) days.push_back(i * 7 % 29 + 1);
  return days;
}

// The digests in the order of the list; those that are not in `of` are left out.
std::vector<std::string> order_of(const Listing& listing, const std::vector<std::string>& of) {
  std::vector<std::string> order;
  for (const auto& digest : engine::digests_of(listing.entries())) {
    if (std::ranges::count(of, digest) > 0) order.push_back(digest);
  }
  return order;
}

MATCHER_P(ListsInOrder, digests,
          std::string(negation ? "lists other than in the order " : "lists in the order ") +
              engine::shortened(digests, digests.size())) {
  const auto order = order_of(arg, digests);
  *result_listener << "which lists them as " << engine::shortened(order, order.size());
  return order == digests;
}

// Whether all of `early` come before each of `late`.
MATCHER_P2(ListsBefore, early, late,
           std::string(negation ? "lists not all of " : "lists all of ") + engine::shortened(early, early.size()) +
               " before " + engine::shortened(late, late.size())) {
  const auto digests = engine::digests_of(arg.entries());
  const auto first_late = std::ranges::find_if(digests, [&](const auto& d) { return std::ranges::count(late, d) > 0; });
  return std::none_of(first_late, digests.end(), [&](const auto& d) { return std::ranges::count(early, d) > 0; });
}

std::vector<std::string> digests_of(const std::vector<Pushed>& pushed) {
  std::vector<std::string> digests;
  for (const auto& one : pushed) digests.push_back(one.digest().text());
  return digests;
}

class OrasSorted : public OrasLists {
 public:
  using OrasLists::OrasLists;

 protected:
  struct Dated {
    Pushed subject;
    std::vector<Pushed> artifacts;
    std::vector<std::string> newest_first;
  };

  /// Artifacts of those days, pushed in that order on the subject.
  Dated push_days(const Pushed& subject, const std::vector<int>& days) const {
    Dated dated{subject, {}, {}};
    std::vector<std::pair<int, std::string>> by_day;
    for (const int number : days) {
      dated.artifacts.push_back(push(artifact(kOrasSbom).refers_to(subject).created_at(day(number))));
      by_day.emplace_back(-number, dated.artifacts.back().digest().text());
    }
    std::ranges::sort(by_day);
    for (const auto& [minus_day, digest] : by_day) dated.newest_first.push_back(digest);
    return dated;
  }
  Dated push_days(const std::vector<int>& days) const { return push_days(push(image()), days); }

  /// The premise that whole days are sorted at all.
  void given_days_are_sorted() const {
    const auto dated = push_days(kFiveDays);
    GIVEN_THAT(settled(dated.subject, dated.artifacts), ListsInOrder(dated.newest_first));
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasSorted, OrasSorting, ListsTheNewestFirst, "oras.sort.newest-first"_requirement) {
  const auto dated = push_days(kFiveDays);
  EXPECT_THAT(settled(dated.subject, dated.artifacts), ListsInOrder(dated.newest_first));
}

CONFORMANCE_TEST_F(OrasSorted, OrasSorting, ListsTheUndatedLast, "oras.sort.undated-last"_requirement) {
  const auto dated = push_days({12, 13, 11});
  const auto undated = push_each(batch(3, {artifact(kOrasSbom)}, dated.subject));
  auto all = dated.artifacts;
  all.insert(all.end(), undated.begin(), undated.end());

  EXPECT_THAT(settled(dated.subject, all), ListsBefore(digests_of(dated.artifacts), digests_of(undated)));
}

CONFORMANCE_TEST_F(OrasSorted, OrasSorting, ContinuesAcrossPages, "oras.sort.across-pages"_requirement) {
  const auto way = pages();
  const auto dated = push_days(days_for(way.artifacts));
  GIVEN_THAT(settled(dated.subject, dated.artifacts), ListsInOrder(dated.newest_first));
  const auto paged = walk(dated.subject, way.query);
  GIVEN_THAT(paged, ListsExactlyEach(dated.artifacts));
  APPLIES_IF(paged.pages.size() >= 2,
             Holds("a list of several pages", "the registry returns all artifacts on one page"));

  EXPECT_THAT(paged, ListsInOrder(dated.newest_first)) << "over " << paged.pages.size() << " pages";
}

// Compared as texts, the first of these would be the newest, and a fraction would come after the whole second.
CONFORMANCE_TEST_F(OrasSorted, OrasSorting, ComparesInstants, "oras.sort.instant"_requirement) {
  given_days_are_sorted();
  const auto subject = push(image());
  std::vector<Pushed> oldest_first;
  for (const auto* time : {"2022-06-13T23:30:00+02:00", "2022-06-13T22:00:00Z", "2022-06-13T22:11:10Z",
                           "2022-06-13T22:11:10.08Z", "2022-06-13T22:11:10.5Z"}) {
    oldest_first.push_back(push(artifact(kOrasSbom).refers_to(subject).created_at(time)));
  }
  auto newest_first = digests_of(oldest_first);
  std::ranges::reverse(newest_first);

  EXPECT_THAT(settled(subject, oldest_first), ListsInOrder(newest_first)) << "fractions and offsets count";
}

// Beyond the seconds that fit into 31 bits, in both directions. A registry may refuse such dates.
CONFORMANCE_TEST_F(OrasSorted, OrasSorting, ComparesDistantInstants, "oras.sort.instant"_requirement) {
  given_days_are_sorted();
  const auto subject = push(image());
  std::vector<Pushed> oldest_first;
  for (const auto* time : {"1969-07-20T20:17:40Z", "2022-06-13T22:00:00Z", "2040-01-01T00:00:00Z"}) {
    const auto content = make(artifact(kOrasSbom).refers_to(subject).created_at(time));
    auto answer = put(content, {}, engine::Tolerating::refusals());
    APPLIES_IF(answer, HasStatus(201));
    oldest_first.push_back(Pushed{content, repository(), "", std::move(answer)});
  }
  auto newest_first = digests_of(oldest_first);
  std::ranges::reverse(newest_first);

  EXPECT_WARN_THAT(settled(subject, oldest_first), ListsInOrder(newest_first)) << "dates before 1970 and after 2038";
}

CONFORMANCE_TEST_F(OrasSorted, OrasSorting, IgnoresOtherAnnotations, "oras.sort.key"_requirement) {
  const auto subject = push(image());
  const auto undated = push(artifact(kOrasSbom).refers_to(subject));
  const std::string other_key = "org.opencontainers.image.created";
  const auto other = push(artifact(kOrasSbom).refers_to(subject).annotated(other_key, day(29)));
  const auto dated = push_days(subject, {12, 14, 13});
  const auto both = push(artifact(kOrasSbom).refers_to(subject).created_at(day(11)).annotated(other_key, day(28)));
  auto all = dated.artifacts;
  all.insert(all.end(), {undated, other, both});
  const auto listing = settled(subject, all);
  GIVEN_THAT(listing, ListsInOrder(dated.newest_first));
  GIVEN_THAT(listing, ListsBefore(dated.newest_first, digests_of({undated})));

  EXPECT_THAT(listing, ListsBefore(dated.newest_first, digests_of({other}))) << other_key << " is the only date";
  EXPECT_THAT(listing, ListsBefore(dated.newest_first, digests_of({both}))) << other_key << " is newer than the date";
}

CONFORMANCE_TEST_F(OrasSorted, OrasSorting, HoldsForFilteredLists, "oras.sort.with-filter"_requirement) {
  const auto dated = push_days(kFiveDays);
  auto all = dated.artifacts;
  for (const int number : {16, 10}) {
    all.push_back(push(artifact(kOrasSignature).refers_to(dated.subject).created_at(day(number))));
  }
  GIVEN_THAT(settled(dated.subject, all), ListsInOrder(dated.newest_first));
  const auto filtered = list_all(dated.subject, kOrasSbom.text);
  GIVEN_THAT(filtered, IsReadableList());
  APPLIES_IF(filtered, ListsExactlyEach(dated.artifacts));

  EXPECT_THAT(filtered, ListsInOrder(dated.newest_first));
}

}  // namespace referee::suites
