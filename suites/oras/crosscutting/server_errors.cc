// No request makes the server fail: ORAS artifacts-spec, manifest-referrers-api.md; any exchange, and what is malformed
// or long.
#include <optional>

#include "harness/http/transport.h"
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

constexpr std::size_t kManyCharacters = 300;  // more than a tag may have, and than most databases expect

// Those of gateways pass, and 501 says that something is not offered.
auto IsNoServerError() { return AnyOf(HasAnyStatusOf({501, 502, 503, 504, 507}), Not(HasStatusClass(5))); }

}  // namespace

CONFORMANCE_TEST(OrasServer, SurvivesMalformedArtifacts, "oras.http.no-5xx"_requirement) {
  const auto subject = push(image());
  const auto plain = sbom().refers_to(subject);
  std::vector<Document> malformed;
  for (const auto& [name, json] : malformed_subjects(subject.descriptor())) {
    malformed.push_back(sbom().refers_to_verbatim(json));
  }
  malformed.push_back(plain.annotated_with({{"a", 1}}));
  malformed.push_back(plain.with("blobs", "text"));
  malformed.push_back(plain.with("/deep", nested_lists(100)));
  for (const auto& recipe : malformed) {
    GIVEN_THAT(put(make(plain)), Not(HasStatusClass(5)));
    const auto content = make(recipe);
    EXPECT_WARN_THAT(put(content), IsNoServerError()) << content.manifest.bytes.substr(0, 400);
  }
}

CONFORMANCE_TEST(OrasServer, SurvivesLongNames, "oras.http.no-5xx"_requirement) {
  push(image());
  const std::string name(kManyCharacters, 'a');
  const auto digest = content::fresh_digest(session().fresh_nonce()).text();
  for (const auto& address : {url("/v2/" + repository().name + "/manifests/" + name),
                              list_url("sha256:" + name, repository()), list_url(digest, Repository{name})}) {
    const auto answer = send({.method = "GET", .url = address}, engine::Tolerating::everything());
    EXPECT_WARN_THAT(answer, IsNoServerError()) << address;
  }
}

EXCHANGE_RULE(OrasServer, FailsOnNoRequest, "oras.http.no-5xx"_requirement) {
  if (!exchange.response || !context.is_of_target(exchange)) throw engine::NotApplicable("no answer of the target");
  // Where artifacts are not taken no check of the edition asks anything, and there is nothing to judge.
  if (!context.owner) throw engine::NotApplicable("not a request of a check");
  const int status = exchange.response->status;
  if (status >= 502) throw engine::NotApplicable("a gateway");
  if (status == 501) {
    // UNPROVEN: it says that something is not offered, which earns a note only.
    EXPECT_NOTE_THAT(status, The("status", ::testing::Lt(500)))
        << exchange.request.method << ' ' << exchange.request.url;
  } else {
    EXPECT_WARN_THAT(status, The("status", ::testing::Lt(500)))
        << exchange.request.method << ' ' << exchange.request.url;
  }
}

}  // namespace referee::suites
