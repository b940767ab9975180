// Graphs of artifacts that are copied, and many at once: ORAS artifacts-spec, scenarios.md, "Content Copying" and
// "Reference Type Requirements"; manifest-referrers-api.md (introduction).
#include <array>

#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

// Sizes of the catalogue; a registry that loses one in a hundred shows it with these.
constexpr int kWriters = 32;
constexpr int kArtifacts = 128;
// Refusals of a moment, which are repeated; 429 and 503 are repeated as premises are.
constexpr std::array kOfAMoment = {409, 423};

auto is_decided() { return Not(HasStatusIn(std::vector<int>(kOfAMoment.begin(), kOfAMoment.end()))); }

/// Subject, artifact on it, artifact on that, in the check's own repository, and their way to the other one.
class Copying : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  struct Graph {
    Pushed subject;
    Pushed first;   // on the subject
    Pushed second;  // on the first
  };

  /// Pushed here, and discoverable here.
  Graph made() const {
    const auto subject = push(image());
    const auto first = push(sbom().refers_to(subject));
    const auto second = push(sbom().refers_to(first));
    GIVEN_EVENTUALLY(list_all(subject), Lists(first));
    GIVEN_EVENTUALLY(list_all(first), Lists(second));
    return {subject, first, second};
  }

  /// The manifest as it is served here, with its blobs as they are, pushed to the other repository.
  Response copy(const Pushed& pushed) const {
    const auto pulled = pull(pushed);
    GIVEN_THAT(pulled, AllOf(HasStatus(200), HasBody(pushed.bytes())));
    oci::Content content = pushed.content;
    content.manifest.bytes = pulled.body;
    for (auto& blob : content.blobs) {
      const auto bytes = pull_blob(blob.digest, repository());
      GIVEN_THAT(bytes, HasStatus(200));
      blob.bytes = bytes.body;
    }
    return put(content, {.in = other_repository()});
  }
};

}  // namespace

CONFORMANCE_TEST_F(Copying, OrasGraph, KeepsItsDigestsWhenCopied, "oras.graph.copyable"_requirement) {
  const auto graph = made();

  for (const auto* node : {&graph.subject, &graph.first, &graph.second}) {
    EXPECT_THAT(copy(*node), HasStatus(201)) << "a copy, its subject first: " << node->digest().text();
    EXPECT_THAT(pull(node->digest(), other_repository()), AllOf(HasStatus(200), HasBody(node->bytes())))
        << "the copy under the same digest";
  }
}

CONFORMANCE_TEST_F(Copying, OrasGraph, IsDiscoverableInTheCopy, "oras.graph.copyable"_requirement) {
  const auto graph = made();
  for (const auto* node : {&graph.subject, &graph.first, &graph.second}) GIVEN_THAT(copy(*node), HasStatus(201));
  const auto native = push(sbom().refers_to(graph.subject), {.in = other_repository()});
  GIVEN_EVENTUALLY(list_all(graph.subject.digest(), other_repository()), Lists(native));

  EXPECT_EVENTUALLY(list_all(graph.subject.digest(), other_repository()), Lists(graph.first)) << "copied";
  EXPECT_EVENTUALLY(list_all(graph.first.digest(), other_repository()), Lists(graph.second)) << "copied";
}

CONFORMANCE_TEST_F(Copying, OrasGraph, IsCopiedSubjectFirst, "oras.graph.copyable"_requirement) {
  const auto graph = made();
  const auto native = push(image(), {.in = other_repository()});
  push(sbom().refers_to(native), {.in = other_repository()});
  // A fresh artifact on a subject that is only here is refused there: oras.subject.other-repo-400.
  GIVEN_THAT(put(make(sbom().refers_to(graph.subject)), {.in = other_repository()}), HasStatus(400));

  EXPECT_THAT(copy(graph.second), HasStatus(400)) << "a copy before its subject";
  EXPECT_THAT(copy(graph.first), HasStatus(400)) << "a copy before its subject";
}

namespace {

class AtOnce : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// The premise that a list of that size is whole where nothing happened at the same time: paging is others' matter.
  void given_pushes_in_turn_are_listed() const {
    const auto subject = push(image());
    std::vector<Pushed> together;
    for (const auto& recipe : batch(kArtifacts, {sbom()}, subject)) together.push_back(push(recipe));
    GIVEN_EVENTUALLY(referrers_of(subject), ListsEach(together));
  }
};

}  // namespace

CONFORMANCE_TEST_F(AtOnce, OrasConcurrency, LosesNoArtifact, "oras.concurrency.no-lost-artifact"_requirement) {
  const auto subject = push(image());
  const auto alone = push(sbom().refers_to(subject));
  GIVEN_EVENTUALLY(referrers_of(subject), Lists(alone));  // one at a time is the matter of other rows
  std::vector<oci::Content> contents;
  for (const auto& recipe : batch(kArtifacts, {sbom()}, subject)) contents.push_back(make(recipe));
  for (const auto& content : contents) push_parts(content, repository());

  const auto push_some = [&](int writer) {
    std::vector<int> statuses;
    for (auto i = static_cast<std::size_t>(writer); i < contents.size(); i += kWriters) {
      const auto& manifest = contents[i].manifest;
      const auto once = [&] { return put_manifest(manifest, manifest.digest, repository()); };
      statuses.push_back(eventually(once, is_decided()).status);
    }
    return statuses;
  };
  const auto alone_again = [&] { push(sbom().refers_to(subject)); };  // it shows whether a limit is reached
  std::vector<std::vector<int>> answers;
  try {
    answers = concurrently(kWriters, push_some);
  } catch (const engine::PremiseBroken&) {
    alone_again();
    throw;
  }
  const auto is_refused = [](const auto& statuses) {
    return std::ranges::any_of(statuses, [](int status) { return status / 100 == 4; });
  };
  if (std::ranges::any_of(answers, is_refused)) alone_again();
  for (const auto& statuses : answers) GIVEN_THAT(statuses, The("status", Each(Eq(201))));
  const auto listing = eventually([&] { return referrers_of(subject); }, ListsEach(contents));
  if (!::testing::Matches(ListsEach(contents))(listing)) given_pushes_in_turn_are_listed();
  EXPECT_THAT(listing, ListsEach(contents)) << "artifacts that were pushed at the same time";
}

// An image's own `subject` means nothing where the registry knows ORAS only, and may be missing where it knows OCI.
CONFORMANCE_TEST(OrasIsolation, AcceptsImagesWithAMissingSubject, "oras.isolation.image-unaffected"_requirement) {
  APPLIES_IF(put(make(image().with("org.example.unknown", Json{{"ignored", true}}))), HasStatus(201));
  const auto absent = absent_subject(session().fresh_nonce());

  EXPECT_THAT(put(make(image().refers_to(absent))), HasStatus(201)) << "an image with a subject that is not there";
}

CONFORMANCE_TEST(OrasIsolation, ServesImagesAsTheyAre, "oras.isolation.image-unaffected"_requirement) {
  const std::string tag = session().fresh_nonce();
  // With an annotation, since a plain image may be made as an index.
  const auto pushed = push(image().annotated("org.example.kind", "image"), {.tag = tag});

  for (const auto& pulled : {pull(pushed), pull(tag)}) {
    EXPECT_THAT(pulled, AllOf(HasStatus(200), HasBody(pushed.bytes()))) << "an image";
    EXPECT_THAT(pulled, IsServedAs(oci::kImageManifest));
  }
}

CONFORMANCE_TEST(OrasIsolation, DeletesImages, "oras.isolation.image-unaffected"_requirement) {
  needs(Gate::kManifestDeletion);
  const auto kept = push(image());
  const auto deleted = push(image());
  GIVEN_EVENTUALLY(pull(deleted), HasStatus(200));

  const auto answer = remove(deleted);
  APPLIES_IF(answer, Not(HasStatusClass(4)));  // what is locked or immutable may be kept
  GIVEN_THAT(answer, HasStatusClass(2));

  EXPECT_EVENTUALLY(pull(deleted), HasAnyStatusOf({404, 410})) << "a deleted image";
  EXPECT_THAT(pull(kept), HasStatus(200)) << "another image";
}

}  // namespace referee::suites
