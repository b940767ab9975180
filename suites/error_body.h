// Error bodies, as the checks of refusals read them: OCI distribution-spec, "Error Codes".
#pragma once

#include <gmock/gmock.h>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http/message.h"

namespace referee::suites {

/// Whether that Content-Type announces JSON: application/json, or a type that ends with +json.
bool is_json_type(std::string_view content_type);

/// Why the body does not have the form of an error; empty if it has: an object with a non-empty array `errors` of
/// objects, each with a `code` of whatever kind.
std::string fault_of_error_body(const nlohmann::json& body);

/// The `code`s of the body that are strings, in order; none where the body has another form.
std::vector<std::string> error_codes(const nlohmann::json& body);
/// Those of an answer; none where its body is not JSON.
std::vector<std::string> error_codes(const http::Response& response);

/// Whether the code is on the specification's list.
bool is_registered_code(std::string_view code);
/// Whether the code comes from the Docker texts that the list grew from: common, and harmless to clients, but not on
/// it.
bool is_legacy_code(std::string_view code);

MATCHER(HasTheErrorForm,
        negation ? "does not have the form of an error" : "is an object with `errors`, each with a `code`") {
  const std::string fault = fault_of_error_body(arg);
  *result_listener << fault;
  return fault.empty();
}
MATCHER(IsARegisteredCode, negation ? "is not on the list of codes" : "is on the list of codes") {
  return is_registered_code(arg);
}
MATCHER(IsALegacyCode, negation ? "is not a code of earlier texts" : "is a code of earlier texts") {
  return is_legacy_code(arg);
}

}  // namespace referee::suites
