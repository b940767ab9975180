// What may refer to what, and how often it is listed then: OCI distribution-spec, "Push" and "Listing Referrers";
// PUT /v2/<name>/manifests/<reference>, GET /v2/<name>/referrers/<digest>.
#include <fmt/format.h>

#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

constexpr std::size_t kManyReferrers = 25;  // more than the caps of ten and twenty that were seen
constexpr std::size_t kTaggedEach = 3;      // of these every third is tagged

}  // namespace

CONFORMANCE_TEST(DockerSubject, IsAccepted, "oci.subject.docker-subject"_requirement) {
  push(artifact(kSbom).refers_to(push(image())));
  const auto docker = make(docker_image());
  APPLIES_IF(put(docker, {}, Tolerating::refusals()), HasStatus(201));

  EXPECT_THAT(put(make(artifact(kSbom).refers_to(docker))), HasStatus(201));
}

CONFORMANCE_TEST(DockerSubject, IsAcceptedAsAList, "oci.subject.docker-subject"_requirement) {
  push(artifact(kSbom).refers_to(push(image())));
  APPLIES_IF(put(make(docker_image()), {}, Tolerating::refusals()), HasStatus(201));
  const auto list = make(docker_manifest_list());
  APPLIES_IF(put(list, {}, Tolerating::refusals()), HasStatus(201));

  EXPECT_THAT(put(make(artifact(kSbom).refers_to(list))), HasStatus(201));
}

CONFORMANCE_TEST(DockerSubject, HasReferrers, "oci.subject.docker-subject"_requirement) {
  needs(Gate::kReferrers);
  const auto plain = push(image());
  const auto usual = push(artifact(kSbom).refers_to(plain));
  GIVEN_EVENTUALLY(list_all(plain), Lists(usual));
  const auto docker = make(docker_image());
  APPLIES_IF(put(docker, {}, Tolerating::refusals()), HasStatus(201));
  const auto referrer = push(artifact(kSbom).refers_to(docker));

  if (is_acknowledged(usual)) {
    EXPECT_THAT(referrer.response, HasHeader(oci::kSubjectHeader));
  }
  EXPECT_EVENTUALLY(list_all(docker.manifest.digest, repository()), Lists(referrer));
}

CONFORMANCE_TEST(DockerSubject, HasReferrersAsAList, "oci.subject.docker-subject"_requirement) {
  needs(Gate::kReferrers);
  const auto plain = push(image());
  const auto usual = push(artifact(kSbom).refers_to(plain));
  GIVEN_EVENTUALLY(list_all(plain), Lists(usual));
  APPLIES_IF(put(make(docker_image()), {}, Tolerating::refusals()), HasStatus(201));
  const auto list = make(docker_manifest_list());
  APPLIES_IF(put(list, {}, Tolerating::refusals()), HasStatus(201));
  const auto referrer = push(artifact(kSbom).refers_to(list));

  if (is_acknowledged(usual)) {
    EXPECT_THAT(referrer.response, HasHeader(oci::kSubjectHeader));
  }
  EXPECT_EVENTUALLY(list_all(list.manifest.digest, repository()), Lists(referrer));
}

CONFORMANCE_TEST(IndexSubject, HasReferrersOfItsOwn, "oci.subject.index-subject"_requirement) {
  const auto child = push(image());
  const auto of_child = push(artifact(kSbom).refers_to(child));
  GIVEN_EVENTUALLY(list_all(child), Lists(of_child));
  const auto parent = push(index({child}));
  const auto of_parent = push(artifact(kSbom).refers_to(parent));

  EXPECT_EVENTUALLY(list_all(parent), Lists(of_parent));
  EXPECT_THAT(list_all(parent), Not(Lists(of_child)));
  EXPECT_THAT(list_all(child), Not(Lists(of_parent)));
}

CONFORMANCE_TEST(Chain, LetsAReferrerBeASubject, "oci.subject.chain"_requirement) {
  const auto root = push(image());
  const auto first = push(artifact(kSbom).refers_to(root));
  GIVEN_EVENTUALLY(list_all(root), Lists(first));
  const auto second = make(artifact(kSignature).refers_to(first));
  ASSERT_THAT(put(second), HasStatus(201));
  const auto third = make(artifact(kSignature).refers_to(second));
  ASSERT_THAT(put(third), HasStatus(201));

  EXPECT_EVENTUALLY(list_all(first), Lists(second));
  EXPECT_EVENTUALLY(list_all(second.manifest.digest, repository()), Lists(third));
  EXPECT_THAT(list_all(root), AllOf(Not(Lists(second)), Not(Lists(third))));
  EXPECT_THAT(list_all(first), Not(Lists(third)));
  EXPECT_THAT(list_all(third.manifest.digest, repository()), AllOf(Not(Lists(first)), Not(Lists(second))));
}

CONFORMANCE_TEST(NewlyPushed, AreAllListed, "oci.subject.newly-pushed-all"_requirement) {
  const std::vector<Document> kinds = {artifact(kSbom), config_artifact(kExampleConfig), index({image()}, kSbom),
                                       artifact(kSignature), artifact(kSbom)};
  const auto few = push(image());
  std::vector<Pushed> one_of_each;
  for (const auto& kind : kinds) one_of_each.push_back(push(kind.refers_to(few)));
  GIVEN_EVENTUALLY(list_all(few), ListsEach(one_of_each));

  const auto subject = push(image());
  std::vector<Pushed> referrers;
  for (const auto& document : batch(kManyReferrers, kinds, subject)) {
    referrers.push_back(push(document));
    if (referrers.size() % kTaggedEach == 0) {
      push(referrers.back().content, {.tag = tag_named(fmt::format("referrer-{}", referrers.size()))});
    }
  }
  EXPECT_EVENTUALLY(referrers_of(subject), ListsEach(referrers));
}

CONFORMANCE_TEST(Tagging, DoesNotRepeatAnEntry, "oci.subject.tagging-no-duplicate"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  push(referrer.content, {.tag = tag_named("a")});
  push(referrer.content, {.tag = tag_named("b")});
  push(referrer.content);
  const auto last = push(artifact(kSbom).refers_to(subject));  // once it shows, the others have settled
  const auto listing = eventually([&] { return list_all(subject); }, ListsExactly(referrer, last));
  GIVEN_THAT(listing, ListsExactly(referrer, last));

  EXPECT_THAT(listing, ListsOnceAPage(referrer.digest().text()));
}

}  // namespace referee::suites
