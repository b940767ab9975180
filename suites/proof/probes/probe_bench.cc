#include "suites/proof/probes/probe_bench.h"

#include "fixtures/inproc/in_process_transport.h"
#include "fixtures/registry/registry.h"
#include "harness/http/auth/auth.h"
#include "harness/http/clock.h"

namespace referee::proof {
namespace {

http::AuthOptions options_of(const std::string& user) {
  http::AuthOptions options;
  options.base = inproc::kBaseUrl;
  if (!user.empty()) options.credentials = {user, user + "'s password"};
  return options;
}

registry::Options options_of(const ProbeBench& bench) {
  registry::Options options;
  options.editions = registry::Editions({});
  for (const auto edition : bench.editions) options.editions.add(edition);
  if (!bench.guarded) return options;
  options.auth = registry::AuthScheme::kToken;
  options.users = {
      {.name = "owner", .password = "owner's password"},
      {.name = "signer", .password = "signer's password", .repositories = "*-sigs", .actions = "pull,push"}};
  return options;
}

}  // namespace

Explored explore_on(const registry::Behaviour& behaviour, const ProbeBench& bench) {
  http::ManualClock clock;
  registry::Registry registry(behaviour, options_of(bench), [&clock] { return clock.now(); });
  inproc::InProcessTransport transport(registry);
  http::BodyStore bodies;
  std::atomic<std::uint64_t> sequence{0};
  const http::ClientContext wire{.transport = transport, .clock = clock, .bodies = bodies, .sequence = sequence};
  http::ChallengeAuthorizer owner(wire, options_of("owner"));
  http::ChallengeAuthorizer signer(wire, options_of("signer"));
  http::ChallengeAuthorizer anonymous(wire, options_of(""));

  engine::ExploreRequest request;
  auto& settings = request.settings;
  settings.client.base = inproc::kBaseUrl;
  settings.run_id = "probing";
  settings.jobs = 1;
  settings.long_running = bench.long_running;
  settings.named_editions.assign(bench.editions.begin(), bench.editions.end());
  if (bench.collector) {
    settings.collect = [&](const std::string&) {
      const auto fault = registry.collect();
      return engine::HookReport{fault.empty() ? 0 : 1, fault};
    };
  }
  if (bench.guarded) settings.identities = {{"signer", &signer}, {"anonymous", &anonymous}};
  request.specs.named = settings.named_editions;
  request.probes = bench.probes;
  Explored explored;
  explored.seen = engine::explore(
      request, {.transport = transport, .clock = clock, .authorizer = bench.guarded ? &owner : nullptr});
  explored.stored = registry.stored();
  return explored;
}

}  // namespace referee::proof
