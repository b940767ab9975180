#include "suites/error_body.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "harness/match/response.h"
#include "harness/oci/json.h"

namespace referee::suites {
namespace {

constexpr std::array<std::string_view, 14> kRegisteredCodes = {
    "BLOB_UNKNOWN",          "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID",
    "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID",    "MANIFEST_UNKNOWN",    "NAME_INVALID",
    "NAME_UNKNOWN",          "SIZE_INVALID",        "UNAUTHORIZED",        "DENIED",
    "UNSUPPORTED",           "TOOMANYREQUESTS"};
constexpr std::array<std::string_view, 3> kLegacyCodes = {"TAG_INVALID", "MANIFEST_UNVERIFIED", "EXTENSION_UNKNOWN"};

}  // namespace

bool is_json_type(std::string_view content_type) {
  const std::string type = match::without_parameters(content_type);
  return type == "application/json" || type.ends_with("+json");
}

std::string fault_of_error_body(const nlohmann::json& body) {
  if (!body.is_object()) return "it is not a JSON object";
  const auto errors = body.find("errors");
  if (errors == body.end() || !errors->is_array() || errors->empty()) return "it has no array `errors` with entries";
  for (const auto& error : *errors) {
    if (!error.is_object()) return "an entry of `errors` is not an object";
    if (!error.contains("code")) return "an entry of `errors` has no `code`";
    const auto message = error.find("message");
    const bool said = message != error.end() && !message->is_null();  // null: none, which is allowed
    if (said && !message->is_string()) return "a `message` is not a string";
  }
  return "";
}

std::vector<std::string> error_codes(const nlohmann::json& body) {
  std::vector<std::string> codes;
  const auto errors = body.is_object() ? body.find("errors") : body.end();
  if (errors == body.end() || !errors->is_array()) return codes;
  for (const auto& error : *errors) {
    const bool coded = error.is_object() && error.contains("code") && error.at("code").is_string();
    if (coded) codes.push_back(error.at("code").get<std::string>());
  }
  return codes;
}

std::vector<std::string> error_codes(const http::Response& response) {
  const auto reading = oci::read_json(response.body);
  return reading.value ? error_codes(*reading.value) : std::vector<std::string>{};
}

bool is_registered_code(std::string_view code) {
  return std::ranges::find(kRegisteredCodes, code) != kRegisteredCodes.end();
}

bool is_legacy_code(std::string_view code) { return std::ranges::find(kLegacyCodes, code) != kLegacyCodes.end(); }

}  // namespace referee::suites
