// What a cascade has to spare: ORAS artifacts-spec, scenarios.md, "Deletion and Ref Counting"; artifact-manifest.md,
// "Lifecycle Management"; DELETE of a subject or artifact, GET of what is shared with it.
#include "harness/spec/literals/oras.h"
#include "suites/oras/lifecycle/lifecycle.h"

namespace referee::suites {
namespace {

/// Two artifacts on two subjects that share a blob; the first shares another one with an image.
class SharedBlobs : public Cascading {
 public:
  using Cascading::Cascading;

 protected:
  struct Graph {
    oci::Blob of_artifacts;
    oci::Blob of_image;
    Pushed user;  // the image
    Pushed first_subject;
    Pushed second_subject;
    Pushed first;
    Pushed second;
  };

  // The blobs are of a known type: of an unknown one they need not be kept up to draft.1.1.
  Graph shared() const {
    const auto of_artifacts = fresh_blob(oci::kImageLayer, session().fresh_nonce());
    const auto of_image = fresh_blob(oci::kImageLayer, session().fresh_nonce());
    // What has to survive has a tag: no collector may treat it as garbage.
    const auto user = push(image().with_layers({of_image}), tagged());
    const auto one = push(image());
    const auto two = push(image(), tagged());
    const auto first = push(sbom().with_layers({of_artifacts, of_image}).refers_to(one));
    const auto second = push(sbom().with_layers({of_artifacts}).refers_to(two), tagged());
    GIVEN_EVENTUALLY(list_all(one), Lists(first));
    GIVEN_EVENTUALLY(list_all(two), Lists(second));
    GIVEN_THAT(pull(second), HasStatus(200));  // pushed by its tag
    return {of_artifacts, of_image, user, one, two, first, second};
  }

  bool is_whole(const Graph& graph) const {
    return pull(graph.second).status == 200 && pull_blob(graph.of_artifacts.digest, repository()).status == 200 &&
           pull_blob(graph.of_image.digest, repository()).status == 200;
  }

  void expect_spared(const Graph& graph) const {
    GIVEN_THAT(pull(graph.user), HasStatus(200));  // oras.lifecycle.artifact-without-subject-unaffected
    EXPECT_THAT(pull_blob(graph.of_artifacts.digest, repository()), HasStatus(200)) << "a blob of another artifact";
    EXPECT_THAT(pull_blob(graph.of_image.digest, repository()), HasStatus(200)) << "a blob of an image";
    EXPECT_THAT(pull(graph.second), HasStatus(200)) << "an artifact that shares a blob";
    EXPECT_THAT(list_all(graph.second_subject), Lists(graph.second)) << "an artifact that shares a blob";
  }
};

}  // namespace

CONFORMANCE_TEST_F(SharedBlobs, OrasLifecycle, KeepsSharedBlobsOfADeletedArtifact,
                   "oras.lifecycle.refcount-shared-blob"_requirement, {.collects = true}) {
  const auto graph = shared();
  removed(graph.first);
  throughout([&] { return is_whole(graph); }, Eq(true));
  expect_spared(graph);
}

CONFORMANCE_TEST_F(SharedBlobs, OrasLifecycle, KeepsSharedBlobsOfADeletedSubject,
                   "oras.lifecycle.refcount-shared-blob"_requirement, {.collects = true}) {
  const auto graph = shared();
  removed(graph.first_subject);
  is_spared(graph.first, [&] { return is_whole(graph); });
  expect_spared(graph);
}

CONFORMANCE_TEST_F(Cascading, OrasLifecycle, KeepsSharedBlobsUpToTheLastArtifact,
                   "oras.lifecycle.refcount-shared-blob"_requirement, {.collects = true}) {
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  const auto subject = push(image(), tagged());
  std::vector<Pushed> users;
  for (int i = 0; i < 3; ++i) users.push_back(push(sbom().with_layers({blob}).refers_to(subject), tagged()));
  GIVEN_THAT(pull_blob(blob.digest, repository()), HasStatus(200));
  while (users.size() > 1) {
    removed(users.back());
    users.pop_back();
    const auto after = throughout([&] { return pull_blob(blob.digest, repository()); }, HasStatus(200));
    GIVEN_THAT(pull(users.front()), HasStatus(200));
    EXPECT_THAT(after, HasStatus(200)) << "a blob of three artifacts, of which " << users.size() << " are left, tagged";
  }
}

CONFORMANCE_TEST_F(Cascading, OrasLifecycle, CascadesOnlyWithinTheRepository,
                   "oras.lifecycle.cascade-within-repo"_requirement, {.collects = true}) {
  const auto subject = push(image());
  const auto artifact = push(sbom().refers_to(subject));
  const auto same_subject = push(subject.content, {.in = other_repository(), .tag = session().fresh_nonce()});
  const auto same_artifact = push(artifact.content, {.in = other_repository()});
  const auto other_subject = push(image(), {.in = other_repository(), .tag = session().fresh_nonce()});
  const auto control = push(sbom().refers_to(other_subject), {.in = other_repository()});
  GIVEN_EVENTUALLY(list_all(subject), Lists(artifact));
  GIVEN_EVENTUALLY(list_all(same_subject), Lists(same_artifact));
  removed(subject);

  is_spared(artifact, [&] { return pull(same_subject).status == 200 && pull(same_artifact).status == 200; });
  EXPECT_THAT(pull(same_subject), HasStatus(200)) << "the same subject in another repository";
  GIVEN_THAT(pull(control), HasStatus(200));  // oras.manifest.untagged-kept
  EXPECT_THAT(pull(same_artifact), HasStatus(200)) << "the same artifact in another repository";
  EXPECT_THAT(list_all(same_subject), Lists(same_artifact)) << "in another repository";
}

namespace {

/// A subject and an artifact whose blob others have too.
class Bystanders : public Cascading {
 public:
  using Cascading::Cascading;

 protected:
  void expect_spared(const oci::Content& bystander, const oci::Blob& blob, const char* what) const {
    const auto subject = push(image());
    const auto artifact = push(sbom().with_layers({blob}).refers_to(subject));
    GIVEN_EVENTUALLY(list_all(subject), Lists(artifact));
    GIVEN_THAT(pull(bystander.manifest.digest), HasStatus(200));
    removed(subject);
    is_spared(artifact, [&] { return pull(bystander.manifest.digest).status == 200; });
    EXPECT_THAT(pull(bystander.manifest.digest), HasStatus(200)) << what;
  }
};

}  // namespace

CONFORMANCE_TEST_F(Bystanders, OrasLifecycle, SparesImagesThatShareABlob,
                   "oras.lifecycle.artifact-without-subject-unaffected"_requirement, {.collects = true}) {
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  const auto bystander = push(image().with_layers({blob}), tagged());
  expect_spared(bystander.content, blob, "an image that shares a blob with an artifact on a deleted subject");
}

CONFORMANCE_TEST_F(Bystanders, OrasLifecycle, SparesArtifactsWithoutASubject,
                   "oras.lifecycle.artifact-without-subject-unaffected"_requirement, {.collects = true}) {
  const auto blob = fresh_blob(oci::kImageLayer, session().fresh_nonce());
  const auto bystander = make(sbom().with_layers({blob}));
  APPLIES_IF(put(bystander, tagged()), HasStatus(201));  // reference types only is lawful in August 2021
  expect_spared(bystander, blob, "an artifact without a subject that shares a blob with one on a deleted subject");
}

}  // namespace referee::suites
