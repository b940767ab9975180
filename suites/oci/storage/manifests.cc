// Storing and serving manifests: OCI distribution-spec, "Pushing Manifests", "Pulling Manifests", and "Checking if
// Content Exists"; PUT, GET and HEAD of /v2/<name>/manifests/<reference>.
#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

// The digest verifies against the bytes under its own algorithm; one that cannot be computed here is taken as it is.
MATCHER_P(IsADigestOf, bytes, "is a digest of the manifest") {
  const auto digest = oci::Digest::parse(arg);
  if (!digest) {
    *result_listener << "which is not a digest";
    return false;
  }
  return digest->matches(bytes).value_or(true);
}

class Located : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// That the answer to the push says where the manifest is, and that it is there.
  void expect_location(const Pushed& pushed, const char* which) const {
    GIVEN_EVENTUALLY(pull(pushed), AllOf(HasStatus(200), HasBody(pushed.bytes())));  // else nowhere at all
    EXPECT_THAT(pushed.response, HasHeader("Location")) << which;
    const auto location = pushed.response.headers.get("Location");
    if (!location) return;
    const auto base = http::Url::parse(pushed.response.url);
    const auto target = http::resolve(*base, *location);
    EXPECT_THAT(target.has_value(), Holds("a Location that is a URL", "a Location that is none: " + *location))
        << which;
    if (!target) return;
    const auto ask = [&] {
      http::Request request{.method = "GET", .url = target->text()};
      request.headers.add("Accept", pushed.content.manifest.media_type);
      return send(std::move(request), {.statuses = {401, 403}});
    };
    const auto answer = eventually(ask, HasStatus(200));
    if (!http::same_origin(*base, *target) && (answer.status == 401 || answer.status == 403)) {
      // UNPROVEN: in one process every host is the registry itself; another that wants credentials earns a note only.
      EXPECT_NOTE_THAT(answer, HasStatus(200)) << "another host, which may want credentials of its own";
      return;
    }
    EXPECT_THAT(answer, AllOf(HasStatus(200), HasBody(pushed.bytes()))) << *location << ", " << which;
  }
};

}  // namespace

CONFORMANCE_TEST(Manifests, KeepTheirBytes, "oci.manifest.bytes-exact"_requirement) {
  const auto subject = push(image());
  const auto odd = make(artifact(kSbom).refers_to(subject).oddly_serialized());
  const auto answer = put(odd);
  GIVEN_THAT(answer, HasStatus(201));
  GIVEN_THAT(put(odd, {.tag = tag_named("odd")}), HasStatus(201));
  const auto by_digest = pull(odd.manifest.digest);
  GIVEN_THAT(by_digest, HasStatus(200));
  EXPECT_THAT(by_digest, HasBody(odd.manifest.bytes));
  const auto by_tag = pull(tag_named("odd"));
  GIVEN_THAT(by_tag, HasStatus(200));
  EXPECT_THAT(by_tag, HasBody(odd.manifest.bytes)) << "by tag";
}

CONFORMANCE_TEST(Manifests, KeepUnknownFields, "oci.manifest.bytes-exact"_requirement) {
  const auto subject = push(image());
  const auto strange = make(artifact(kSbom)
                                .refers_to(subject)
                                .with("org.example.unknown", {{"kept", true}})
                                .with_subject_member("org.example.unknown", 1)
                                .oddly_serialized());
  const auto answer = put(strange);
  APPLIES_IF(answer, Not(HasStatusClass(4)));  // refusing them is another rule's
  GIVEN_THAT(answer, HasStatus(201));
  const auto pulled = pull(strange.manifest.digest);
  GIVEN_THAT(pulled, HasStatus(200));
  EXPECT_THAT(pulled, HasBody(strange.manifest.bytes));
}

CONFORMANCE_TEST_F(Located, Manifests, HaveALocationThatCanBePulled, "oci.manifest.location"_requirement) {
  const auto subject = push(image());
  expect_location(push(artifact(kSbom).refers_to(subject)), "of a push by digest");
  expect_location(push(artifact(kSbom).refers_to(subject), {.tag = tag_named("located")}), "of a push by tag");
  expect_location(push(index({image()}), {.tag = tag_named("index")}), "of a push of an index by tag");
}

CONFORMANCE_TEST(Manifests, AcknowledgeTheirDigest, "oci.manifest.content-digest-put"_requirement) {
  const auto subject = push(image());
  const auto by_digest = push(artifact(kSbom).refers_to(subject).oddly_serialized());
  const auto by_tag = push(artifact(kSbom).refers_to(subject).oddly_serialized(), {.tag = tag_named("tagged")});
  const auto first = by_digest.response.headers.get(oci::kContentDigestHeader);
  const auto second = by_tag.response.headers.get(oci::kContentDigestHeader);
  APPLIES_IF(first.has_value() || second.has_value(), Holds("a push that is answered with Docker-Content-Digest",
                                                            "pushes are answered without Docker-Content-Digest"));
  // Elsewhere the check is repeated with tags alone.
  const bool named = by_digest.response.url.ends_with(by_digest.digest().text());
  if (first && named) {
    EXPECT_THAT(*first, The("Docker-Content-Digest", Eq(by_digest.digest().text()))) << "pushed by digest";
  }
  if (second) {
    EXPECT_THAT(*second, The("Docker-Content-Digest", IsADigestOf(by_tag.bytes()))) << "pushed by tag";
  }
}

CONFORMANCE_TEST(Manifests, AreRefusedUnderAnotherDigest, "oci.manifest.digest-mismatch-400"_requirement) {
  const auto subject = push(image());
  const auto content = make(artifact(kSbom).refers_to(subject));
  push_parts(content, repository());
  const auto wrong = content::fresh_digest(session().fresh_nonce());
  const auto answer = put_manifest(content.manifest, wrong, repository());
  const auto stored = pull(wrong);
  session().pushed_manifest(repository(), wrong);  // for cleanup, should it be there
  EXPECT_THAT(answer, HasStatusClass(4));
  EXPECT_WARN_THAT(answer, HasStatus(400));
  EXPECT_THAT(stored, Not(HasStatus(200))) << "under the digest of the URL";
  if (answer.status / 100 == 4) {
    EXPECT_THAT(pull(content.manifest.digest), Not(HasStatus(200))) << "under the digest of the bytes, after a refusal";
  }
}

CONFORMANCE_TEST(Manifests, ArePulledByDigestAndTag, "oci.manifest.get-200"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  push(referrer.content, {.tag = tag_named("tagged")});
  EXPECT_EVENTUALLY(pull(referrer), AllOf(HasStatus(200), HasBody(referrer.bytes())));
  EXPECT_EVENTUALLY(pull(tag_named("tagged")), AllOf(HasStatus(200), HasBody(referrer.bytes())));
}

// Whether a digest needs a tag: one that never had any, and one that lost its only one without being deleted itself.
CONFORMANCE_TEST(Manifests, ArePulledByDigestWithoutATag, "oci.manifest.get-200"_requirement) {
  const auto tagged = push(image(), {.tag = tag_named("tagged")});
  GIVEN_EVENTUALLY(pull(tagged), HasStatus(200));
  for (const auto& untagged : {push(image()), push(artifact(kSbom).refers_to(tagged)), push(index({tagged}))}) {
    EXPECT_EVENTUALLY(pull(untagged), AllOf(HasStatus(200), HasBody(untagged.bytes())))
        << "a manifest that was pushed by digest only";
  }
}

CONFORMANCE_TEST(Manifests, AreNotFoundInAnotherRepository, "oci.manifest.get-404-in-repo"_requirement) {
  push(image());  // the repository exists
  const auto subject = push(image(), {.in = other_repository()});
  const auto elsewhere = push(artifact(kSbom).refers_to(subject), {.in = other_repository()});
  GIVEN_EVENTUALLY(pull(elsewhere), HasStatus(200));
  EXPECT_THAT(pull(elsewhere.digest(), repository()), HasStatus(404));
  if (head(elsewhere).status == 200) {  // HEAD works at all
    EXPECT_THAT(head(elsewhere.digest(), repository()), HasStatus(404));
  }
}

// Who just pulled from the repository may read there: what is not there is not hidden.
CONFORMANCE_TEST(Manifests, AreNotFoundByWhoMayPull, "oci.manifest.get-404-in-repo"_requirement) {
  const auto present = push(image());
  GIVEN_EVENTUALLY(pull(present), HasStatus(200));
  const auto absent = content::fresh_digest(session().fresh_nonce()).text();
  for (const auto& reference : {absent, session().fresh_nonce()}) {
    http::Request request{.method = "GET", .url = url("/v2/" + repository().name + "/manifests/" + reference)};
    request.headers.add("Accept", std::string(oci::kImageManifest));
    const auto answer = send(std::move(request), {.statuses = {401, 403}});
    GIVEN_THAT(answer, Not(HasStatus(200)));
    EXPECT_THAT(answer, HasStatus(404)) << reference << ", which was never pushed, while another manifest was served";
  }
}

CONFORMANCE_TEST(Manifests, AreNotInAnUnknownRepository, "oci.manifest.unknown-repo-404"_requirement) {
  const auto referrer = push(artifact(kSbom).refers_to(push(image())));
  http::Request request{.method = "GET",
                        .url = url("/v2/" + session().never_pushed().name + "/manifests/" + referrer.digest().text())};
  request.headers.add("Accept", std::string(oci::kImageManifest));
  const auto answer = send(std::move(request), {.statuses = {401, 403}});
  APPLIES_IF(answer, Not(HasStatus(200)));  // served from elsewhere: the rule about this repository's manifests
  EXPECT_THAT(answer, HasAnyStatusOf({404, 401, 403}));
}

CONFORMANCE_TEST(Manifests, AnswerHead, "oci.manifest.head-200"_requirement) {
  const auto referrer = push(artifact(kSbom).refers_to(push(image())));
  GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
  const auto absent = content::absent_subject(session().fresh_nonce());
  GIVEN_THAT(pull(absent.digest), HasStatus(404));
  for (int look = 1; look <= 2; ++look) {
    EXPECT_THAT(head(referrer), AllOf(HasStatus(200), HasBody(""))) << "at look " << look;
    EXPECT_THAT(head(absent.digest, repository()), HasStatus(404)) << "never pushed, at look " << look;
  }
}

CONFORMANCE_TEST(Manifests, CarryTheirDigest, "oci.manifest.get-content-digest"_requirement) {
  const auto referrer = push(artifact(kSbom).refers_to(push(image())), {.tag = tag_named("tagged")});
  GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
  // Each twice: the second answer may come from elsewhere.
  for (const auto& answer : {pull(referrer), head(referrer), pull(tag_named("tagged")), pull(referrer), head(referrer),
                             pull(tag_named("tagged"))}) {
    GIVEN_THAT(answer, HasStatus(200));
    if (answer.method == "GET") GIVEN_THAT(answer, HasBody(referrer.bytes()));  // other bytes: another rule's
    const auto digest = answer.headers.get(oci::kContentDigestHeader);
    EXPECT_THAT(answer, HasHeader(oci::kContentDigestHeader)) << "on " << answer.method;
    if (digest) {
      EXPECT_FAIL_THAT(*digest, The("Docker-Content-Digest", IsADigestOf(referrer.bytes()))) << answer.method;
    }
  }
}

CONFORMANCE_TEST(Manifests, ReportTheirSize, "oci.manifest.head-content-length"_requirement) {
  const auto referrer = push(artifact(kSbom).refers_to(push(image())));
  const std::string size = std::to_string(referrer.bytes().size());
  const auto answer = head(referrer);
  GIVEN_THAT(answer, HasStatus(200));
  APPLIES_IF(answer, Not(HasHeader("Content-Encoding")));  // then it is the length of what is encoded
  EXPECT_THAT(answer.headers.get("Content-Length"), The("Content-Length", Optional(size)));

  http::Request compressed{.method = "HEAD",
                           .url = url("/v2/" + repository().name + "/manifests/" + referrer.digest().text())};
  compressed.headers.add("Accept", std::string(oci::kImageManifest));
  compressed.headers.add("Accept-Encoding", "gzip");
  const auto offered = send(std::move(compressed));
  GIVEN_THAT(offered, HasStatus(200));
  if (!offered.headers.has("Content-Encoding")) {
    EXPECT_THAT(offered.headers.get("Content-Length"), The("Content-Length", Optional(size)))
        << "when gzip is offered but not used";
  }
}

CONFORMANCE_TEST(Manifests, HaveOneTypeForGetAndHead, "oci.manifest.head-content-type"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject), {.tag = tag_named("typed")});
  const auto list = push(index({image()}).refers_to(subject));
  const std::vector<engine::Reference> references = {referrer.digest(), tag_named("typed"), list.digest()};
  for (const auto& reference : references) {
    for (int look = 1; look <= 2; ++look) {
      GIVEN_EVENTUALLY(pull(reference), HasStatus(200));
      const auto pulled = pull(reference);
      const auto asked = head(reference, repository());
      GIVEN_THAT(pulled, HasStatus(200));
      GIVEN_THAT(asked, HasStatus(200));
      const auto type = pulled.headers.get("Content-Type");
      GIVEN_THAT(type.has_value(), Holds("a Content-Type of GET", "GET of the manifest has no Content-Type"));
      // RFC 9110 lets HEAD leave out what is found out only while content is made; storage has its own types.
      if (!asked.headers.has("Content-Type") || pulled.url != asked.url) continue;
      EXPECT_THAT(asked.headers.get("Content-Type"), The("Content-Type", Optional(*type)))
          << "of HEAD of " << reference.text << ", as of GET, at look " << look;
    }
  }
}

CONFORMANCE_TEST(Manifests, KeepTheirType, "oci.manifest.get-content-type"_requirement) {
  const auto subject = push(image());
  for (const auto& pushed : {push(artifact(kSbom).refers_to(subject)), push(index({image()}).refers_to(subject))}) {
    for (int look = 1; look <= 2; ++look) {
      const auto answer = pull(pushed);
      GIVEN_THAT(answer, HasStatus(200));
      EXPECT_THAT(answer.headers.get("Content-Type"), The("Content-Type", Optional(pushed.descriptor().media_type)))
          << "at look " << look;
    }
  }
}

}  // namespace referee::suites
