// Blobs that artifacts need: OCI distribution-spec, "Pushing Blobs" and "Pulling Blobs"; /v2/<name>/blobs/.
#include "harness/http/syntax/url.h"
#include "harness/spec/literals/image.h"
#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

constexpr const char* kNoUpload = "no blob upload can be opened here, which Blobs.CanBeUploadedInTwoSteps judges";

class Blobs : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  struct Upload {
    Response opened;
    std::optional<Response> closed;  // nothing if there was no Location to close it at
  };

  /// The two steps, unjudged. The digest is sent as given, percent-encoded.
  Upload upload(const std::string& bytes, const std::string& digest) const {
    Upload upload{send({.method = "POST", .url = url("/v2/" + repository().name + "/blobs/uploads/")}), {}};
    const auto location = upload.opened.headers.get("Location");
    const auto base = http::Url::parse(upload.opened.url);
    auto target = location && base ? http::resolve(*base, *location) : std::nullopt;
    if (upload.opened.status != 202 || !target) return upload;
    target->query += (target->query.empty() ? "digest=" : "&digest=") + http::percent_encode(digest, ":");
    target->has_query = true;
    http::Request close{.method = "PUT", .url = target->text(), .body = bytes};
    close.headers.add("Content-Type", "application/octet-stream");
    session().pushed_blob(repository(), oci::Digest::verbatim(digest));
    upload.closed = send(std::move(close));
    return upload;
  }

  std::string fresh_bytes() const { return "sixteen and more " + session().fresh_nonce(); }
};

}  // namespace

CONFORMANCE_TEST_F(Blobs, Blobs, CanBeUploadedInTwoSteps, "oci.blob.upload-for-artifact"_requirement) {
  for (const auto& blob : {content::empty_blob(), oci::Blob::of("application/octet-stream", fresh_bytes())}) {
    for (const char* time : {"the first", "the second"}) {
      const auto [opened, closed] = upload(blob.bytes, blob.digest.text());
      // UNPROVEN: where no upload can be opened, the first look at the target ends the run before any check.
      EXPECT_THAT(opened, AllOf(HasStatus(202), HasHeader("Location"))) << time << " upload";
      if (!closed) return;
      EXPECT_THAT(*closed, AllOf(HasStatus(201), HasHeader("Location"))) << time << " upload";
      if (closed->status / 100 != 2) continue;
      EXPECT_EVENTUALLY(head_blob(blob.digest, repository()), HasStatus(200));
    }
  }
}

CONFORMANCE_TEST_F(Blobs, Blobs, ReportTheirSize, "oci.blob.head-content-length"_requirement) {
  for (const auto& blob : {content::empty_blob(), content::small_blob()}) {
    push_blob(blob);
    const auto answer = head_blob(blob.digest, repository());
    GIVEN_THAT(answer, HasStatus(200));
    APPLIES_IF(answer, Not(HasHeader("Content-Encoding")));  // then it is the length of what is encoded
    EXPECT_THAT(answer.headers.get("Content-Length"),
                The("Content-Length", Optional(std::to_string(blob.bytes.size()))));
  }
}

CONFORMANCE_TEST_F(Blobs, Blobs, CarryTheirDigest, "oci.blob.content-digest"_requirement) {
  const auto& blob = content::small_blob();
  push_blob(blob);
  for (const auto& answer : {pull_blob(blob.digest, repository()), head_blob(blob.digest, repository())}) {
    GIVEN_THAT(answer, HasStatus(200));
    const auto named = answer.headers.get(oci::kContentDigestHeader);
    const auto own = http::Url::parse(answer.url);
    const auto target = http::Url::parse(session().client().base());
    if (!named && !http::same_origin(*own, *target)) {
      throw engine::NotApplicable("the blob is served by another host, whose headers are its own");
    }
    EXPECT_THAT(answer, HasHeader(oci::kContentDigestHeader)) << "on " << answer.method;
    if (!named) continue;
    const auto digest = oci::Digest::parse(*named);
    EXPECT_FAIL_THAT(digest && digest->matches(blob.bytes).value_or(true),
                     Holds("the digest of the blob in Docker-Content-Digest", "Docker-Content-Digest: " + *named));
  }
}

CONFORMANCE_TEST_F(Blobs, Blobs, RejectMalformedDigests, "oci.blob.bad-digest-400"_requirement) {
  for (const std::string& digest :
       std::vector<std::string>{"sha256:xyz", "notadigest", std::string(kMultihashExample)}) {
    const auto [opened, closed] = upload(fresh_bytes(), digest);
    GIVEN_THAT(closed.has_value(), Holds("an upload that can be closed", kNoUpload));
    EXPECT_THAT(*closed, HasStatus(400)) << digest;
    if (closed->status / 100 != 2) continue;
    const auto stored = head_blob(oci::Digest::verbatim(digest), repository());
    EXPECT_THAT(stored, Not(HasStatus(200))) << "stored under " << digest;
  }
}

CONFORMANCE_TEST_F(Blobs, Blobs, AreVerified, "img.digest.sha256-verified"_requirement) {
  const auto wrong = content::fresh_digest(session().fresh_nonce());
  const auto [opened, closed] = upload(fresh_bytes(), wrong.text());
  GIVEN_THAT(closed.has_value(), Holds("an upload that can be closed", kNoUpload));
  EXPECT_THAT(*closed, HasStatusClass(4)) << "an upload closed with the digest of other bytes";
  EXPECT_THAT(head_blob(wrong, repository()), Not(HasStatus(200))) << "under the digest of other bytes";
  if (closed->status / 100 == 4) {
    EXPECT_WARN_THAT(*closed, HasStatus(400));
  }
}

}  // namespace referee::suites
