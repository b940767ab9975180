// The people of the proof: who may do what at a reference registry that asks for tokens.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "fixtures/registry/options.h"
#include "harness/engine/settings.h"
#include "harness/http/auth/auth.h"
#include "harness/http/clock.h"

namespace referee::proof {

/// Makes the registry ask for tokens: "owner" may do everything, "reader" may pull, "stranger" only in repositories
/// that do not exist, and without credentials nothing is allowed.
void guard(registry::Options& options);

/// Their credentials, towards the registry at `base`.
class Identities {
 public:
  Identities(http::Transport& transport, http::Clock& clock, const std::string& base);

  http::Authorizer& owner() { return owner_; }
  /// Reader, stranger and anonymous.
  std::vector<engine::Identity> others();

 private:
  http::BodyStore bodies_;
  std::atomic<std::uint64_t> sequence_{0};
  http::ClientContext wire_;
  http::ChallengeAuthorizer owner_;
  http::ChallengeAuthorizer reader_;
  http::ChallengeAuthorizer stranger_;
  http::ChallengeAuthorizer anonymous_;
};

}  // namespace referee::proof
