// The proof of many defects: a pool of workers, each defect on its own registries and clocks.
//
//   const ProofPlan plan{.defects = chosen, .editions = all_editions, .jobs = 2};
//   const ProofRun run = prove_all(plan, interrupted, [](const Proof& proof, std::size_t finished) { ... });
//   return run.totals(unproven) == clean ? 0 : 1;
#pragma once

#include <atomic>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "suites/proof/claims.h"
#include "suites/proof/proof.h"

namespace referee::proof {

struct ProofPlan {
  std::vector<const registry::Defect*> defects;
  std::set<spec::Edition> editions;  // those in which may be proven
  bool every_edition = false;        // else those of `editions` that show a difference: telling_editions()
  int jobs = 1;
};

/// How the proofs ended, counted.
struct ProofTotals {
  int defects = 0;
  int caught = 0;
  int missed = 0;
  int false_accusations = 0;  // pairs of defect and check
  int also_violates = 0;      // entries of the defects proven
  int idle_excuses = 0;       // those among them that did not occur

  bool clean() const { return missed == 0 && false_accusations == 0 && idle_excuses == 0; }
};

struct ProofRun {
  std::vector<Proof> proofs;  // in the order of the plan; when interrupted, without those that did not begin
  double seconds = 0;
  bool complete = true;

  ProofTotals totals() const;
  /// File and line of every claim that was violated by some defect.
  std::set<std::pair<std::string, int>> broken_claims() const;
};

/// Hears of each proof as it ends, and how many have; calls never overlap.
using OnProof = std::function<void(const Proof&, std::size_t finished)>;

/// Ends early when `interrupted` becomes true.
ProofRun prove_all(const ProofPlan& plan, const std::atomic<bool>& interrupted, const OnProof& on_proof = {});

/// The claims of checks that some of those editions have: what a proof in these editions has to break. Claims in files
/// without checks are due in the proof of all editions only.
std::vector<Claim> claims_due(const std::set<spec::Edition>& editions);

}  // namespace referee::proof
