#include "harness/http/auth/token.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "harness/http/syntax/url.h"
#include "harness/oci/base64.h"
#include "harness/oci/json.h"

namespace referee::http {
namespace {

constexpr std::int64_t kDefaultLifetime = 60;  // seconds, where the service names none
constexpr std::int64_t kLongestLifetime = 86'400;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c != ' ') {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string form_pair(const std::string& name, const std::string& value) { return name + "=" + percent_encode(value); }

Request by_get(const TokenQuery& query, const Credentials& credentials) {
  Request request{.method = "GET", .url = query.realm, .headers = {}, .body = {}};
  char separator = query.realm.find('?') == std::string::npos ? '?' : '&';
  const auto append = [&](const std::string& name, const std::string& value) {
    request.url += std::exchange(separator, '&') + name + "=" + percent_encode(value, ":/,");
  };
  if (!query.service.empty()) append("service", query.service);
  for (const std::string& scope : query.scopes) append("scope", scope);
  if (credentials.has_password()) {
    request.headers.add("Authorization", basic_authorization(credentials.username, credentials.password));
  }
  return request;
}

Request by_identity_token(const TokenQuery& query, const Credentials& credentials) {
  std::string scopes;
  for (const std::string& scope : query.scopes) scopes += (scopes.empty() ? "" : " ") + scope;
  Request request{.method = "POST", .url = query.realm, .headers = {}, .body = {}};
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = form_pair("grant_type", "refresh_token") + "&" + form_pair("service", query.service) + "&" +
                 form_pair("client_id", "referee") + "&" + form_pair("scope", scopes) + "&" +
                 form_pair("refresh_token", credentials.identity_token);
  return request;
}

std::string text_member(const nlohmann::json& value, const char* name) {
  const auto found = value.find(name);
  return found != value.end() && found->is_string() ? found->get<std::string>() : "";
}

std::int64_t lifetime(const nlohmann::json& value) {
  const auto found = value.find("expires_in");
  if (found == value.end() || !found->is_number()) return kDefaultLifetime;
  return static_cast<std::int64_t>(std::clamp(found->get<double>(), 0.0, static_cast<double>(kLongestLifetime)));
}

}  // namespace

std::string basic_authorization(const std::string& username, const std::string& password) {
  return "Basic " + oci::base64_of(username + ":" + password);
}

std::optional<TokenQuery> token_query(const Challenge& challenge, const std::string& request_url) {
  const auto realm = challenge.parameter("realm");
  const auto base = Url::parse(request_url);
  if (!realm || realm->empty() || !base) return std::nullopt;
  const auto absolute = resolve(*base, *realm);
  if (!absolute) return std::nullopt;
  return TokenQuery{absolute->text(), challenge.parameter("service").value_or(""),
                    split(challenge.parameter("scope").value_or(""))};
}

std::optional<Token> fetch_token(Client& client, const TokenQuery& query, const Credentials& credentials) {
  const bool has_identity = !credentials.identity_token.empty();
  const Instant asked = client.clock().now();
  const Response response =
      client.send(has_identity ? by_identity_token(query, credentials) : by_get(query, credentials));
  if (response.status != 200) return std::nullopt;
  const oci::JsonReading reading = oci::read_json(response.body);
  if (!reading.value || !reading.value->is_object()) return std::nullopt;
  std::string value = text_member(*reading.value, "token");
  if (value.empty()) value = text_member(*reading.value, "access_token");
  // What could end the header line that carries it is not a token.
  const bool sendable = std::ranges::all_of(value, [](unsigned char c) { return c > ' ' && c < 0x7F; });
  if (value.empty() || !sendable) return std::nullopt;
  const std::chrono::seconds useful(lifetime(*reading.value) * 9 / 10);
  return Token{std::move(value), asked + useful};
}

}  // namespace referee::http
