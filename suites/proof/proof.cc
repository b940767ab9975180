#include "suites/proof/proof.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "fixtures/inproc/in_process_transport.h"
#include "fixtures/registry/registry.h"
#include "harness/engine/capabilities.h"
#include "harness/http/clock.h"
#include "suites/proof/identities.h"
#include "suites/proof/plain_words.h"

namespace referee::proof {
namespace {

using engine::Outcome;

int weight(Outcome outcome) {
  switch (outcome) {
    case Outcome::kFailed:
      return 3;
    case Outcome::kWarned:
      return 2;
    case Outcome::kNoted:
      return 1;
    default:
      return 0;
  }
}

std::string key(const engine::CheckResult& result) {
  return fmt::format("{} {}", spec::name(result.edition), result.id);
}

Accusation accusation_of(const engine::CheckResult& result) {
  Accusation accusation{.edition = result.edition,
                        .check = result.id,
                        .requirement = std::string(result.requirement.text()),
                        .outcome = result.outcome,
                        .reason = result.reason,
                        .claims = {}};
  for (const auto& finding : result.findings) accusation.claims.emplace_back(finding.file, finding.line);
  return accusation;
}

std::string describe_one(const Accusation& accusation) {
  return fmt::format("{} {} [{}] {}: {}", spec::name(accusation.edition), accusation.check, accusation.requirement,
                     engine::name(accusation.outcome), accusation.reason);
}

bool is_touched(const registry::Defect& defect, spec::RequirementId requirement) {
  return requirement == defect.violates ||
         std::ranges::any_of(defect.also_violates, [&](const auto& entry) { return entry.first == requirement; });
}

// Which of the row's graded answers hold in the edition.
std::vector<bool> grades_in(const spec::Requirement& row, spec::Edition edition) {
  std::vector<bool> grades;
  for (const auto& grade : row.graded) grades.push_back(grade.holds_in(edition));
  return grades;
}

// Puts each accusation where it belongs by its requirement.
void sort_in(Accusation accusation, const registry::Defect& defect, Proof& proof) {
  if (accusation.requirement == defect.violates.text()) {
    proof.caught_by.push_back(std::move(accusation));
    return;
  }
  const bool excused = std::ranges::any_of(
      defect.also_violates, [&](const auto& entry) { return entry.first.text() == accusation.requirement; });
  (excused ? proof.excused : proof.false_ones).push_back(std::move(accusation));
}

}  // namespace

std::vector<Accusation> accusations_in(const engine::RunResult& run, const std::map<std::string, Outcome>& honest) {
  std::vector<Accusation> accusations;
  for (const auto& result : run.checks) {
    const auto before = honest.find(key(result));
    const int honest_weight = before == honest.end() ? 0 : weight(before->second);
    if (weight(result.outcome) > honest_weight) accusations.push_back(accusation_of(result));
  }
  return accusations;
}

Bench bench_for(const registry::Defect& defect, Bench bench) {
  const auto gates = spec::requirement(defect.violates).gates;
  bench.guarded = std::ranges::find(gates, spec::Gate::kAuth) != gates.end();
  return bench;
}

registry::Options options_for(const Bench& bench) {
  registry::Options options;
  registry::Editions served({});
  for (const auto edition : bench.editions) served.add(edition);
  options.editions = served;
  if (bench.guarded) guard(options);
  return options;
}

engine::RunResult run_through(http::Transport& transport, http::Clock& clock, const std::string& base,
                              registry::Registry& registry, const Bench& bench) {
  Identities identities(transport, clock, base);
  engine::RunRequest request;
  auto& settings = request.settings;
  settings.client.base = base;
  if (bench.patience) settings.settle = settings.cascade_wait = *bench.patience;
  settings.seed = bench.seed;
  settings.walks.seed = bench.walk_seed;
  settings.repeats = bench.repeats;
  settings.long_running = true;  // only waits move the clock: nothing takes long
  settings.run_id = "proof";
  settings.jobs = bench.jobs;
  settings.named_editions.assign(bench.editions.begin(), bench.editions.end());
  if (bench.claims) settings.claimed_categories = {std::string(engine::kContentDiscovery)};
  settings.proxied_host = "upstream.example";
  settings.collect = [&](const std::string&) {
    const auto fault = registry.collect();
    return engine::HookReport{fault.empty() ? 0 : 1, fault};
  };
  if (bench.switched) {
    settings.restart = [&](const std::string& when) {
      registry.offer_referrers(when == "after");
      return engine::HookReport{};
    };
  }
  if (bench.guarded) settings.identities = identities.others();
  request.specs.named = settings.named_editions;
  request.selection.checks = bench.checks;
  if (!bench.rules_on_all) request.selection.rules = [](const engine::ExchangeRule& rule) { return !rule.whole_run; };
  request.selection.walks = true;
  return engine::run(
      request, {.transport = transport, .clock = clock, .authorizer = bench.guarded ? &identities.owner() : nullptr});
}

engine::RunResult run_on(const registry::Behaviour& behaviour, const Bench& bench) {
  http::ManualClock clock;
  registry::Registry registry(behaviour, options_for(bench), [&clock] { return clock.now(); });
  inproc::InProcessTransport transport(registry);
  return run_through(transport, clock, std::string(inproc::kBaseUrl), registry, bench);
}

const std::map<std::string, Outcome>& Baseline::outcomes(const Bench& bench) {
  const std::lock_guard lock(mutex_);
  const Key key_of_bench(bench.editions, bench.guarded);
  const auto known = known_.find(key_of_bench);
  if (known != known_.end()) return known->second;
  std::map<std::string, Outcome> outcomes;
  for (const auto& result : run_on({}, bench).checks) outcomes[key(result)] = result.outcome;
  return known_.emplace(key_of_bench, std::move(outcomes)).first->second;
}

Proof prove(const registry::Defect& defect, const std::set<spec::Edition>& editions, const Bench& bench,
            Baseline& baseline) {
  const auto begin = std::chrono::steady_clock::now();
  Proof proof;
  proof.defect = defect.id;
  proof.requirement = defect.violates.text();
  proof.editions.assign(editions.begin(), editions.end());
  for (const auto edition : editions) {
    Bench one = bench_for(defect, bench);
    one.editions = {edition};
    one.rules_on_all = false;  // they see most defects, and under the row that says most of what they saw
    const auto& honest = baseline.outcomes(one);
    one.checks = [&](const engine::Check& check) {
      // Walks see most defects, and under the row that says most about what they saw: they have a separate proof.
      const bool has_part = !check.traits.walk && (!check.traits.heavy || is_touched(defect, check.requirement));
      return has_part && (!bench.checks || bench.checks(check));
    };
    registry::Behaviour behaviour;
    defect.inject(behaviour);
    const auto run = run_on(behaviour, one);
    if (!run.not_judged_because.empty()) proof.not_judged = run.not_judged_because;
    for (const auto& result : run.checks) std::ranges::move(unplain_texts(result), std::back_inserter(proof.unplain));
    for (auto& accusation : accusations_in(run, honest)) sort_in(std::move(accusation), defect, proof);
  }
  for (const auto& [requirement, reason] : defect.also_violates) {
    const auto occurs = [&](const Accusation& a) { return a.requirement == requirement.text(); };
    if (std::ranges::none_of(proof.excused, occurs)) proof.idle_excuses.emplace_back(requirement.text());
  }
  proof.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return proof;
}

std::vector<spec::Edition> Proof::unseen_in() const {
  std::vector<spec::Edition> unseen;
  for (const auto edition : editions) {
    if (std::ranges::none_of(caught_by, [&](const Accusation& a) { return a.edition == edition; })) {
      unseen.push_back(edition);
    }
  }
  return unseen;
}

std::set<spec::Edition> telling_editions(spec::RequirementId requirement) {
  return telling_editions(requirement, {spec::all_editions().begin(), spec::all_editions().end()});
}

std::set<spec::Edition> telling_editions(spec::RequirementId requirement, const std::set<spec::Edition>& among) {
  const auto& row = spec::requirement(requirement);
  std::set<spec::Edition> chosen;
  std::set<std::tuple<int, int, int, std::vector<bool>>> seen;
  const auto all = spec::all_editions();
  for (auto edition = all.rbegin(); edition != all.rend(); ++edition) {  // newest first: it speaks for its kind
    const auto binding = row.in(*edition);
    if (!binding || !among.contains(*edition)) continue;
    // oci-1.1.1 speaks for the OCI editions that bind alike; oci-main only for its own rows.
    const auto kind = std::tuple(static_cast<int>(engine::wire_of(*edition)), static_cast<int>(binding->level),
                                 static_cast<int>(binding->verdict), grades_in(row, *edition));
    const bool main_like_111 = *edition == spec::Edition::kOciMain && among.contains(spec::Edition::kOci111) &&
                               row.in(spec::Edition::kOci111) == binding &&
                               grades_in(row, spec::Edition::kOci111) == grades_in(row, *edition);
    if (main_like_111) continue;
    if (seen.insert(kind).second) chosen.insert(*edition);
  }
  return chosen;
}

std::string describe(const Proof& proof) {
  std::string text = fmt::format("{}:", proof.defect);
  if (!proof.not_judged.empty()) text += "\n  not judged: " + proof.not_judged;
  if (!proof.caught()) text += "\n  missed: no check of " + proof.requirement + " accuses it";
  for (const auto& accusation : proof.false_ones) text += "\n  also accused: " + describe_one(accusation);
  for (const auto& idle : proof.idle_excuses) text += "\n  also_violates " + idle + ", which did not occur";
  return text;
}

}  // namespace referee::proof
