// The body of the required 400: OCI distribution-spec, "Error Codes", on PUT of an ORAS artifact manifest.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

constexpr std::array kCodes = {"BLOB_UNKNOWN",          "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID",
                               "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID",    "MANIFEST_UNKNOWN",    "NAME_INVALID",
                               "NAME_UNKNOWN",          "SIZE_INVALID",        "UNAUTHORIZED",        "DENIED",
                               "UNSUPPORTED",           "TOOMANYREQUESTS"};
// Harmless to clients, and common, but not on the list.
constexpr std::array kLegacyCodes = {"TAG_INVALID", "MANIFEST_UNVERIFIED", "EXTENSION_UNKNOWN"};

bool is_announced_as_json(const Response& response) {
  std::string type = response.headers.get("Content-Type").value_or("");
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  return type == "application/json" || type.ends_with("+json");
}

// The `code`s of a body that has the form of an error.
std::vector<std::string> codes_of(const nlohmann::json& body) {
  std::vector<std::string> codes;
  for (const auto& error : body.at("errors")) codes.push_back(error.at("code").get<std::string>());
  return codes;
}

std::string fault_of_shape(const nlohmann::json& body) {
  if (!body.is_object()) return "it is no JSON object";
  const auto errors = body.find("errors");
  if (errors == body.end() || !errors->is_array() || errors->empty()) return "it has no list `errors` with entries";
  for (const auto& error : *errors) {
    const bool coded = error.is_object() && error.contains("code") && error.at("code").is_string();
    if (!coded) return "an entry of `errors` has no `code` of text";
    if (error.contains("message") && !error.at("message").is_string()) return "a `message` is no string";
  }
  return "";
}

MATCHER(HasTheFormOfAnError,
        negation ? "has not the form of an error" : "is an object with `errors`, each with a `code`") {
  const std::string fault = fault_of_shape(arg);
  *result_listener << fault;
  return fault.empty();
}
MATCHER(IsAListedCode, negation ? "is not on the list of codes" : "is on the list of codes") {
  return std::ranges::find(kCodes, arg) != kCodes.end();
}
MATCHER(IsALegacyCode, "is a code of the texts before") {
  return std::ranges::find(kLegacyCodes, arg) != kLegacyCodes.end();
}

/// The checks of refusals for the subject's sake.
class Refusals : public PairedPush {
 public:
  using PairedPush::PairedPush;

 protected:
  /// The JSON bodies of the 400s for a missing subject, a blob as subject and a malformed one. Skipped if none of the
  /// bodies is announced as JSON, blocked if none of them is answered 400.
  std::vector<nlohmann::json> refused_bodies() const {
    const auto present = push(image());
    const auto blob = fresh_blob("application/octet-stream", session().fresh_nonce());
    push_blob(blob);
    const Document refused[] = {sbom().refers_to(absent_subject(session().fresh_nonce())),
                                sbom().refers_to(posing_as_manifest(blob)), sbom().refers_to_verbatim("no descriptor")};
    std::vector<Response> answers;
    for (const auto& document : refused) answers.push_back(push_pair(sbom().refers_to(present), document).answer);
    GIVEN_THAT(answers, Contains(HasStatus(400)));
    std::vector<nlohmann::json> bodies;
    for (const auto& answer : answers) {
      if (answer.status != 400 || answer.body.empty() || !is_announced_as_json(answer)) continue;
      const auto reading = oci::read_json(answer.body);
      bodies.push_back(reading.value ? *reading.value : nlohmann::json());  // null, which is no error, if unreadable
    }
    if (bodies.empty()) throw engine::NotApplicable("the bodies are not JSON");
    return bodies;
  }
};

}  // namespace

CONFORMANCE_TEST_F(Refusals, OrasSubject, IsRefusedWithAnErrorBody, "oras.subject.error-body"_requirement) {
  EXPECT_THAT(refused_bodies(), Each(HasTheFormOfAnError()));
}

CONFORMANCE_TEST_F(Refusals, OrasSubject, IsRefusedWithListedCodes, "oras.subject.error-body"_requirement) {
  const auto bodies = refused_bodies();
  APPLIES_IF(bodies, Each(HasTheFormOfAnError()));

  for (const auto& body : bodies) {
    EXPECT_THAT(codes_of(body), Each(AnyOf(IsAListedCode(), IsALegacyCode())));
    EXPECT_NOTE_THAT(codes_of(body), Each(Not(IsALegacyCode())));
  }
}

}  // namespace referee::suites
