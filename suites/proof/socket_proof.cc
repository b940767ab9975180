#include "suites/proof/socket_proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "fixtures/registry/service/server.h"
#include "harness/http/wire/curl_transport.h"
#include "suites/proof/proof.h"

namespace referee::proof {
namespace {

// Long enough for a registry in this process on a busy machine; every wait for what never comes lasts as long.
constexpr std::chrono::milliseconds kPatience{400};
// The registry's time goes so much faster, for defects that show after half a minute.
constexpr int kHurry = 100;

bool accuses(engine::Outcome outcome) {
  return outcome == engine::Outcome::kFailed || outcome == engine::Outcome::kWarned ||
         outcome == engine::Outcome::kNoted;
}

// A rule on all exchanges sees only what the checks that run exchange.
bool has_check(spec::RequirementId requirement) {
  return std::ranges::any_of(engine::all_checks(), [&](const auto& check) { return check.requirement == requirement; });
}

Bench bench_of(const registry::Defect& defect) {
  Bench bench = bench_for(defect, {.editions = {}, .checks = {}});
  bench.editions = {*telling_editions(defect.violates).rbegin()};
  bench.patience = kPatience;
  const bool own = has_check(defect.violates);
  bench.checks = [requirement = defect.violates, own](const engine::Check& check) {
    return own ? check.requirement == requirement : !check.traits.heavy;
  };
  return bench;
}

engine::RunResult run_over_sockets(const registry::Behaviour& behaviour, const Bench& bench) {
  const auto clock = http::system_clock();
  const auto start = clock->now();
  const auto hurried = [&] { return start + (clock->now() - start) * kHurry; };
  registry::Registry registry(behaviour, options_for(bench), hurried);
  const registry::Server server([&](const registry::Request& request) { return registry.handle(request); });
  // Gone before the server, which would wait for connections that are open.
  http::CurlTransport transport;
  return run_through(transport, *clock, fmt::format("http://127.0.0.1:{}", server.port()), registry, bench);
}

}  // namespace

SocketProof prove_over_sockets(const registry::Defect& defect) {
  registry::Behaviour behaviour;
  defect.inject(behaviour);
  const auto run = run_over_sockets(behaviour, bench_of(defect));
  SocketProof proof{.caught = false, .said = run.not_judged_because};
  for (const auto& check : run.checks) {
    if (check.requirement != defect.violates || check.outcome == engine::Outcome::kPassed) continue;
    proof.caught = proof.caught || accuses(check.outcome);
    proof.said += fmt::format("\n  {} {}: {}", check.id, engine::name(check.outcome), check.reason);
  }
  return proof;
}

}  // namespace referee::proof
