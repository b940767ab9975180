// Bearer tokens: what is asked of a token service, and how. The protocol is that of the distribution project's token
// specification; OAuth2 (RFC 6749, section 6) where an identity token replaces a password.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "harness/http/client/client.h"
#include "harness/http/clock.h"
#include "harness/http/syntax/challenge.h"

namespace referee::http {

/// Who the judge is. All empty: anonymous.
struct Credentials {
  std::string username;
  std::string password;
  std::string identity_token;  // a refresh token, exchanged for bearer tokens
  std::string registry_token;  // a bearer token, sent as it is

  bool has_password() const { return !username.empty() || !password.empty(); }
  bool anonymous() const { return !has_password() && identity_token.empty() && registry_token.empty(); }
};

/// What a token is asked for. Tokens are kept apart by all of it.
struct TokenQuery {
  std::string realm;  // absolute
  std::string service;
  std::vector<std::string> scopes;

  auto operator<=>(const TokenQuery&) const = default;
};

struct Token {
  std::string value;
  Instant expires;  // replace it from then on; a little before it really expires
};

/// The value of a Basic Authorization header (RFC 7617).
std::string basic_authorization(const std::string& username, const std::string& password);

/// What a Bearer challenge asks for; nothing if its realm leads nowhere. `request_url` resolves a relative realm.
std::optional<TokenQuery> token_query(const Challenge& challenge, const std::string& request_url);

/// Asks the service: GET with Basic credentials, without Authorization when there are none, or POST with the identity
/// token. Nothing if it refuses or answers without a token. Throws TransportFault.
std::optional<Token> fetch_token(Client& client, const TokenQuery& query, const Credentials& credentials);

}  // namespace referee::http
