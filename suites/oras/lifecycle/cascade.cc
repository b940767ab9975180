// What goes with a deleted subject: ORAS artifacts-spec, artifact-manifest.md, "Lifecycle Management"; scenarios.md,
// "Deletion and Ref Counting"; DELETE of the subject, GET of its artifacts.
#include "harness/spec/literals/oras.h"
#include "suites/oras/lifecycle/lifecycle.h"

namespace referee::suites {
namespace {

// A collector may take one level of a chain in each of its runs.
constexpr int kLevels = 3;

/// Artifacts that are listed, and what is left of them once their subject is deleted.
class Cascades : public Cascading {
 public:
  using Cascading::Cascading;

 protected:
  /// An artifact of that recipe, as soon as it is listed.
  Pushed listed_artifact(const Document& recipe, const Pushed& subject, const std::string& tag = "") const {
    const auto artifact = push(recipe.refers_to(subject), {.in = {}, .tag = tag});
    GIVEN_EVENTUALLY(list_all(subject), Lists(artifact));
    return artifact;
  }
};

}  // namespace

CONFORMANCE_TEST_F(Cascades, OrasLifecycle, DeletesArtifactsWithTheirSubject,
                   "oras.lifecycle.cascade-should"_requirement, {.collects = true}) {
  push(image());  // unrelated: the repository does not vanish
  const auto subject = push(image());
  const auto artifact = listed_artifact(sbom(), subject);
  removed(subject);
  collect();

  EXPECT_THAT(pull_after_cascade(artifact), HasStatus(404)) << "an untagged artifact whose subject was deleted";
  EXPECT_THAT(after_cascade([&] { return list_all(subject); }, Not(Lists(artifact))), Not(Lists(artifact)));
}

// What is gone at once, what when time or the collector comes, and what stays: all lawful, and recorded.
CONFORMANCE_TEST_F(Cascades, OrasLifecycle, MayDeleteArtifactsWithTheirSubject,
                   "oras.lifecycle.cascade-may"_requirement, {.collects = true}) {
  push(image());
  const auto subject = push(image());
  const auto artifact = listed_artifact(sbom(), subject);
  removed(subject);
  std::string fate = "CASCADE";
  if (pull(artifact).status != 404) {
    collect();
    fate = pull_after_cascade(artifact).status == 404 ? "CASCADE-LATE" : "KEEP";
  }

  // UNPROVEN: each fate is lawful, so no defect changes it; the moods of cascades do.
  EXPECT_NOTE_THAT(fate == "CASCADE", Holds("an untagged artifact that goes with its subject at once",
                                            fate == "KEEP" ? "one that stays" : "one that goes later"));
}

CONFORMANCE_TEST_F(Cascades, OrasLifecycle, KeepsArtifactsOfUntaggedSubjects, "oras.lifecycle.cascade-may"_requirement,
                   {.collects = true}) {
  needs(Gate::kTagDeletion);
  const std::string tag = session().fresh_nonce();
  const std::string first = session().fresh_nonce();
  const auto subject = push(image(), {.in = {}, .tag = tag});
  const auto artifact = listed_artifact(sbom(), subject);
  const auto kept_subject = push(image(), {.in = {}, .tag = first});
  push(kept_subject.content, tagged());
  const auto kept_artifact = listed_artifact(sbom(), kept_subject);
  for (const auto& each : {tag, first}) {
    APPLIES_IF(remove(each, repository()), HasStatusClass(2));
    GIVEN_EVENTUALLY(pull(each), HasAnyStatusOf({404, 410}));
  }
  collect();

  // A subject that goes with its last tag may take the artifact along: both within the settle time.
  const auto went_alone = [&](const Pushed& one, const Pushed& its_subject) {
    return pull(one).status == 404 && pull(its_subject).status == 200;
  };
  const auto none_went_alone = [&] {
    return !went_alone(artifact, subject) && !went_alone(kept_artifact, kept_subject);
  };
  const Holds keeps("an artifact as long as its subject is there",
                    "an artifact that is gone although its subject is there");
  throughout(none_went_alone, keeps);
  EXPECT_FAIL_THAT(eventually(none_went_alone, keeps), keeps) << "only a tag of the subject was deleted";
}

CONFORMANCE_TEST_F(Cascades, OrasLifecycle, DeletesChainsOfArtifacts, "oras.lifecycle.nested-cascade"_requirement,
                   {.collects = true}) {
  push(image());
  const auto subject = push(image());
  std::vector<Pushed> chain = {subject};
  for (int level = 0; level < kLevels; ++level) chain.push_back(listed_artifact(sbom(), chain.back()));
  removed(subject);
  for (int level = 0; level < kLevels; ++level) collect();

  const auto left = [&] {
    std::vector<std::string> levels;
    for (std::size_t level = 1; level < chain.size(); ++level) {
      if (pull(chain[level]).status != 404) levels.push_back("level " + std::to_string(level));
    }
    return levels;
  };
  EXPECT_THAT(after_cascade(left, IsEmpty()), The("artifact that is left", IsEmpty()))
      << "of a chain of artifacts on a deleted subject";
}

CONFORMANCE_TEST_F(Cascades, OrasLifecycle, SparesTaggedArtifacts, "oras.lifecycle.tagged-exempt"_requirement,
                   {.collects = true}) {
  push(image());
  const auto subject = push(image());
  const std::string tag = session().fresh_nonce();
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  const auto untagged = listed_artifact(sbom(), subject);
  const auto tagged = listed_artifact(sbom().with_layers({blob}), subject, tag);
  GIVEN_THAT(pull(tag), HasStatus(200));
  removed(subject);
  collect();
  APPLIES_IF(pull_after_cascade(untagged),
             HasAnyStatusOf({404, 410}));  // where nothing follows, nothing has to survive

  const auto is_whole = [&] {
    return pull(tag).status == 200 && pull(tagged).status == 200 && pull_blob(blob.digest, repository()).status == 200;
  };
  const Holds whole("a tagged artifact by tag and by digest, with its blob", "one of them cannot be pulled");
  EXPECT_THAT(throughout(is_whole, whole), whole) << "after the untagged artifact went with their subject";
}

// Two readings, both lawful: the tag is a further reference, or the artifact lives only as long as its subject.
CONFORMANCE_TEST_F(Cascades, OrasLifecycle, KeepsTagsAndArtifactsConsistent, "oras.lifecycle.tagged-phase1"_requirement,
                   {.collects = true}) {
  push(image());
  const auto subject = push(image());
  const std::string tag = session().fresh_nonce();
  const auto tagged = listed_artifact(sbom(), subject, tag);
  GIVEN_THAT(pull(tag), HasStatus(200));
  removed(subject);
  collect();
  pull_after_cascade(tagged);

  const auto agree = [&] { return (pull(tag).status == 200) == (pull(tagged).status == 200); };
  const Holds agrees("a tagged artifact that can be pulled by tag and by digest, or by neither",
                     "one that can be pulled by one of them alone");
  EXPECT_FAIL_THAT(eventually(agree, agrees), agrees) << "after its subject was deleted";
}

}  // namespace referee::suites
