// The same list asked for again, while nothing that belongs to it was written: ORAS artifacts-spec,
// manifest-referrers-api.md, "Artifact Referrers API results"; GET of the list, several times and at the end of the
// run.
#include "harness/spec/literals/oras.h"
#include "suites/later.h"
#include "suites/oci/listing/listing.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

class OrasAgain : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  struct Kept {
    Pushed subject;
    std::vector<Pushed> artifacts;
  };

  Kept push_some() const {
    const auto subject = push(image(), {.in = {}, .tag = session().fresh_nonce()});
    const std::vector<Pushed> artifacts = {push(sbom().refers_to(subject)), push(sbom().refers_to(subject)),
                                           push(oras_artifact(kOrasSignature).refers_to(subject))};
    GIVEN_EVENTUALLY(list_all(subject), ListsEach(artifacts));
    return {subject, artifacts};
  }

  /// Those that are there, but not in the list.
  std::vector<std::string> hidden(const Kept& kept) const {
    std::vector<std::string> found;
    const auto listed = engine::digests_of(referrers_of(kept.subject).entries());
    for (const auto& artifact : kept.artifacts) {
      const auto& digest = artifact.digest().text();
      if (std::ranges::count(listed, digest) == 0 && pull(artifact).status == 200) found.push_back(digest);
    }
    return found;
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasAgain, OrasListAgain, HoldsTheSameEachTime, "oras.referrers.complete"_requirement) {
  const auto kept = push_some();
  EXPECT_EVENTUALLY(looks_at([&] { return referrers_of(kept.subject); }), Each(ListsEach(kept.artifacts)))
      << "at several looks in a row, and after a push that has no part in it";
  expect_new_validator(sbom());
}

CONFORMANCE_TEST_F(OrasAgain, OrasListAgain, StaysEmpty, "oras.referrers.empty"_requirement) {
  const auto lone = push(image());
  const auto answers = looks_at([&] { return list_all(lone); });
  GIVEN_THAT(answers.front(), ListsNothing());
  EXPECT_THAT(answers, Each(ListsNothing())) << "the list of a subject without artifacts, at several looks";
}

CONFORMANCE_TEST_AND_LATER(OrasAgain, OrasListAgain, StillHoldsThemAtTheEnd, "oras.referrers.complete"_requirement) {
  return push_some();
}

void OrasListAgain_StillHoldsThemAtTheEnd::later(const Kept& kept) {
  EXPECT_EVENTUALLY(hidden(kept), The("artifact that is not listed", IsEmpty()))
      << "listed before, still there, and not listed at the end of the run";
}

CONFORMANCE_TEST_F(OrasAgain, OrasReferrers, AreListedThoughTheirDateIsUnreadable,
                   "oras.referrers.complete"_requirement) {
  const auto subject = push(image());
  const auto dated = push(sbom().refers_to(subject).created_at("2022-06-11T12:00:00Z"));
  settled(subject, dated);
  std::vector<oci::Content> accepted;
  for (const auto* date : {"yesterday", "2022-13-45T99:00:00Z", ""}) {
    const auto content = make(sbom().refers_to(subject).created_at(date));
    if (put(content).status == 201) accepted.push_back(content);
  }
  APPLIES_IF(!accepted.empty(), Holds("artifacts with an unreadable date",
                                      "the registry refuses artifacts with an unreadable date, as it may"));
  EXPECT_EVENTUALLY(list_all(subject), AllOf(Lists(dated), ListsEach(accepted)))
      << "accepted, with a date of creation that cannot be read";
}

}  // namespace referee::suites
