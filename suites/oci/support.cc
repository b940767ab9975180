// Whether the registry says what it is: OCI distribution-spec, "Determining Support", "Listing Referrers" and
// "Unavailable Referrers API", "Workflow Categories"; GET /v2/ and GET /v2/<name>/referrers/<digest>.
#include <nlohmann/json.hpp>

#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

using ::testing::StartsWith;

constexpr const char* kSilent = "the registry acknowledges no subject: no OCI-Subject on a push";

std::string host_of(const std::string& text) {
  const auto parsed = http::Url::parse(text);
  return parsed ? parsed->host : "";
}

// Whether the body is meant as a list of something. What is wrong with an index is judged by the rows on its body.
bool is_some_list(const Page& page) {
  if (!page.body) return false;
  if (page.body->is_array()) return true;
  static constexpr const char* kMembers[] = {"schemaVersion", "mediaType", "manifests", "referrers", "references"};
  return page.body->is_object() &&
         std::ranges::any_of(kMembers, [&](const char* key) { return page.body->contains(key); });
}

// A refused list disagrees with an acknowledgement; one that is answered, but cannot be read, is judged by the rows on
// its body, and 406 by the row on Accept.
auto IsReadableOrRefused() { return AnyOf(IsReadableList(), AllOf(HasStatusClass(4), Not(HasStatus(406)))); }

MATCHER(HoldsAList, negation ? "holds a list" : "holds an index, or what is meant as one") {
  *result_listener << arg.problem;
  return is_some_list(arg);
}

}  // namespace

CONFORMANCE_TEST(Support, AnswersAtTheBaseEndpoint, "oci.support.v2-200"_requirement) {
  const http::Request request{.method = "GET", .url = url("/v2/")};
  const auto anonymous = send_as({.name = "anonymous"}, request);
  const bool undecided = ::testing::Value(anonymous, HasAnyStatusOf({401, 403, 429, 502, 503, 504, 507}));
  const auto answer = undecided ? send(request, {.statuses = {401, 403}}) : anonymous;
  if (answer.status != 200) {  // whether it is a registry at all
    push_blob(oci::Blob::of("application/octet-stream", "support " + session().fresh_nonce()));
  }
  // Here even a user who may push is asked for other credentials: no one can see whether the endpoint would be 200.
  APPLIES_IF(answer, Not(HasAnyStatusOf({401, 403})));
  EXPECT_THAT(answer, HasStatus(200));
  EXPECT_WARN_THAT(host_of(answer.url), The("host", Eq(host_of(request.url)))) << "after all redirects";
  EXPECT_WARN_THAT(answer.headers.get("Content-Type").value_or(""), The("Content-Type", Not(StartsWith("text/html"))));
}

CONFORMANCE_TEST(Support, OffersAListOrRefusesIt, "oci.support.gate"_requirement) {
  const auto subject = push(image());
  const auto referrer = put(make(artifact(kSbom).refers_to(subject)));
  const auto url = list_url(subject.digest().text(), repository());
  const auto page = engine::read_page(send({.method = "GET", .url = url}, {.statuses = {401}}), list_keys());
  // A challenge asks for other credentials. Without one, and to a user who may push here, the path is just not served.
  GIVEN_THAT(page, AnyOf(Not(HasStatus(401)), Not(HasHeader("WWW-Authenticate"))));

  if (page.response.status / 100 == 2) {
    EXPECT_THAT(page, HoldsAList());
    return;
  }
  GIVEN_THAT(page, AnyOf(HasStatus(501), Not(HasStatusClass(5))));
  APPLIES_IF(acknowledgements(referrer).empty(), Holds("a push without OCI-Subject",
                                                       "the push is acknowledged, and the list is not served: "
                                                       "Support.ListsTheImagesItAcknowledges judges that"));
  EXPECT_THAT(page, AnyOf(HasStatusClass(4), HasStatus(501)));
  EXPECT_WARN_THAT(page, HasStatus(404));
}

CONFORMANCE_TEST(Support, ListsTheImagesItAcknowledges, "oci.support.subject-list-agree"_requirement) {
  const auto subject = push(image());
  const auto typed = push(artifact(kSbom).refers_to(subject));
  const auto configured = push(config_artifact(kExampleConfig).refers_to(subject));
  std::vector<Pushed> acknowledged;
  for (const auto& referrer : {typed, configured}) {
    if (!acknowledgements(referrer.response).empty()) acknowledged.push_back(referrer);
  }
  APPLIES_IF(!acknowledged.empty(), Holds("pushes with OCI-Subject", kSilent));
  GIVEN_THAT(list_referrers(subject), IsReadableOrRefused());

  EXPECT_EVENTUALLY(list_all(subject), ListsEach(acknowledged));
}

CONFORMANCE_TEST(Support, ListsTheIndexesItAcknowledges, "oci.support.subject-list-agree"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(index({image()}, kSbom).refers_to(subject));
  APPLIES_IF(!acknowledgements(referrer.response).empty(), Holds("a push with OCI-Subject", kSilent));
  GIVEN_THAT(list_referrers(subject), IsReadableOrRefused());

  EXPECT_EVENTUALLY(list_all(subject), Lists(referrer));
}

// Whether it takes a subject whose digest it cannot compute is its own choice; what it acknowledges it has to list.
// That digests of unregistered algorithms pass validation is a SHOULD of image-spec (descriptor.md, "Digests"): a list
// that is refused for its algorithm is a warning here as well as in oci.referrers.list.digest-unregistered-alg.
CONFORMANCE_TEST(Support, ListsUnderTheDigestsItAcknowledges, "oci.support.subject-list-agree"_requirement) {
  auto subject = content::absent_subject(session().fresh_nonce());
  const auto control = push(artifact(kSbom).refers_to(subject));
  APPLIES_IF(!acknowledgements(control.response).empty(), Holds("a push with OCI-Subject", kSilent));
  GIVEN_EVENTUALLY(list_all(subject.digest, repository()), Lists(control));
  subject.digest = content::blake3_digest(session().fresh_nonce());
  const auto referrer = make(artifact(kSbom).refers_to(subject));
  const auto answer = put(referrer);
  APPLIES_IF(answer, HasStatus(201));
  APPLIES_IF(!acknowledgements(answer).empty(), Holds("a push with OCI-Subject", kSilent));
  const auto first = list_referrers(subject.digest);
  GIVEN_THAT(first, IsReadableOrRefused());
  if (first.response.status == 400) {
    EXPECT_WARN_THAT(first, IsReadableList()) << "of a digest of an unregistered algorithm that was acknowledged";
    return;
  }

  EXPECT_EVENTUALLY(list_all(subject.digest, repository()), Lists(referrer));
}

// Types outside image-spec: which of them are processed is open, but not that both sides agree.
CONFORMANCE_TEST(Support, ListsTheArtifactManifestsItAcknowledges, "oci.support.subject-list-agree"_requirement) {
  const auto subject = push(image());
  const auto artifact_manifest = make(oras_artifact(kOrasSbom).refers_to(subject));
  const auto answer = put(artifact_manifest, {}, Tolerating::refusals());
  APPLIES_IF(answer, HasStatus(201));

  if (acknowledgements(answer).empty()) {
    if (!met(Gate::kReferrers)) return;  // nothing is listed
    EXPECT_WARN_THAT(list_all(subject), Not(Lists(artifact_manifest))) << "a client adds it to the fallback tag too";
  } else {
    EXPECT_EVENTUALLY(list_all(subject), Lists(artifact_manifest));
  }
}

CONFORMANCE_TEST(Support, ListsTheDockerManifestsItAcknowledges, "oci.support.subject-list-agree"_requirement) {
  const auto subject = push(image());
  const auto docker = make(docker_image().refers_to(subject));
  const auto answer = put(docker, {}, Tolerating::refusals());
  APPLIES_IF(answer, HasStatus(201));

  if (acknowledgements(answer).empty()) {
    if (!met(Gate::kReferrers)) return;  // nothing is listed
    EXPECT_WARN_THAT(list_all(subject), Not(Lists(docker))) << "a client adds it to the fallback tag too";
  } else {
    EXPECT_EVENTUALLY(list_all(subject), Lists(docker));
  }
}

CONFORMANCE_TEST(Support, OffersAllOfAClaimedCategory, "oci.support.category-complete"_requirement) {
  const auto& claimed = session().settings().claimed_categories;
  APPLIES_IF(std::ranges::find(claimed, engine::kContentDiscovery) != claimed.end(),
             Holds("a claim of Content Discovery", "no one claims the category Content Discovery for the registry"));
  const auto subject = push(image());
  const auto referrer = put(make(artifact(kSbom).refers_to(subject)));
  if (!acknowledgements(referrer).empty()) return;  // offered, whatever its list says

  const auto page = list_referrers(subject);
  GIVEN_THAT(page, AnyOf(HasStatus(501), Not(HasStatusClass(5))));
  EXPECT_THAT(page, HasStatusClass(2)) << "the category Content Discovery is claimed";
}

}  // namespace referee::suites
