// Authorization as the registry's challenges ask for it: none, Basic, or bearer tokens, for one identity.
//
//   ChallengeAuthorizer authorizer(wire, {.base = "https://registry.example", .credentials = {"user", "secret"}});
//   wire.authorizer = &authorizer;   // for the clients of that identity
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "harness/http/auth/token.h"
#include "harness/http/auth/token_cache.h"
#include "harness/http/client/client.h"

namespace referee::http {

struct AuthOptions {
  std::string base;  // the target: only its origin gets credentials
  Credentials credentials;
  ExchangeLimits limits;  // of exchanges with token services
};

/// Learns from challenges. The scope of a token is that of the challenge which the failed request got; later requests
/// of the same kind to the same repository carry that token from the start. With empty credentials it still fetches
/// anonymous tokens. One instance serves all workers.
class ChallengeAuthorizer : public Authorizer {
 public:
  ChallengeAuthorizer(const ClientContext& wire, AuthOptions options);

  std::string authorization(const Request& request) override;
  bool answer_challenge(const Request& request, const Response& unauthorized) override;

  /// What was said to token services so far, redacted, and forgets it.
  std::vector<Exchange> take_exchanges() { return client_.take_exchanges(); }

 private:
  bool is_target(const Request& request) const;
  bool answer_bearer(const Request& request, const Challenge& challenge);
  bool answer_basic(const Request& request);
  bool may_send_credentials_to(const std::string& realm) const;

  AuthOptions options_;
  Clock& clock_;
  Secrets* secrets_;
  Client client_;  // to token services
  TokenCache tokens_;
  std::mutex mutex_;
  std::map<std::string, TokenQuery> learned_;  // by kind of request; guarded by mutex_
  bool basic_ = false;                         // the target has asked for Basic; guarded by mutex_
};

}  // namespace referee::http
