#include "harness/http/auth/auth.h"

#include <algorithm>
#include <utility>

#include "harness/http/syntax/url.h"

namespace referee::http {
namespace {

ClientContext without_authorizer(ClientContext wire) {
  wire.authorizer = nullptr;
  return wire;
}

ClientOptions for_token_service(const ExchangeLimits& limits) {
  ClientOptions options;
  options.limits = limits;
  options.peer = Peer::kTokenService;
  return options;
}

// Requests that one scope is likely to cover: the same right on the same repository, with the same source of a mount.
std::string authority_and_action(const Request& request) {
  const auto url = Url::parse(request.url);
  std::string path = url ? url->path : request.url;
  std::size_t end = path.size();
  for (const char* marker : {"/manifests/", "/blobs/", "/referrers/", "/tags/", "/_oras/"}) {
    if (const auto at = path.rfind(marker); at != std::string::npos) end = std::min(end, at);
  }
  path.resize(end);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  std::string kind = (reads ? "read " : request.method == "DELETE" ? "delete " : "write ") + path;
  if (!url) return kind;
  for (const auto& [name, value] : query_pairs(url->query)) {
    if (name == "from") kind += " from " + value;
  }
  return kind;
}

// The token that a request carried; empty if it carried none.
std::string bearer_of(const Request& request) {
  static constexpr std::string_view kScheme = "Bearer ";
  const std::string value = request.headers.get("Authorization").value_or("");
  return value.starts_with(kScheme) ? value.substr(kScheme.size()) : "";
}

}  // namespace

ChallengeAuthorizer::ChallengeAuthorizer(const ClientContext& wire, AuthOptions options)
    : options_(std::move(options)),
      clock_(wire.clock),
      secrets_(wire.secrets),
      client_(without_authorizer(wire), for_token_service(options_.limits)) {
  if (secrets_ == nullptr) return;
  const Credentials& own = options_.credentials;
  for (const auto& secret : {own.password, own.identity_token, own.registry_token}) secrets_->add(secret);
  if (own.has_password()) {
    secrets_->add(HeaderLine{"Authorization", basic_authorization(own.username, own.password)});
  }
}

bool ChallengeAuthorizer::is_target(const Request& request) const {
  const auto base = Url::parse(options_.base);
  const auto url = Url::parse(request.url);
  return base && url && same_origin(*base, *url);
}

std::string ChallengeAuthorizer::authorization(const Request& request) {
  if (!is_target(request)) return "";
  const Credentials& own = options_.credentials;
  if (!own.registry_token.empty()) return "Bearer " + own.registry_token;
  TokenQuery query;
  {
    const std::lock_guard lock(mutex_);
    const auto found = learned_.find(authority_and_action(request));
    if (found == learned_.end()) return basic_ ? basic_authorization(own.username, own.password) : "";
    query = found->second;
  }
  const auto token = tokens_.find(query, clock_.now());
  return token ? "Bearer " + token->value : "";
}

bool ChallengeAuthorizer::answer_challenge(const Request& request, const Response& unauthorized) {
  if (!is_target(request) || !options_.credentials.registry_token.empty()) return false;
  const std::vector<Challenge> challenges = read_challenges(unauthorized.headers);
  for (const Challenge& challenge : challenges) {
    if (challenge.scheme == "bearer") return answer_bearer(request, challenge);
  }
  const auto is_basic = [](const Challenge& challenge) { return challenge.scheme == "basic"; };
  return std::ranges::any_of(challenges, is_basic) && answer_basic(request);
}

bool ChallengeAuthorizer::answer_bearer(const Request& request, const Challenge& challenge) {
  const auto query = token_query(challenge, request.url);
  if (!query) return false;
  const Credentials credentials = may_send_credentials_to(query->realm) ? options_.credentials : Credentials{};
  const auto token =
      tokens_.get(*query, bearer_of(request), clock_.now(), [&] { return fetch_token(client_, *query, credentials); });
  if (!token) return false;
  if (secrets_ != nullptr) secrets_->add(token->value);
  const std::lock_guard lock(mutex_);
  learned_[authority_and_action(request)] = *query;
  return true;
}

bool ChallengeAuthorizer::answer_basic(const Request& request) {
  const Credentials& own = options_.credentials;
  if (!own.has_password()) return false;
  const std::lock_guard lock(mutex_);
  basic_ = true;
  learned_.erase(authority_and_action(request));
  return request.headers.get("Authorization") != basic_authorization(own.username, own.password);
}

// A registry behind TLS must not be able to make the client send the password over an open connection.
bool ChallengeAuthorizer::may_send_credentials_to(const std::string& realm) const {
  const auto base = Url::parse(options_.base);
  const auto service = Url::parse(realm);
  return base && service && (service->scheme == "https" || base->scheme == "http");
}

}  // namespace referee::http
