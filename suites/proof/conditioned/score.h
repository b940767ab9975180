// The mutation score: which conditioned defects the suite notices.
//
//   const auto run = score_all({.mutants = sample(all, 300, 1), .jobs = 2}, interrupted);
//   run.totals().score() >= 95
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "fixtures/registry/conditioned/mutant.h"
#include "suites/proof/conditioned/differential.h"
#include "suites/proof/proof.h"

namespace referee::proof {

using registry::conditioned::Mutant;

enum class Fate {
  kKilled,          // a check of one of its rows says something that it does not say of the honest registry
  kKilledByOthers,  // only checks of other rows do
  kSurvived,
  kNotVisible,  // survived, and no client can see it: left out of the score
  kNotReached,  // survived, and made-up traffic does not show that it can be seen at all: left out as well
};
const char* name(Fate fate);

/// What became of one mutant.
struct MutantResult {
  const Mutant* mutant = nullptr;
  spec::Edition edition = spec::Edition::kOci111;  // in which it was tried
  Fate fate = Fate::kSurvived;
  std::vector<Accusation> accusations;
  int uses = 0;            // how often the defect decided in the run, its condition being true
  std::string not_judged;  // why nothing could be judged, if so
  Comparison comparison;   // of survivors
  double seconds = 0;      // of real time
};

struct Score {
  int mutants = 0;
  int killed = 0;   // by any row
  int rightly = 0;  // by one of their own rows
  int survived = 0;
  int not_visible = 0;
  int not_reached = 0;

  void add(Fate fate);
  /// Percent of those that a client can see which are killed; 100 if there are none.
  double score() const;
  /// Percent of the killed ones.
  double rightness() const;
};

struct ScoreRun {
  std::vector<MutantResult> results;  // in the order of the plan
  double seconds = 0;
  bool complete = true;

  Score totals() const;
  /// In the order of all_conditions(); those without mutants are left out.
  std::vector<std::pair<std::string, Score>> by_condition() const;
  /// By the group of the catalogue in which the first row is.
  std::map<std::string, Score> by_group() const;
};

struct ScorePlan {
  std::vector<const Mutant*> mutants;
  int jobs = 1;
  DifferentialPlan differential = {};
};

/// The edition in which a mutant is tried: the one that shows most about its first row.
spec::Edition telling_edition(const Mutant& mutant);

/// Runs the suite against the mutant; one that survives is compared with the honest registry.
MutantResult score(const Mutant& mutant, Baseline& baseline, const DifferentialPlan& differential = {});

/// Hears of each mutant as it ends, and how many have; calls never overlap.
using OnMutant = std::function<void(const MutantResult&, std::size_t finished)>;

/// Ends early when `interrupted` becomes true.
ScoreRun score_all(const ScorePlan& plan, const std::atomic<bool>& interrupted, const OnMutant& on_mutant = {});

/// As many of them, chosen only by the seed, in their order.
std::vector<const Mutant*> sample(const std::vector<const Mutant*>& mutants, std::size_t number, std::uint64_t seed);

}  // namespace referee::proof
