// Lists of subjects that are no longer there: ORAS artifacts-spec, manifest-referrers-api.md, "Artifact Referrers
// API results"; DELETE of the subject, GET of its list.
#include <algorithm>

#include "harness/spec/literals/oras.h"
#include "suites/oci/listing/listing.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

class DeletedSubjects : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  struct Reference {
    Pushed subject;
    Pushed artifact;
  };
  bool is_alive(const Pushed& pushed) const { return pull(pushed).status == 200; }

  /// The artifacts that can be pulled and are not in the list of their deleted subject.
  std::vector<std::string> hidden_among(const std::vector<Reference>& references) const {
    std::vector<std::string> hidden;
    for (const auto& [subject, artifact] : references) {
      if (is_alive(subject)) continue;
      const auto digests = engine::digests_of(list_all(subject).entries());
      const bool listed = std::ranges::find(digests, artifact.digest().text()) != digests.end();
      if (!listed && is_alive(artifact)) hidden.push_back(artifact.digest().text());
    }
    return hidden;
  }
};

}  // namespace

// A cascade spares the tagged artifact, and perhaps the one on another artifact.
CONFORMANCE_TEST_F(DeletedSubjects, OrasReferrers, AreListedAlthoughTheirSubjectIsGone,
                   "oras.referrers.missing-subject-listed"_requirement, {.collects = true}) {
  push(image());  // unrelated: the repository does not vanish
  const auto subject = push(image());
  const auto untagged = push(sbom().refers_to(subject));
  const auto tagged = push(sbom().refers_to(subject), {.in = {}, .tag = session().fresh_nonce()});
  const auto upper = push(sbom().refers_to(untagged));
  settled(subject, untagged, tagged);
  settled(untagged, upper);
  removed(subject);
  collect();
  APPLIES_IF(is_alive(tagged) || is_alive(untagged) || is_alive(upper),
             Holds("artifacts that outlive their subject", "the registry deletes all artifacts with their subject"));

  const std::vector<Reference> references = {{subject, tagged}, {subject, untagged}, {untagged, upper}};
  EXPECT_EVENTUALLY(hidden_among(references), The("artifact that can be pulled and is not listed", IsEmpty()));
}

// No deletion takes part: the subject has no tag, which some collectors take for garbage.
CONFORMANCE_TEST_F(DeletedSubjects, OrasReferrers, AreListedAlthoughTheirSubjectWasCollected,
                   "oras.referrers.missing-subject-listed"_requirement, {.collects = true}) {
  const auto subject = push(image());
  const auto tagged = push(sbom().refers_to(subject), {.in = {}, .tag = session().fresh_nonce()});
  settled(subject, tagged);
  collect();
  APPLIES_IF(!is_alive(subject), Holds("a subject that was collected", "the registry keeps the subject without a tag"));
  APPLIES_IF(is_alive(tagged),
             Holds("an artifact that outlives its subject", "the tagged artifact went with its subject"));

  EXPECT_EVENTUALLY(hidden_among({{subject, tagged}}), The("artifact that can be pulled and is not listed", IsEmpty()));
}

CONFORMANCE_TEST_F(DeletedSubjects, OrasReferrers, AreAnEmptyListAfterACascade,
                   "oras.referrers.after-cascade-empty"_requirement, {.collects = true}) {
  push(image());
  const auto subject = push(image());
  const auto first = push(sbom().refers_to(subject));
  const auto second = push(oras_artifact(kOrasSignature).refers_to(subject));
  settled(subject, first, second);
  removed(subject);
  collect();
  const auto gone = [&] { return !is_alive(first) && !is_alive(second); };
  const Holds cascades("artifacts that go with their subject",
                       "the registry keeps artifacts whose subject was deleted");
  APPLIES_IF(after_cascade(gone, cascades), cascades);

  EXPECT_EVENTUALLY(list_all(subject), AllOf(HasStatus(200), ListsNothing()));
}

}  // namespace referee::suites
