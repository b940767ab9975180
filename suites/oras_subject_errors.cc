// The body of the required 400: OCI distribution-spec, "Error Codes", on PUT of an ORAS artifact manifest.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "suites/oras_contrast.h"

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

// The `code`s of the body; blocked if it has not the form of an error, which is judged elsewhere.
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

}  // namespace

/// The checks of refusals for the subject's sake.
class Refusals : public Contrast {
 public:
  using Contrast::Contrast;

 protected:
  /// The JSON body of the 400 for a missing subject. Skipped if the body is not announced as JSON, or is empty.
  nlohmann::json refused_body() const {
    const auto present = push(image());
    const auto absent = absent_subject(session().fresh_nonce());
    const auto answer = contrast(sbom().refers_to(present), sbom().refers_to(absent)).answer;
    GIVEN_THAT(answer, HasStatus(400));
    if (answer.body.empty() || !is_announced_as_json(answer)) throw engine::NotApplicable("the body is not JSON");
    const auto reading = oci::read_json(answer.body);
    return reading.value ? *reading.value : nlohmann::json();  // what cannot be read is null, which is no error
  }
};

CONFORMANCE_TEST_F(Refusals, OrasSubject, IsRefusedInTheFormOfErrors, "oras.subject.error-body"_requirement) {
  EXPECT_THAT(refused_body(), HasTheFormOfAnError());
}

CONFORMANCE_TEST_F(Refusals, OrasSubject, IsRefusedWithListedCodes, "oras.subject.error-body"_requirement) {
  const auto body = refused_body();
  APPLIES_IF(body, HasTheFormOfAnError());

  EXPECT_THAT(codes_of(body), Each(AnyOf(IsAListedCode(), IsALegacyCode())));
  EXPECT_NOTE_THAT(codes_of(body), Each(Not(IsALegacyCode())));
}

}  // namespace referee::suites
