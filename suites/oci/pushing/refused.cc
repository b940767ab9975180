// What a push leaves behind that was refused, and what an accepted one leaves alone: OCI distribution-spec, "Pushing
// Manifests", "Push" and "Error Codes"; PUT /v2/<name>/manifests/<reference>.
#include "harness/spec/literals/oci.h"
#include "suites/error_body.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

constexpr std::size_t kAboveCommonLimits = 4 * 1024 * 1024 + 1;  // most registries stop at 4 MiB or before
constexpr const char* kMissing = "MANIFEST_BLOB_UNKNOWN";
constexpr const char* kMissingBlob = "BLOB_UNKNOWN";

// The words that the row uses for a refusal's codes; the text itself links to the entry of BLOB_UNKNOWN.
void judge_codes(const Response& answer) {
  if (answer.status / 100 == 2) return;
  EXPECT_WARN_THAT(answer, HasStatusClass(4));
  if (answer.status / 100 != 4) return;
  const auto codes = error_codes(answer);
  EXPECT_WARN_THAT(codes, The("error code", Contains(kMissing)))
      << "in the answer " << ::testing::PrintToString(answer);
  if (codes.empty()) return;
  EXPECT_FAIL_THAT(codes, The("error code", Contains(AnyOf(kMissing, kMissingBlob))))
      << "in the answer " << ::testing::PrintToString(answer);
}

// What must be the same before and after; dates, ages and cookies are not among it.
std::vector<std::string> essence(const Response& response) {
  return {std::to_string(response.status), response.headers.get("Content-Type").value_or("no Content-Type"),
          response.headers.get(oci::kContentDigestHeader).value_or("no digest"), oci::Digest::of(response.body).text()};
}

class RefusedPush : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// A subject on which a plain referrer was accepted.
  Pushed subject_with_referrer() const {
    auto subject = push(image());
    push(artifact(kSbom).refers_to(subject));
    return subject;
  }

  /// None of those digests can be pulled, and the subject's list names none of them.
  void expect_no_trace(const Pushed& subject, const std::vector<oci::Digest>& digests) const {
    for (const auto& digest : digests) EXPECT_THAT(pull(digest), Not(HasStatusClass(2)));
    if (!met(Gate::kReferrers)) return;
    const auto later = push(artifact(kSbom).refers_to(subject));
    GIVEN_EVENTUALLY(list_all(subject), Lists(later));
    const auto listing = list_all(subject);
    for (const auto& digest : digests) EXPECT_THAT(listing, Not(Lists(digest)));
  }

  /// Pushes the document, and looks for traces of it; skipped unless it is refused.
  void expect_no_trace(const Pushed& subject, const Document& document) const {
    const auto refused = make(document);
    APPLIES_IF(put(refused), HasStatusClass(4));
    expect_no_trace(subject, std::vector{refused.manifest.digest});
  }
};

}  // namespace

CONFORMANCE_TEST_F(RefusedPush, RefusedPush, LeavesNoTraceOfAWrongDigest,
                   "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = subject_with_referrer();
  const auto wrong = fresh_digest(session().fresh_nonce());
  const auto refused = make(artifact(kSbom).refers_to(subject));
  APPLIES_IF(put_manifest(refused.manifest, wrong, repository()), HasStatusClass(4));

  expect_no_trace(subject, {wrong, refused.manifest.digest});
}

CONFORMANCE_TEST_F(RefusedPush, RefusedPush, LeavesNoTraceOfAnOversizedManifest,
                   "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = subject_with_referrer();
  expect_no_trace(subject, artifact(kSbom).refers_to(subject).padded_to(kAboveCommonLimits));
}

CONFORMANCE_TEST_F(RefusedPush, RefusedPush, LeavesNoTraceOfAManifestWithAMissingBlob,
                   "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = subject_with_referrer();
  expect_no_trace(subject, artifact(kSbom).refers_to(subject).with_missing_layer());
}

CONFORMANCE_TEST_F(RefusedPush, RefusedPush, LeavesNoTraceOfBrokenJson,
                   "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = subject_with_referrer();
  expect_no_trace(subject, artifact(kSbom).refers_to(subject).serialized_as(cut_short));
}

CONFORMANCE_TEST(Subject, IsUnchangedByAReferrer, "oci.subject.subject-untouched"_requirement) {
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto by_tag = pull(tag_named("subject"));
  const auto by_digest = pull(subject);
  GIVEN_THAT(by_tag, HasStatus(200));
  GIVEN_THAT(by_digest, HasStatus(200));
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(referrer));

  EXPECT_THAT(essence(pull(tag_named("subject"))), The("part of the answer", Eq(essence(by_tag))))
      << "asked by its tag, after a referrer was pushed";
  EXPECT_THAT(essence(pull(subject)), The("part of the answer", Eq(essence(by_digest))))
      << "asked by its digest, after a referrer was pushed";
}

CONFORMANCE_TEST(MissingContent, IsReportedForABlob, "oci.subject.blob-missing-code"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));

  judge_codes(put(make(artifact(kSbom).refers_to(subject).with_missing_layer())));
}

CONFORMANCE_TEST(MissingContent, IsReportedForAChild, "oci.subject.blob-missing-code"_requirement) {
  const auto subject = push(image());
  push(index({image()}, kSbom).refers_to(subject));

  judge_codes(put(make(index({}, kSbom).refers_to(subject).with_missing_child())));
}

}  // namespace referee::suites
