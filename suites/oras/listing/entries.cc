// Which artifacts a list holds: ORAS artifacts-spec, manifest-referrers-api.md (introduction); scenarios.md, "Reference
// Type Requirements"; GET of the list, then GET of each entry.
#include <algorithm>

#include "harness/spec/literals/oras.h"
#include "suites/oci/listing/listing.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

constexpr const char* kDangling = "entry that is not there as an artifact on the subject";

constexpr std::size_t kManyArtifacts = 25;
constexpr std::size_t kTaggedEach = 3;  // every third artifact of the batch has a tag

class OrasEntries : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// The digest that the pulled artifact names as its subject; empty if none can be read.
  std::string subject_in(const Response& pulled) const {
    const auto document = oci::read_json(pulled.body).value;
    if (!document || !document->is_object()) return "";
    const auto subject = document->find(std::string(session().dialect().subject_key));
    if (subject == document->end() || !subject->is_object()) return "";
    const auto digest = subject->find("digest");
    return digest == subject->end() || !digest->is_string() ? "" : digest->get<std::string>();
  }

  bool is_artifact_on(const oci::Digest& subject, const std::string& digest) const {
    const auto pulled = pull(digest);
    return pulled.status == 200 && oci::Digest::verbatim(digest).matches(pulled.body).value_or(true) &&
           subject_in(pulled) == subject.text();
  }

  /// What the list names and what cannot be pulled as an artifact on the subject. What is off the list a moment later
  /// does not count; a list that cannot be read does not count either.
  std::vector<std::string> dangling_in(const oci::Digest& subject) const {
    std::vector<std::string> failing;
    for (const auto& digest : engine::digests_of(list_all(subject, repository()).entries())) {
      if (!digest.empty() && !is_artifact_on(subject, digest)) failing.push_back(digest);
    }
    if (failing.empty()) return {};
    const auto again = engine::digests_of(list_all(subject, repository()).entries());
    std::erase_if(failing, [&](const auto& digest) { return std::ranges::find(again, digest) == again.end(); });
    return failing;
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasEntries, OrasReferrers, AreAllListed, "oras.referrers.complete"_requirement) {
  const auto subject = push(image());
  settled(subject, push(sbom().refers_to(subject)));  // other rows judge a single one
  const auto recipes = batch(kManyArtifacts, {sbom(), oras_artifact(kOrasSignature)}, subject);
  std::vector<Pushed> artifacts;
  for (std::size_t i = 0; i < recipes.size(); ++i) {
    const std::string tag = i % kTaggedEach == 0 ? session().fresh_nonce() : "";
    artifacts.push_back(push(recipes[i], {.in = {}, .tag = tag}));
  }

  EXPECT_EVENTUALLY(referrers_of(subject), ListsEach(artifacts)) << "of a batch, of two types, some of them tagged";
}

CONFORMANCE_TEST_F(OrasEntries, OrasReferrers, AreDirectOnly, "oras.referrers.direct-only"_requirement) {
  const auto subject = push(image());
  const auto first = push(sbom().refers_to(subject));
  const auto second = push(sbom().refers_to(first));
  const auto third = push(sbom().refers_to(second));
  settled(second, third);
  settled(first, second);
  settled(subject, first);

  EXPECT_THAT(referrers_of(subject), Not(AnyOf(Lists(second), Lists(third)))) << "artifacts on artifacts";
  EXPECT_THAT(referrers_of(first), Not(Lists(third))) << "an artifact on an artifact on an artifact";
}

CONFORMANCE_TEST_F(OrasEntries, OrasReferrers, AreNotThoseOfTheChildrenOfAnIndex,
                   "oras.referrers.direct-only"_requirement) {
  const auto child = push(image());
  const auto list = push(index({child}));
  const auto on_child = push(sbom().refers_to(child));
  const auto on_list = push(sbom().refers_to(list));
  settled(child, on_child);
  settled(list, on_list);

  EXPECT_THAT(referrers_of(list), Not(AnyOf(Lists(on_child), Lists(child)))) << "the list of an index";
  EXPECT_THAT(referrers_of(child), Not(AnyOf(Lists(on_list), Lists(list)))) << "the list of what an index lists";
}

CONFORMANCE_TEST_F(OrasEntries, OrasReferrers, CanBePulled, "oras.referrers.digest-pullable"_requirement) {
  const auto subject = push(image());
  push(sbom().refers_to(subject));
  push(sbom().refers_to(subject).serialized_as(indented(3)).serialized_as(with_trailing_newline));
  push(sbom().refers_to(subject), {.in = {}, .tag = session().fresh_nonce()});
  eventually([&] { return referrers_of(subject); }, ::testing::Property("entries", &Listing::entries, SizeIs(3)));

  EXPECT_EVENTUALLY(dangling_in(subject.digest()), The(kDangling, IsEmpty()));
}

CONFORMANCE_TEST_F(OrasEntries, OrasReferrers, CanBePulledAfterATagMoves,
                   "oras.referrers.digest-pullable"_requirement) {
  const auto subject = push(image());
  const std::string tag = session().fresh_nonce();
  settled(subject, push(sbom().refers_to(subject), {.in = {}, .tag = tag}));
  const auto moved = make(sbom().refers_to(subject));
  APPLIES_IF(put(moved, {.in = {}, .tag = tag}), HasStatus(201));  // tags may be immutable
  settled(subject, moved);
  EXPECT_EVENTUALLY(dangling_in(subject.digest()), The(kDangling, IsEmpty()))
      << "after a tag moved from one artifact to another";
}

CONFORMANCE_TEST_F(OrasEntries, OrasReferrers, AreListedThoughAnIndexNamesThem, "oras.referrers.complete"_requirement) {
  const auto subject = push(image());
  const auto artifact = push(sbom().refers_to(subject));
  settled(subject, artifact);
  APPLIES_IF(put(make(index({artifact}))), HasStatus(201));  // an index of artifacts may be refused
  EXPECT_EVENTUALLY(list_all(subject), Lists(artifact)) << "an artifact that an index names as well";
}

CONFORMANCE_TEST_F(OrasEntries, OrasReferrers, CanBePulledOnceTheSubjectIsDeleted,
                   "oras.referrers.digest-pullable"_requirement, {.collects = true}) {
  needs(Gate::kManifestDeletion);
  push(image());  // unrelated: the repository does not vanish
  const auto subject = push(image());
  settled(subject, push(sbom().refers_to(subject)),
          push(sbom().refers_to(subject), {.in = {}, .tag = session().fresh_nonce()}));
  removed(subject);
  collect();

  const auto dangling = [&] { return dangling_in(subject.digest()); };
  EXPECT_THAT(after_cascade(dangling, IsEmpty()), The(kDangling, IsEmpty()));
}

}  // namespace referee::suites
