#include "harness/http/record/redact.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "harness/http/syntax/lexer.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/digest.h"
#include "harness/oci/json.h"

namespace referee::http {
namespace {

constexpr auto kNowhere = std::string_view::npos;

// Parameters whose value is a password: not even a mark of it is kept.
constexpr std::array<std::string_view, 6> kPasswordParameters = {"password", "passwd",        "pwd",
                                                                 "secret",   "client_secret", "api_key"};

constexpr std::array<std::string_view, 25> kSecretParameters = {
    // object stores
    "x-amz-signature", "x-amz-credential", "x-amz-security-token", "awsaccesskeyid", "x-goog-signature",
    "x-goog-credential", "googleaccessid", "sig", "skoid", "signature", "policy", "key-pair-id", "x-oss-signature",
    "x-oss-credential", "ossaccesskeyid", "x-oss-security-token", "security-token", "hdnea", "__token__",
    // tokens
    "token", "access_token", "refresh_token", "id_token", "auth", "jwt"};

constexpr std::array<std::string_view, 8> kSecretWords = {"token",  "secret",     "passw",   "api-key",
                                                          "apikey", "credential", "session", "cookie"};

template <std::size_t n>
bool is_one_of(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string replacement(std::string_view name, std::string_view value) {
  if (value.empty() || value.starts_with(kRedacted)) return std::string(value);
  if (is_one_of(kPasswordParameters, name)) return std::string(kRedacted);
  return fmt::format("{}-{}", kRedacted, oci::sha256_hex(value).substr(0, 8));
}

bool ends_value(char c) { return is_blank(c) || std::string_view("&#<>\"\\").find(c) != kNowhere; }
bool ends_name(char c) { return ends_value(c) || c == '=' || c == '?' || c == ';' || c == '/'; }

// name=value after '?', '&' (in JSON also written \\u0026) or ';', anywhere in the text; with `from_start` the first
// pair needs none of these.
std::string redact_parameters(std::string_view text, bool from_start) {
  std::string result;
  Lexer lexer(text);
  bool pair_may_begin = from_start;
  while (!lexer.at_end()) {
    if (!pair_may_begin) {
      const char c = lexer.peek();
      lexer.take(c);
      result += c;
      pair_may_begin = c == '?' || c == '&' || c == ';' || (c == '6' && result.ends_with("\\u0026"));
      continue;
    }
    pair_may_begin = false;
    const auto name = lexer.take_while([](char c) { return !ends_name(c); });
    result += name;
    if (!lexer.take('=')) continue;
    result += '=';
    const std::string plain_name = in_lower_case(percent_decode(name));
    if (!is_one_of(kSecretParameters, plain_name) && !is_one_of(kPasswordParameters, plain_name)) continue;
    result += replacement(plain_name, lexer.take_while([](char c) { return !ends_value(c); }));
  }
  return result;
}

// scheme://user:password@host becomes scheme://REDACTED@host.
std::string redact_user_information(std::string_view text) {
  std::string result;
  while (true) {
    const auto slashes = text.find("//");
    if (slashes == kNowhere) return result.append(text);
    result += text.substr(0, slashes + 2);
    text.remove_prefix(slashes + 2);
    const auto authority = text.substr(0, text.find_first_of("/?# \t\"<>,"));
    if (const auto at = authority.rfind('@'); at != kNowhere) {
      result += kRedacted;
      text.remove_prefix(at);
    }
  }
}

bool is_challenge(std::string_view name) { return name == "www-authenticate" || name == "proxy-authenticate"; }

bool is_secret_header(std::string_view name) {
  if (name == "authorization" || name == "proxy-authorization" || name == "authentication-info") return true;
  if (name.ends_with("-auth") || name.ends_with("-key")) return true;
  return std::ranges::any_of(kSecretWords, [&](std::string_view word) { return name.find(word) != kNowhere; });
}

// A scheme is public; anything without a blank may be the secret itself.
std::string redact_credentials(std::string_view value) {
  const auto blank = value.find(' ');
  if (blank == kNowhere) return std::string(kRedacted);
  return std::string(value.substr(0, blank + 1)) + std::string(kRedacted);
}

bool is_secret_member(const std::string& name) {
  return name == "token" || name == "access_token" || name == "refresh_token" || name == "id_token" ||
         name == "password" || name == "client_secret";
}

void redact_members(nlohmann::json& value) {
  for (auto& item : value.items()) {
    if (value.is_object() && is_secret_member(item.key()) && item.value().is_string()) {
      item.value() = std::string(kRedacted);
    } else if (item.value().is_structured()) {
      redact_members(item.value());
    }
  }
}

}  // namespace

std::string redact_urls(std::string_view text) {
  auto redacted = redact_user_information(text);
  if (redacted.find('=') == kNowhere) return redacted;
  // A secret with a slash ends an authority; once it is cut, the authority reaches further and is read again.
  return redact_user_information(redact_parameters(redacted, false));
}

HeaderLine redact(const HeaderLine& line) {
  const std::string name = in_lower_case(line.name);
  if (is_challenge(name)) return {line.name, redact_urls(line.value)};
  if (name.ends_with("authorization")) return {line.name, redact_credentials(line.value)};
  if (is_secret_header(name)) return {line.name, std::string(kRedacted)};
  return {line.name, redact_urls(line.value)};
}

std::vector<HeaderLine> redact(const Headers& headers) {
  std::vector<HeaderLine> lines;
  for (const HeaderLine& line : headers.lines()) lines.push_back(redact(line));
  return lines;
}

std::string redact_token_body(std::string_view body) {
  const oci::JsonReading reading = oci::read_json(body);
  if (!reading.value) return redact_parameters(redact_user_information(body), true);
  if (reading.value->is_string()) return "\"" + std::string(kRedacted) + "\"";
  nlohmann::json value = *reading.value;
  if (value.is_structured()) redact_members(value);
  return oci::dump_json(value);
}

}  // namespace referee::http
