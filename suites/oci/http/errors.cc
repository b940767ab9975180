// Errors and warnings on every exchange of a run: OCI distribution-spec, "Error Codes" and "Warnings".
#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "harness/spec/literals/oci.h"
#include "suites/error_body.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

std::string header_of(const http::RecordedResponse& response, std::string_view name) {
  for (const auto& line : response.headers) {
    if (http::same_name(line.name, name)) return line.value;
  }
  return "";
}

// The JSON body of a 4xx that the target itself gave to anything but HEAD. These rules skip everything else: other
// hosts, other paths, empty bodies, 5xx, other formats than JSON.
nlohmann::json error_body(const http::Exchange& exchange, const engine::RuleContext& context) {
  const bool refused = exchange.response && exchange.response->status / 100 == 4;
  if (!refused || exchange.request.method == "HEAD" || !context.is_of_api(exchange))
    throw engine::NotApplicable("no 4xx");
  const auto body = context.bodies.find(exchange.response->body_digest);
  if (!body || body->bytes.empty() || body->capped) throw engine::NotApplicable("no body");
  const auto reading = oci::read_json(body->bytes);
  // The form binds what is in JSON format, whatever it is announced as: some announce it as text.
  const bool announced = is_json_type(header_of(*exchange.response, "Content-Type"));
  if (!announced && !(reading.value && reading.value->is_object()))
    throw engine::NotApplicable("neither announced as JSON nor a JSON object");
  return reading.value ? *reading.value : nlohmann::json();  // what cannot be read is null, which has no errors
}

// The codes of a body of the right shape; without one the rule on the shape judges it.
std::vector<nlohmann::json> codes_of(const nlohmann::json& body) {
  if (!fault_of_error_body(body).empty()) throw engine::NotApplicable("no errors of the right form");
  std::vector<nlohmann::json> codes;
  for (const auto& error : body.at("errors")) codes.push_back(error.at("code"));
  return codes;
}

bool is_upper_snake(const nlohmann::json& code) {
  const auto* text = code.get_ptr<const std::string*>();
  return text != nullptr && !text->empty() &&
         std::ranges::all_of(*text, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
}

MATCHER(IsUpperCaseAndUnderscores, negation ? "is more than A-Z and _" : "consists of A-Z and _") {
  return is_upper_snake(arg);
}
}  // namespace

EXCHANGE_RULE(Errors, HaveTheSpecifiedJsonForm, "oci.error.json-shape"_requirement) {
  const auto body = error_body(exchange, context);
  EXPECT_THAT(body, HasTheErrorForm());
}

EXCHANGE_RULE(Errors, WriteCodesInUpperCase, "oci.error.code-charset"_requirement) {
  EXPECT_THAT(codes_of(error_body(exchange, context)), The("error code", Each(IsUpperCaseAndUnderscores())));
}

EXCHANGE_RULE(Errors, UseListedCodes, "oci.error.code-registered"_requirement) {
  for (const auto& code : codes_of(error_body(exchange, context))) {
    if (!is_upper_snake(code)) throw engine::NotApplicable("no code by its letters");
    const auto& text = code.get_ref<const std::string&>();
    if (is_legacy_code(text)) {
      EXPECT_NOTE_THAT(text, The("error code", IsARegisteredCode()));
    } else {
      EXPECT_THAT(text, The("error code", IsARegisteredCode()));
    }
  }
}

namespace {

// The elements of all Warning lines: a comma separates them outside quotes (RFC 7234, section 5.5).
std::vector<std::string> warnings_of(const http::Exchange& exchange, const engine::RuleContext& context) {
  std::vector<std::string> warnings;
  if (!exchange.response || !context.is_of_api(exchange)) return warnings;
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

// Whether it is one quoted string; RFC 9110, section 5.6.4.
bool is_quoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '"') return false;
    if (text[i] == '\\' && ++i + 1 == text.size()) return false;  // the last quote is escaped
  }
  return true;
}

MATCHER(IsARegistryWarning,
        std::string(negation ? "does not have" : "has") + " the form 299 - \"text\", without a date") {
  constexpr std::string_view kStart = "299 - ";
  return arg.starts_with(kStart) && is_quoted(std::string_view(arg).substr(kStart.size()));
}

bool is_of_a_cache(const std::string& warning) {
  constexpr const char* kCodesOfCaches[] = {"110 ", "112 ", "113 ", "214 "};
  return std::ranges::any_of(kCodesOfCaches, [&](const char* code) { return warning.starts_with(code); });
}

}  // namespace

EXCHANGE_RULE(Warnings, HaveTheSpecifiedForm, "oci.warning.format"_requirement) {
  const auto warnings = warnings_of(exchange, context);
  APPLIES_IF(!warnings.empty(), Holds("an answer with a header Warning", "the answer has no header Warning"));
  for (const auto& warning : warnings) {
    if (is_of_a_cache(warning)) {
      EXPECT_WARN_THAT(warning, The("header Warning", IsARegistryWarning()));
    } else {
      EXPECT_THAT(warning, The("header Warning", IsARegistryWarning()));
    }
  }
}

EXCHANGE_RULE(Warnings, StayWithinTheSizeLimit, "oci.warning.size"_requirement) {
  constexpr std::size_t kLimit = 4096;
  std::size_t size = 0;
  if (exchange.response && context.is_of_api(exchange)) {
    for (const auto& line : exchange.response->headers) {
      if (http::same_name(line.name, "Warning")) size += line.value.size();
    }
  }
  APPLIES_IF(size > 0, Holds("an answer with a header Warning", "the answer has no header Warning"));
  EXPECT_THAT(size, The("number of bytes", ::testing::Le(kLimit))) << "in the headers Warning of one answer";
}

}  // namespace referee::suites
