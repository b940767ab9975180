#include "suites/proof/identities.h"

#include <string>

namespace referee::proof {
namespace {

http::AuthOptions options_of(const std::string& base, const std::string& user) {
  http::AuthOptions options;
  options.base = base;
  if (!user.empty()) options.credentials = {user, user + "'s password"};
  return options;
}

}  // namespace

void guard(registry::Options& options) {
  options.auth = registry::AuthScheme::kToken;
  options.users = {{.name = "owner", .password = "owner's password"},
                   {.name = "reader", .password = "reader's password", .repositories = "*", .actions = "pull"},
                   {.name = "stranger", .password = "stranger's password", .repositories = "elsewhere/*"}};
}

Identities::Identities(http::Transport& transport, http::Clock& clock, const std::string& base)
    : wire_{.transport = transport, .clock = clock, .bodies = bodies_, .sequence = sequence_},
      owner_(wire_, options_of(base, "owner")),
      reader_(wire_, options_of(base, "reader")),
      stranger_(wire_, options_of(base, "stranger")),
      anonymous_(wire_, options_of(base, "")) {}

std::vector<engine::Identity> Identities::others() {
  return {{"a reader", &reader_}, {"a stranger", &stranger_}, {"nobody in particular", &anonymous_}};
}

}  // namespace referee::proof
