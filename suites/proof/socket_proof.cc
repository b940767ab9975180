#include "suites/proof/socket_proof.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <vector>

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

// So many checks of others exchange something before it is seen whether a rule on all exchanges has accused.
constexpr std::size_t kSomeChecks = 8;

using Names = std::set<std::string>;

// What to run, one after the other until the defect is caught: the requirement's own checks, then its walks, which wait
// most. A rule on all exchanges sees only what others exchange: a few checks at a time.
std::vector<Names> attempts_at(spec::RequirementId requirement) {
  Names own;
  Names walks;
  std::vector<Names> others;
  for (const auto& check : engine::all_checks()) {
    if (check.requirement == requirement) {
      (check.traits.walk ? walks : own).insert(check.id());
    } else if (!check.traits.heavy && !check.traits.walk) {
      if (others.empty() || others.back().size() == kSomeChecks) others.emplace_back();
      others.back().insert(check.id());
    }
  }
  if (own.empty() && walks.empty()) return others;
  return {own, walks};
}

Bench bench_of(const registry::Defect& defect, const Names& names) {
  Bench bench = bench_for(defect, {.editions = {}, .checks = {}});
  bench.editions = {*telling_editions(defect.violates).rbegin()};
  bench.patience = kPatience;
  bench.checks = [names](const engine::Check& check) { return names.contains(check.id()); };
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
  SocketProof proof{.caught = false, .said = {}};
  for (const auto& names : attempts_at(defect.violates)) {
    if (proof.caught) break;
    if (names.empty()) continue;
    const auto run = run_over_sockets(behaviour, bench_of(defect, names));
    proof.said += run.not_judged_because;
    for (const auto& check : run.checks) {
      if (check.requirement != defect.violates || check.outcome == engine::Outcome::kPassed) continue;
      proof.caught = proof.caught || accuses(check.outcome);
      proof.said += fmt::format("\n  {} {}: {}", check.id, engine::name(check.outcome), check.reason);
    }
  }
  return proof;
}

}  // namespace referee::proof
