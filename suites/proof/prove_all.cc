#include "suites/proof/prove_all.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>

#include "harness/engine/check.h"

namespace referee::proof {
namespace {

std::set<spec::Edition> editions_for(const registry::Defect& defect, const ProofPlan& plan) {
  if (!plan.every_edition) return telling_editions(defect.violates, plan.editions);
  std::set<spec::Edition> chosen;
  for (const auto edition : spec::editions_of(defect.violates)) {
    if (plan.editions.contains(edition)) chosen.insert(edition);
  }
  return chosen;
}

// What judges at a place in the sources.
struct Judge {
  std::string_view file;
  int line;
  spec::RequirementId requirement;
};

std::vector<Judge> all_judges() {
  std::vector<Judge> judges;
  for (const auto& check : engine::all_checks()) judges.push_back({check.file, check.line, check.requirement});
  for (const auto& rule : engine::all_exchange_rules()) judges.push_back({rule.file, rule.line, rule.requirement});
  std::ranges::sort(judges, {}, [](const Judge& judge) { return std::pair(judge.file, judge.line); });
  return judges;
}

bool exists_in(spec::RequirementId requirement, const std::set<spec::Edition>& editions) {
  const auto& row = spec::requirement(requirement);
  return std::ranges::any_of(editions, [&](spec::Edition edition) { return row.in(edition).has_value(); });
}

}  // namespace

ProofTotals ProofRun::totals() const {
  ProofTotals totals;
  for (const auto& proof : proofs) {
    ++totals.defects;
    ++(proof.caught() ? totals.caught : totals.missed);
    totals.false_accusations += static_cast<int>(proof.false_ones.size());
    totals.idle_excuses += static_cast<int>(proof.idle_excuses.size());
    totals.also_violates += static_cast<int>(registry::find_defect(proof.defect)->also_violates.size());
  }
  return totals;
}

std::set<std::pair<std::string, int>> ProofRun::broken_claims() const {
  std::set<std::pair<std::string, int>> broken;
  for (const auto& proof : proofs) {
    for (const auto* accusations : {&proof.caught_by, &proof.excused, &proof.false_ones}) {
      for (const auto& accusation : *accusations) broken.insert(accusation.claims.begin(), accusation.claims.end());
    }
  }
  return broken;
}

ProofRun prove_all(const ProofPlan& plan, const std::atomic<bool>& interrupted, const OnProof& on_proof) {
  const auto begin = std::chrono::steady_clock::now();
  Baseline baseline;
  std::vector<std::optional<Proof>> proofs(plan.defects.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t finished = 0;
  const auto work = [&] {
    for (std::size_t at = next++; at < plan.defects.size() && !interrupted; at = next++) {
      const auto& defect = *plan.defects[at];
      proofs[at] = prove(defect, editions_for(defect, plan), {.editions = {}, .checks = {}}, baseline);
      const std::lock_guard lock(mutex);
      ++finished;
      if (on_proof) on_proof(*proofs[at], finished);
    }
  };
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < plan.jobs; ++i) workers.emplace_back(work);
  }
  ProofRun run;
  for (auto& proof : proofs) {
    if (proof) run.proofs.push_back(std::move(*proof));
  }
  run.complete = run.proofs.size() == plan.defects.size();
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return run;
}

std::vector<Claim> claims_due(const std::set<spec::Edition>& editions) {
  const auto judges = all_judges();
  const bool everything = editions.size() == spec::all_editions().size();
  std::vector<Claim> due;
  for (const auto& claim : all_claims()) {
    bool has_judges = false;
    const Judge* owner = nullptr;  // the last one that begins before the claim
    for (const auto& judge : judges) {
      if (!judge.file.ends_with(claim.file)) continue;
      has_judges = true;
      if (judge.line <= claim.first_line) owner = &judge;
    }
    const bool shared = !has_judges || owner == nullptr;
    if (shared ? everything : exists_in(owner->requirement, editions)) due.push_back(claim);
  }
  return due;
}

}  // namespace referee::proof
