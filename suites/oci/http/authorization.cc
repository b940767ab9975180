// Who may list: OCI distribution-spec, "Error Codes" (UNAUTHORIZED, DENIED); GET of a manifest against GET of its list.
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

bool is_denied(int status) { return status == 401 || status == 403 || status == 404; }

}  // namespace

// Authorization itself is outside the text: what is compared is one identity's right to pull with its right to list.
CONFORMANCE_TEST(Authorization, ProtectsTheListLikeThePull, "oci.http.auth-list"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(referrer));

  for (const auto& identity : session().settings().identities) {
    http::Request pull_request{.method = "GET",
                               .url = url("/v2/" + repository().name + "/manifests/" + subject.digest().text())};
    pull_request.headers.add("Accept", std::string(oci::kImageManifest));
    const auto pulled = send_as(identity, pull_request);
    const auto listed = send_as(identity, {.method = "GET", .url = list_url(subject.digest().text(), repository())});
    if (is_denied(pulled.status)) {
      EXPECT_THAT(listed, Not(HasStatus(200))) << "listed for " << identity.name << ", who may not pull";
    } else if (pulled.status == 200) {
      EXPECT_WARN_THAT(listed, HasStatus(200)) << "refused to " << identity.name << ", who may pull";
    }
  }
}

}  // namespace referee::suites
