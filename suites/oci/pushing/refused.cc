// What a push leaves behind that was refused, and what an accepted one leaves alone: OCI distribution-spec, "Pushing
// Manifests", "Push" and "Error Codes"; PUT /v2/<name>/manifests/<reference>.
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {
namespace {

constexpr std::size_t kAboveCommonLimits = 4 * 1024 * 1024 + 1;  // most registries stop at 4 MiB or before
constexpr const char* kMissing = "MANIFEST_BLOB_UNKNOWN";
constexpr const char* kMissingBlob = "BLOB_UNKNOWN";

// The words in which the row speaks of a refusal's codes; the text itself links to the entry of BLOB_UNKNOWN.
void judge_codes(const Response& answer) {
  if (answer.status / 100 == 2) return;
  EXPECT_WARN_THAT(answer, HasStatusClass(4));
  if (answer.status / 100 != 4) return;
  const auto codes = error_codes(answer);
  EXPECT_WARN_THAT(codes, Contains(kMissing)) << "in the answer " << ::testing::PrintToString(answer);
  if (codes.empty()) return;
  EXPECT_FAIL_THAT(codes, AnyOf(Contains(kMissing), Contains(kMissingBlob)))
      << "in the answer " << ::testing::PrintToString(answer);
}

// What must be the same before and after; dates, ages and cookies are not among it.
std::vector<std::string> essence(const Response& response) {
  return {std::to_string(response.status), response.headers.get("Content-Type").value_or("no Content-Type"),
          response.headers.get(oci::kContentDigestHeader).value_or("no digest"), oci::Digest::of(response.body).text()};
}

}  // namespace

std::vector<std::string> error_codes(const Response& response) {
  std::vector<std::string> codes;
  const auto reading = oci::read_json(response.body);
  if (!reading.value || !reading.value->is_object() || !reading.value->contains("errors")) return codes;
  const auto& errors = reading.value->at("errors");
  if (!errors.is_array()) return codes;
  for (const auto& error : errors) {
    if (error.is_object() && error.contains("code") && error["code"].is_string()) codes.push_back(error["code"]);
  }
  return codes;
}

CONFORMANCE_TEST(RefusedPush, LeavesNoTraceOfAWrongDigest, "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto wrong = fresh_digest(session().fresh_nonce());
  const auto refused = make(artifact(kSbom).refers_to(subject));
  APPLIES_IF(put_manifest(refused.manifest, wrong, repository()), HasStatusClass(4));

  EXPECT_THAT(pull(wrong), Not(HasStatusClass(2)));
  EXPECT_THAT(pull(refused.manifest.digest), Not(HasStatusClass(2)));
  if (!met(Gate::kReferrers)) return;
  const auto later = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(later));
  EXPECT_THAT(list_all(subject), AllOf(Not(Lists(refused)), Not(Lists(wrong))));
}

CONFORMANCE_TEST(RefusedPush, LeavesNoTraceOfAnOversizedManifest, "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto refused = make(artifact(kSbom).refers_to(subject).padded_to(kAboveCommonLimits));
  APPLIES_IF(put(refused), HasStatusClass(4));

  EXPECT_THAT(pull(refused.manifest.digest), Not(HasStatusClass(2)));
  if (!met(Gate::kReferrers)) return;
  const auto later = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(later));
  EXPECT_THAT(list_all(subject), Not(Lists(refused)));
}

CONFORMANCE_TEST(RefusedPush, LeavesNoTraceOfAManifestWithAMissingBlob,
                 "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto refused = make(artifact(kSbom).refers_to(subject).with_missing_layer());
  APPLIES_IF(put(refused), HasStatusClass(4));

  EXPECT_THAT(pull(refused.manifest.digest), Not(HasStatusClass(2)));
  if (!met(Gate::kReferrers)) return;
  const auto later = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(later));
  EXPECT_THAT(list_all(subject), Not(Lists(refused)));
}

CONFORMANCE_TEST(RefusedPush, LeavesNoTraceOfBrokenJson, "oci.subject.failed-push-not-listed"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto refused = make(artifact(kSbom).refers_to(subject).serialized_as(cut_short));
  APPLIES_IF(put(refused), HasStatusClass(4));

  EXPECT_THAT(pull(refused.manifest.digest), Not(HasStatusClass(2)));
  if (!met(Gate::kReferrers)) return;
  const auto later = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(later));
  EXPECT_THAT(list_all(subject), Not(Lists(refused)));
}

CONFORMANCE_TEST(Subject, IsUnchangedByAReferrer, "oci.subject.subject-untouched"_requirement) {
  const auto subject = push(image(), {.tag = "subject"});
  const auto by_tag = pull("subject");
  const auto by_digest = pull(subject);
  GIVEN_THAT(by_tag, HasStatus(200));
  GIVEN_THAT(by_digest, HasStatus(200));
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(referrer));

  EXPECT_THAT(essence(pull("subject")), Eq(essence(by_tag))) << "asked by its tag, after a referrer was pushed";
  EXPECT_THAT(essence(pull(subject)), Eq(essence(by_digest))) << "asked by its digest, after a referrer was pushed";
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
