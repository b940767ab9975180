#include "suites/selftest/identities.h"

#include <string>

#include "fixtures/inproc/in_process_transport.h"

namespace referee::selftest {
namespace {

http::AuthOptions options_of(const std::string& user) {
  http::AuthOptions options;
  options.base = inproc::kBaseUrl;
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

Identities::Identities(http::Transport& transport, http::Clock& clock)
    : wire_{.transport = transport, .clock = clock, .bodies = bodies_, .sequence = sequence_},
      owner_(wire_, options_of("owner")),
      reader_(wire_, options_of("reader")),
      stranger_(wire_, options_of("stranger")),
      anonymous_(wire_, options_of("")) {}

std::vector<engine::Identity> Identities::others() {
  return {{"a reader", &reader_}, {"a stranger", &stranger_}, {"nobody in particular", &anonymous_}};
}

}  // namespace referee::selftest
