// HTTP behaviour: OCI distribution-spec, "API" (redirects, RFC 9110) and "Error Codes"; any endpoint.
#include <fmt/format.h>

#include <optional>

#include "harness/http/syntax/url.h"
#include "harness/http/transport.h"
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

bool has_header(const http::RecordedResponse& response, std::string_view name) {
  return std::ranges::any_of(response.headers, [&](const auto& line) { return http::same_name(line.name, name); });
}

template <typename Lines>
std::string first_of(const Lines& lines, std::string_view name) {
  const auto found = std::ranges::find_if(lines, [&](const auto& line) { return http::same_name(line.name, name); });
  return found == lines.end() ? "" : found->value;
}

// Rows that send what may overwhelm a server, and grade what it answers themselves.
bool judges_5xx_itself(const engine::RuleContext& context) {
  return context.owner == "oci.subject.size-413"_requirement ||
         context.owner == "oci.concurrency.same-referrer-once"_requirement;
}

constexpr std::size_t kLongName = 300;  // characters: more than a tag may have, and than most databases expect
constexpr std::array kOfGateways = {502, 503, 504, 507};

}  // namespace

EXCHANGE_RULE(HttpBehaviour, NoRequestMakesTheServerFail, "oci.http.no-5xx"_requirement) {
  if (!exchange.response || !context.is_of_target(exchange)) throw engine::NotApplicable("no answer of the target");
  const int status = exchange.response->status;
  const bool passing = std::ranges::find(kOfGateways, status) != kOfGateways.end();
  if (passing || judges_5xx_itself(context)) throw engine::NotApplicable("a gateway, or judged elsewhere");
  if (status == 501) {
    EXPECT_NOTE_THAT(status, The("status", ::testing::Lt(500)))
        << exchange.request.method << ' ' << exchange.request.url;
  } else {
    EXPECT_WARN_THAT(status, The("status", ::testing::Lt(500)))
        << exchange.request.method << ' ' << exchange.request.url;
  }
}

// One malformed document that fails the server three times, while its well-formed control does not, is a fault that
// anyone who may push can use. It is a warning: no sentence says what the answer to such a document must be.
CONFORMANCE_TEST(HttpBehaviour, SurvivesMalformedManifests, "oci.http.no-5xx"_requirement) {
  const auto subject = push(image());
  const auto control = artifact(kSbom).refers_to(subject);
  push(control);
  std::vector<Document> malformed;
  for (const auto& [name, json] : malformed_subjects(subject.descriptor())) {
    malformed.push_back(control.refers_to_verbatim(json));
  }
  malformed.push_back(control.annotated_with({{"a", 1}}));
  malformed.push_back(control.with("layers", "text"));
  malformed.push_back(control.with("config", nullptr));
  malformed.push_back(control.with("/deep", nested_lists(100)));

  for (const auto& recipe : malformed) {
    const auto content = make(recipe);
    std::vector<int> statuses;
    for (int i = 0; i < 3 && (statuses.empty() || statuses.back() >= 500); ++i) {
      try {
        statuses.push_back(put(content).status);
      } catch (const http::TransportFault& fault) {
        if (fault.kind() != http::FaultKind::kClosed) throw;
        statuses.push_back(500);  // closed without an answer: as if it had crashed
      }
      GIVEN_THAT(put(make(control)), Not(HasStatusClass(5)));
    }
    EXPECT_WARN_THAT(statuses, The("status", Contains(::testing::Lt(500))))
        << "in three pushes of " << content.manifest.bytes.substr(0, 400);
  }
}

// A valid request whose success has no separate row; distribution-spec, "Endpoints", end-8a.
CONFORMANCE_TEST(HttpBehaviour, ListsTags, "oci.http.no-5xx"_requirement) {
  const auto tagged = push(image(), {.tag = tag_named("listed")});
  GIVEN_EVENTUALLY(pull(tagged), HasStatus(200));
  std::vector<int> statuses;
  for (int i = 0; i < 3 && (statuses.empty() || statuses.back() >= 500); ++i) {
    statuses.push_back(tags(repository()).status);
  }
  APPLIES_IF(statuses.back(), Not(Eq(501)));
  EXPECT_FAIL_THAT(statuses, Contains(::testing::Lt(500))) << "GET of the tags of a repository that has one";
}

CONFORMANCE_TEST(HttpBehaviour, SurvivesLongNames, "oci.http.no-5xx"_requirement) {
  push(image());
  const std::string name(kLongName, 'a');
  const auto digest = content::fresh_digest(session().fresh_nonce()).text();
  for (const auto& path :
       {repository().name + "/manifests/" + name, repository().name + "/manifests/sha256:" + name,
        repository().name + "/referrers/sha256:" + name, name + "/manifests/latest", name + "/referrers/" + digest}) {
    const auto answer = send({.method = "GET", .url = url("/v2/" + path)}, engine::Tolerating::everything());
    EXPECT_WARN_THAT(answer, AnyOf(HasAnyStatusOf({501, 502, 503, 504, 507}), Not(HasStatusClass(5)))) << path;
  }
}

EXCHANGE_RULE(HttpBehaviour, SendsBodiesAsTheClientTakesThem, "oci.http.content-coding"_requirement) {
  if (!exchange.response || !context.is_of_target(exchange)) throw engine::NotApplicable("no answer of the target");
  const bool plain = first_of(exchange.request.headers, "Accept-Encoding") == "identity";
  if (!plain || exchange.response->body_digest.empty()) throw engine::NotApplicable("no body, or codings are taken");
  EXPECT_THAT(first_of(exchange.response->headers, "Content-Encoding"),
              The("Content-Encoding", AnyOf("identity", IsEmpty())))
      << "although the client takes bodies as they are only";
}

EXCHANGE_RULE(HttpBehaviour, RedirectsAreNoted, "oci.http.redirect"_requirement) {
  if (!exchange.response || !context.is_of_target(exchange)) throw engine::NotApplicable("no answer of the target");
  const int status = exchange.response->status;
  if (status / 100 != 3 || status == 304) throw engine::NotApplicable("no redirect");
  const bool redirects = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  EXPECT_NOTE_THAT(!redirects,
                   Holds("an answer of the registry itself", fmt::format("a redirect with status {}", status)))
      << exchange.request.method << ' ' << exchange.request.url;
}

CONFORMANCE_TEST(HttpBehaviour, RedirectsComeToAnEnd, "oci.http.redirect"_requirement) {
  const auto subject = push(image());
  std::vector<Response> answers = {pull(subject), head(subject)};
  if (met(Gate::kReferrers)) answers.push_back(list_referrers(subject).response);
  // The client follows ten hops; what is still a redirect then is a chain without end.
  for (const auto& answer : answers) EXPECT_WARN_THAT(answer, Not(HasStatusClass(3)));
}

EXCHANGE_RULE(HttpBehaviour, SaysWhenToRetry, "oci.http.retry-after"_requirement) {
  if (!exchange.response || !context.is_of_target(exchange)) throw engine::NotApplicable("no answer of the target");
  if (exchange.response->status != 429) throw engine::NotApplicable("not 429");
  EXPECT_THAT(has_header(*exchange.response, "Retry-After"), Holds("a header Retry-After", "429 without Retry-After"));
}

CONFORMANCE_TEST(HttpBehaviour, AnswersHeadOnTheListLikeGet, "oci.http.head-referrers"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto listed = list_referrers(subject);
  GIVEN_THAT(listed, IsReadableList());

  const auto headed = send({.method = "HEAD", .url = list_url(subject.digest().text(), repository())});

  EXPECT_THAT(headed, HasStatus(200));
  if (headed.status != 200) return;
  EXPECT_THAT(headed, HasBody(""));
  EXPECT_THAT(headed.headers.get("Content-Type"), The("Content-Type", Eq(listed.response.headers.get("Content-Type"))));
}

CONFORMANCE_TEST(HttpBehaviour, RefusesOtherMethodsOnTheList, "oci.http.method-not-allowed"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(referrer));

  for (const char* method : {"POST", "PUT", "DELETE"}) {
    const auto answer =
        send({.method = method, .url = list_url(subject.digest().text(), repository())}, {.statuses = {401, 403}});
    EXPECT_THAT(answer, AllOf(HasStatus(405), HasHeader("Allow"))) << method;
  }
  EXPECT_THAT(list_all(subject), ListsExactly(referrer));
}

CONFORMANCE_TEST(HttpBehaviour, NamesTheNamespaceItUsed, "oci.http.namespace-header"_requirement) {
  const std::string& upstream = session().settings().proxied_host;
  if (upstream.empty()) throw engine::NotConfigured("the target is not declared a proxy");
  const auto subject = push(image());
  const std::string plain = "/v2/" + repository().name + "/manifests/" + subject.digest().text();

  const auto without = get(plain);
  const auto scoped = get(plain + "?ns=" + http::percent_encode(upstream));

  APPLIES_IF(scoped.status != without.status || scoped.body != without.body,
             Holds("an answer that depends on `ns`", "the registry ignores the parameter `ns`, which it may"));
  EXPECT_THAT(scoped, HasHeader("OCI-Namespace", upstream));
}

}  // namespace referee::suites
