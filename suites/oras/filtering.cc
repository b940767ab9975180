// Filtering by artifactType: ORAS artifacts-spec, manifest-referrers-api.md, "Filtering Results".
//
// A registry need not filter, and does not say whether it did: the whole list is always a lawful answer. Entries need
// not show their type, so the checks recognize them by their digests.
#include "harness/spec/literals/oras.h"
#include "suites/oras/lists.h"

namespace referee::suites {
namespace {

class OrasFiltered : public OrasLists {
 public:
  using OrasLists::OrasLists;

 protected:
  /// Filtered or not, the answer to a type that is there; blocked if it is neither.
  Listing either_list(const Mixture& mixture) const {
    auto listing = list_all(mixture.subject, kOrasSbom.text);
    GIVEN_THAT(listing, AnyOf(ListsExactlyEach(mixture.sboms), ListsExactlyEach(mixture.all)));
    return listing;
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasFiltered, OrasFiltering, IsOffered, "oras.filter.support"_requirement) {
  const auto mixture = push_mixture();
  EXPECT_THAT(either_list(mixture), ListsExactlyEach(mixture.sboms));
}

CONFORMANCE_TEST_F(OrasFiltered, OrasFiltering, ReturnsEverythingOrOnlyMatches,
                   "oras.filter.all-or-matching"_requirement) {
  const auto mixture = push_mixture();
  for (int look = 1; look <= 3; ++look) {
    const auto filtered = list_all(mixture.subject, kOrasSbom.text);
    EXPECT_THAT(filtered, HasStatus(200)) << "at look " << look;
    if (response_of(filtered).status != 200) return;
    GIVEN_THAT(filtered, IsReadableList());
    EXPECT_THAT(filtered, AnyOf(ListsExactlyEach(mixture.sboms), ListsExactlyEach(mixture.all))) << "at look " << look;
  }
}

CONFORMANCE_TEST_F(OrasFiltered, OrasFiltering, IncludesWhatIsPushedLater, "oras.filter.all-or-matching"_requirement) {
  const auto subject = push(image());
  const auto first = push(artifact(kOrasSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject, kOrasSbom.text), Lists(first));
  const auto second = push(artifact(kOrasSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(second));
  EXPECT_EVENTUALLY(list_all(subject, kOrasSbom.text), Lists(second))
      << "the whole list shows it; the filtered answer is the one from before the push, as a cache keeps it";
}

CONFORMANCE_TEST_F(OrasFiltered, OrasFiltering, ReturnsWhatIsPushedAfterALook,
                   "oras.filter.all-or-matching"_requirement) {
  const auto subject = push(image());
  list_all(subject, kOrasSbom.text);  // now a cache may hold the empty list
  const auto pushed = push(artifact(kOrasSbom).refers_to(subject));
  settled(subject, {pushed});
  EXPECT_EVENTUALLY(list_all(subject, kOrasSbom.text), Lists(pushed)) << "pushed after the filtered list was asked for";
}

CONFORMANCE_TEST_F(OrasFiltered, OrasFiltering, DecodesTheValue, "oras.filter.encoded"_requirement) {
  const auto mixture = push_mixture();
  const auto plain = engine::digests_of(either_list(mixture).entries());
  for (const auto* value : {"sbom%2Fexample", "sbom%2fexample"}) {
    EXPECT_THAT(walk(mixture.subject, std::string("artifactType=") + value), ListsExactlyEach(plain))
        << value << ", to be answered like sbom/example";
  }
}

CONFORMANCE_TEST_F(OrasFiltered, OrasFiltering, DecodesAPlus, "oras.filter.encoded"_requirement) {
  const auto subject = push(image());
  const ArtifactType with_a_plus("sbom/example+json");
  const auto plain = push(artifact(kOrasSbom).refers_to(subject));
  const auto plus = push(artifact(with_a_plus).refers_to(subject));
  settled(subject, {plain, plus});
  const auto by_plain = list_all(subject, kOrasSbom.text);
  APPLIES_IF(by_plain, ListsExactly(plain));  // no filter is due
  EXPECT_THAT(walk(subject, "artifactType=sbom%2Fexample%2Bjson"), ListsExactly(plus)) << "a type with a plus, encoded";
}

CONFORMANCE_TEST_F(OrasFiltered, OrasFiltering, AnswersAnEmptyListForNoMatch, "oras.filter.no-match"_requirement) {
  const auto mixture = push_mixture();
  GIVEN_THAT(list_all(mixture.subject, kOrasSbom.text), IsReadableList());
  const auto filtered = list_all(mixture.subject, "unused/example");
  EXPECT_THAT(filtered, HasStatus(200));
  if (response_of(filtered).status != 200) return;
  EXPECT_THAT(filtered, AnyOf(ListsNothing(), ListsExactlyEach(mixture.all)));
}

}  // namespace referee::suites
