// Blobs that several manifests use, while one user goes after the other: OCI distribution-spec, "Deleting Manifests"
// and "Pulling blobs".
#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

oci::Blob shared_layer(const std::string& nonce) {
  return oci::Blob::of("application/vnd.example.data", "shared " + nonce);
}

}  // namespace

CONFORMANCE_TEST(DeletingReferrers, KeepsSharedBlobsUpToTheLastUser, "oci.delete.shared-blob-survives"_requirement,
                 {.collects = true}) {
  const auto layer = shared_layer(session().fresh_nonce());
  const auto subject = push(image(), {.tag = tag_named("subject")});
  std::vector<Pushed> users;
  for (const auto& tag : {tag_named("first"), tag_named("second"), tag_named("third")}) {
    users.push_back(push(artifact(kSbom).refers_to(subject).with_layers({layer}), {.tag = tag}));
  }
  GIVEN_THAT(pull_blob(layer.digest, repository()), HasStatus(200));
  while (users.size() > 1) {
    removed(users.back());
    users.pop_back();
    GIVEN_THAT(pull(users.front()), HasStatus(200));
    const auto after = throughout([&] { return pull_blob(layer.digest, repository()); }, HasStatus(200));
    EXPECT_THAT(after, AllOf(HasStatus(200), HasBody(layer.bytes)))
        << "a layer of three referrers, of which " << users.size() << " are left, tagged";
  }
}

CONFORMANCE_TEST(DeletingReferrers, KeepsBlobsMountedFromTheirRepository,
                 "oci.delete.other-repo-unaffected"_requirement, {.collects = true}) {
  const auto layer = shared_layer(session().fresh_nonce());
  const auto origin =
      push(artifact(kSbom).with_layers({layer}), {.in = other_repository(), .tag = tag_named("origin")});
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto path = "/v2/" + repository().name + "/blobs/uploads/?mount=" + layer.digest.text() +
                    "&from=" + http::percent_encode(other_repository().name);
  APPLIES_IF(send({.method = "POST", .url = url(path), .headers = {}, .body = {}}), HasStatus(201));
  session().pushed_blob(repository(), layer.digest);
  push(artifact(kSbom).refers_to(subject).with_layers({layer}), {.tag = tag_named("sbom")});
  GIVEN_THAT(pull_blob(layer.digest, repository()), HasStatus(200));
  removed(origin);
  if (met(Gate::kBlobDeletion)) remove_blob(layer.digest, other_repository());

  const auto after = throughout([&] { return pull_blob(layer.digest, repository()); }, HasStatus(200));
  EXPECT_THAT(after, AllOf(HasStatus(200), HasBody(layer.bytes)))
      << "a mounted layer of a tagged referrer, after its user in the other repository was deleted";
}

}  // namespace referee::suites
