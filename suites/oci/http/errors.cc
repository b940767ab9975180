// Errors and warnings on every exchange of a run: OCI distribution-spec, "Error Codes" and "Warnings".
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <regex>

#include "harness/http/syntax/url.h"
#include "harness/oci/json.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

constexpr std::array kCodes = {"BLOB_UNKNOWN",          "BLOB_UPLOAD_INVALID", "BLOB_UPLOAD_UNKNOWN", "DIGEST_INVALID",
                               "MANIFEST_BLOB_UNKNOWN", "MANIFEST_INVALID",    "MANIFEST_UNKNOWN",    "NAME_INVALID",
                               "NAME_UNKNOWN",          "SIZE_INVALID",        "UNAUTHORIZED",        "DENIED",
                               "UNSUPPORTED",           "TOOMANYREQUESTS"};
// Of the Docker texts that the list grew from: harmless to clients, but on no list of the specification.
constexpr std::array kLegacyCodes = {"TAG_INVALID", "MANIFEST_UNVERIFIED", "EXTENSION_UNKNOWN"};

std::string header_of(const http::RecordedResponse& response, std::string_view name) {
  for (const auto& line : response.headers) {
    if (http::same_name(line.name, name)) return line.value;
  }
  return "";
}

bool is_json(std::string type) {
  type = type.substr(0, type.find(';'));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  std::ranges::transform(type, type.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return type == "application/json" || type.ends_with("+json");
}

// The JSON body of a 4xx that the target itself gave to anything but HEAD; everything else is none of these rules'
// business: other hosts, other paths, empty bodies, 5xx, other formats.
nlohmann::json error_body(const http::Exchange& exchange, const engine::RuleContext& context) {
  const bool refused = exchange.response && exchange.response->status / 100 == 4;
  if (!refused || exchange.request.method == "HEAD" || !context.is_of_target(exchange))
    throw engine::NotApplicable("no 4xx");
  const auto body = context.bodies.find(exchange.response->body_digest);
  if (!body || body->bytes.empty() || body->capped) throw engine::NotApplicable("no body");
  if (!is_json(header_of(*exchange.response, "Content-Type"))) throw engine::NotApplicable("not announced as JSON");
  const auto reading = oci::read_json(body->bytes);
  return reading.value ? *reading.value : nlohmann::json();  // what cannot be read is null, which has no errors
}

// Why the body has not the form of an error; empty if it has.
std::string fault_of_shape(const nlohmann::json& body) {
  if (!body.is_object()) return "it is no JSON object";
  const auto errors = body.find("errors");
  if (errors == body.end() || !errors->is_array() || errors->empty()) return "it has no array `errors` with entries";
  for (const auto& error : *errors) {
    if (!error.is_object()) return "an entry of `errors` is no object";
    if (!error.contains("code")) return "an entry of `errors` has no `code`";
    const auto message = error.find("message");
    if (message != error.end() && !message->is_string()) return "a `message` is no string";
  }
  return "";
}

// The codes of a body of the right shape; without one the shape's own rule speaks.
std::vector<nlohmann::json> codes_of(const nlohmann::json& body) {
  if (!fault_of_shape(body).empty()) throw engine::NotApplicable("no errors of the right form");
  std::vector<nlohmann::json> codes;
  for (const auto& error : body.at("errors")) codes.push_back(error.at("code"));
  return codes;
}

bool is_upper_snake(const nlohmann::json& code) {
  static const std::regex pattern("^[A-Z_]+$");
  return code.is_string() && std::regex_match(code.get_ref<const std::string&>(), pattern);
}

MATCHER(HasTheErrorForm, negation ? "has not the form of an error" : "is an object with `errors`, each with a `code`") {
  const std::string fault = fault_of_shape(arg);
  *result_listener << fault;
  return fault.empty();
}
MATCHER(IsUpperCaseAndUnderscores, negation ? "is more than A-Z and _" : "consists of A-Z and _") {
  return is_upper_snake(arg);
}
MATCHER(IsARegisteredCode, negation ? "is not on the list of codes" : "is on the list of codes") {
  const auto& code = arg.template get_ref<const std::string&>();
  return std::ranges::find(kCodes, code) != kCodes.end();
}

}  // namespace

EXCHANGE_RULE(Errors, HaveTheSpecifiedJsonForm, "oci.error.json-shape"_requirement) {
  const auto body = error_body(exchange, context);
  EXPECT_THAT(body, HasTheErrorForm());
}

EXCHANGE_RULE(Errors, WriteCodesInUpperCase, "oci.error.code-charset"_requirement) {
  EXPECT_THAT(codes_of(error_body(exchange, context)), Each(IsUpperCaseAndUnderscores()));
}

EXCHANGE_RULE(Errors, UseListedCodes, "oci.error.code-registered"_requirement) {
  for (const auto& code : codes_of(error_body(exchange, context))) {
    if (!is_upper_snake(code)) throw engine::NotApplicable("no code by its letters");
    const bool legacy = std::ranges::find(kLegacyCodes, code.get_ref<const std::string&>()) != kLegacyCodes.end();
    if (legacy) {
      EXPECT_NOTE_THAT(code, IsARegisteredCode());
    } else {
      EXPECT_THAT(code, IsARegisteredCode());
    }
  }
}

namespace {

// The elements of all Warning lines: a comma separates them outside quotes (RFC 7234, section 5.5).
std::vector<std::string> warnings_of(const http::Exchange& exchange, const engine::RuleContext& context) {
  std::vector<std::string> warnings;
  if (!exchange.response || !context.is_of_target(exchange)) return warnings;
  for (const auto& line : exchange.response->headers) {
    if (!http::same_name(line.name, "Warning")) continue;
    bool quoted = false;
    std::string element;
    for (std::size_t i = 0; i < line.value.size(); ++i) {
      const char c = line.value[i];
      if (quoted && c == '\\' && i + 1 < line.value.size()) {
        element += c;
        element += line.value[++i];
        continue;
      }
      if (c == '"') quoted = !quoted;
      if (c == ',' && !quoted) {
        warnings.push_back(std::exchange(element, {}));
      } else if (!(element.empty() && c == ' ')) {
        element += c;
      }
    }
    warnings.push_back(element);
  }
  return warnings;
}

MATCHER(IsARegistryWarning, negation ? "has the form 299 - \"text\"" : "has the form 299 - \"text\", without a date") {
  static const std::regex pattern(R"re(^299 - "(?:[^"\\]|\\.)*"$)re");
  return std::regex_match(arg, pattern);
}

bool is_of_a_cache(const std::string& warning) {
  static const std::regex pattern("^(110|112|113|214) .*");
  return std::regex_match(warning, pattern);
}

}  // namespace

EXCHANGE_RULE(Warnings, HaveTheSpecifiedForm, "oci.warning.format"_requirement) {
  const auto warnings = warnings_of(exchange, context);
  APPLIES_IF(warnings, Not(IsEmpty()));
  for (const auto& warning : warnings) {
    if (is_of_a_cache(warning)) {
      EXPECT_WARN_THAT(warning, IsARegistryWarning());
    } else {
      EXPECT_THAT(warning, IsARegistryWarning());
    }
  }
}

EXCHANGE_RULE(Warnings, StayWithinTheSizeLimit, "oci.warning.size"_requirement) {
  constexpr std::size_t kLimit = 4096;
  std::size_t size = 0;
  if (exchange.response && context.is_of_target(exchange)) {
    for (const auto& line : exchange.response->headers) {
      if (http::same_name(line.name, "Warning")) size += line.value.size();
    }
  }
  APPLIES_IF(size, ::testing::Gt(0u));
  EXPECT_THAT(size, ::testing::Le(kLimit)) << "bytes of warnings on one answer";
}

}  // namespace referee::suites
