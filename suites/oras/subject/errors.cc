// The body of the required 400: OCI distribution-spec, "Error Codes", on PUT of an ORAS artifact manifest.
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "harness/spec/literals/oras.h"
#include "suites/error_body.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

// The form of an error in which each code is a text, so that it can be looked up.
MATCHER(HasErrorsWithCodes,
        negation ? "does not have the form of an error" : "is an object with `errors`, each with a `code` of text") {
  std::string fault = fault_of_error_body(arg);
  if (fault.empty() && error_codes(arg).size() != arg.at("errors").size()) fault = "a `code` is not a string";
  *result_listener << fault;
  return fault.empty();
}

/// The checks of refusals for the subject's sake.
class Refusals : public PairedPush {
 public:
  using PairedPush::PairedPush;

 protected:
  /// The JSON bodies of the 400s for a missing subject, a blob as subject and a malformed one. Skipped if none of the
  /// bodies is JSON, blocked if none of them is answered 400.
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
      const auto reading = oci::read_json(answer.body);
      // JSON is judged whatever it is announced as; anything else only where it is announced as JSON.
      const bool json = is_json_type(answer.headers.get("Content-Type").value_or("")) ||
                        (reading.value && reading.value->is_object());
      if (answer.status != 400 || answer.body.empty() || !json) continue;
      bodies.push_back(reading.value ? *reading.value
                                     : nlohmann::json());  // null, which is not an error, if unreadable
    }
    if (bodies.empty()) throw engine::NotApplicable("the bodies are not JSON");
    return bodies;
  }
};

}  // namespace

CONFORMANCE_TEST_F(Refusals, OrasSubject, IsRefusedWithAnErrorBody, "oras.subject.error-body"_requirement) {
  EXPECT_THAT(refused_bodies(), The("body", Each(HasErrorsWithCodes())));
}

CONFORMANCE_TEST_F(Refusals, OrasSubject, IsRefusedWithListedCodes, "oras.subject.error-body"_requirement) {
  const auto bodies = refused_bodies();
  APPLIES_IF(bodies, The("body", Each(HasErrorsWithCodes())));

  for (const auto& body : bodies) {
    EXPECT_THAT(error_codes(body), The("error code", Each(AnyOf(IsARegisteredCode(), IsALegacyCode()))));
    EXPECT_NOTE_THAT(error_codes(body), The("error code", Each(Not(IsALegacyCode()))));
  }
}

}  // namespace referee::suites
