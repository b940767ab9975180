// The tables that the build writes from the catalogue's JSON; requirement.cc hands them out.
#pragma once

#include <array>
#include <span>

#include "harness/spec/mutant_ids.h"
#include "harness/spec/requirement.h"
#include "harness/spec/requirement_ids.h"

namespace referee::spec::tables {

/// Sorted by id like the tables of ids, so that a place in one is a place in the other. All are constant-initialised:
/// they may be read before main.
extern const std::array<Requirement, kRequirementIds.size()> kRequirements;
extern const std::array<Mutant, kMutantIds.size()> kMutants;
extern const std::span<const Probe> kProbes;
extern const std::span<const LawfulBehaviour> kLawfulBehaviours;
extern const std::span<const Contradiction> kContradictions;

}  // namespace referee::spec::tables
