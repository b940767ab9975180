// How a command talks to one registry over the network: the transport, and an authorizer for each identity.
//
//   RegistryAccess access(network, settings.client, {.owner = credentials, .signer = signer}, call);
//   settings.identities = access.identities();
//   engine::run(request, access.environment());
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "harness/cli/sweeping/watched_transport.h"
#include "harness/engine/runner.h"
#include "harness/http/auth/auth.h"
#include "harness/http/wire/curl_transport.h"

namespace referee::cli {

/// What all exchanges of one call of the program share.
struct Call {
  http::Clock& clock;
  const std::atomic<bool>& interrupted;
  std::function<void()> before_exchange;  // a rate limit; may be empty
  PushedRecord* pushed = nullptr;         // what is pushed by the environment goes there; may be null
};

struct Logins {
  http::Credentials owner;
  http::Credentials signer;  // without a user name there is only one identity
};

/// Its connections are closed when it is destroyed. `call` outlives it.
class RegistryAccess {
 public:
  RegistryAccess(const http::CurlOptions& network, const http::ClientOptions& client, const Logins& logins,
                 const Call& call);
  RegistryAccess(const RegistryAccess&) = delete;
  RegistryAccess& operator=(const RegistryAccess&) = delete;

  /// Of the owner; valid as long as this.
  engine::Environment environment();
  /// "signer" and "anonymous", where there is a signer; valid as long as this.
  std::vector<engine::Identity> identities();
  /// What was said to token services so far, redacted, and forgets it.
  std::vector<http::Exchange> take_exchanges();
  /// The bodies of those exchanges.
  std::map<std::string, http::RecordedBody> bodies() const { return bodies_.all(); }

 private:
  const Call& call_;
  bool has_signer_;
  http::CurlTransport transport_;
  WatchedTransport watched_;
  http::BodyStore bodies_;
  std::atomic<std::uint64_t> sequence_{0};
  http::Secrets secrets_;
  http::ClientContext to_token_services_;
  http::ChallengeAuthorizer owner_;
  http::ChallengeAuthorizer signer_;
  http::ChallengeAuthorizer anonymous_;
};

}  // namespace referee::cli
