#include "harness/cli/credentials/registry_access.h"

#include <algorithm>
#include <iterator>

namespace referee::cli {

RegistryAccess::RegistryAccess(const http::CurlOptions& network, const http::ClientOptions& client,
                               const Logins& logins, const Call& call)
    : call_(call),
      has_signer_(!logins.signer.username.empty()),
      transport_(network),
      watched_(transport_, client.base, call.pushed),
      to_token_services_{.transport = transport_,
                         .clock = call.clock,
                         .bodies = bodies_,
                         .sequence = sequence_,
                         .interrupted = &call.interrupted,
                         .before_exchange = call.before_exchange,
                         .secrets = &secrets_},
      owner_(to_token_services_, {.base = client.base, .credentials = logins.owner, .limits = client.limits}),
      signer_(to_token_services_, {.base = client.base, .credentials = logins.signer, .limits = client.limits}),
      anonymous_(to_token_services_, {.base = client.base, .credentials = {}, .limits = client.limits}) {
  for (const auto& line : client.extra_headers) secrets_.add(line);
}

engine::Environment RegistryAccess::environment() {
  return {.transport = watched_,
          .clock = call_.clock,
          .authorizer = &owner_,
          .interrupted = &call_.interrupted,
          .before_exchange = call_.before_exchange,
          .secrets = &secrets_};
}

std::vector<engine::Identity> RegistryAccess::identities() {
  if (!has_signer_) return {};
  return {{"signer", &signer_}, {"anonymous", &anonymous_}};
}

std::vector<http::Exchange> RegistryAccess::take_exchanges() {
  std::vector<http::Exchange> all;
  for (auto* each : {&owner_, &signer_, &anonymous_}) {
    std::ranges::move(each->take_exchanges(), std::back_inserter(all));
  }
  return all;
}

}  // namespace referee::cli
