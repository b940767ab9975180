// A differential run: an honest registry and a mutant get the same made-up traffic, and their answers are compared, so
// that a mutant that no client can see is sorted out by a test and not by hand.
//
//   const auto seen = compare(mutant, spec::Edition::kOci111);
//   if (seen.visibility == Visibility::kNone) ...
#pragma once

#include <string>

#include "fixtures/registry/conditioned/mutant.h"
#include "harness/spec/edition.h"

namespace referee::proof {

enum class Visibility {
  kSeen,        // some answer differs
  kNone,        // no answer differs, although the defect decided many times as often as it needs to show by itself
  kNotReached,  // no answer differs, but the traffic did not bring about what the mutant needs: nothing is proven
};
const char* name(Visibility visibility);

struct Comparison {
  Visibility visibility = Visibility::kNotReached;
  int uses = 0;            // how often the defect decided, its condition being true
  std::string difference;  // the request whose answers differ first
};

struct DifferentialPlan {
  int sequences = 20;  // at least; then on until the defect has decided often enough
  int most_sequences = 100;
  int steps = 60;  // of each sequence; twice as many of those beyond
};

/// The same for the same arguments, except for mutants that show only when two write at once.
Comparison compare(const registry::conditioned::Mutant& mutant, spec::Edition edition, bool users = false,
                   const DifferentialPlan& plan = {});

}  // namespace referee::proof
