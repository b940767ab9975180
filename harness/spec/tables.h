// The tables that the build writes from the catalogue's JSON; requirement.cc hands them out.
#pragma once

#include <array>
#include <span>

#include "harness/spec/requirement.h"

namespace referee::spec::tables {

/// Each sorted by id. All are constant-initialised: they may be read before main.
extern const std::span<const Requirement> kRequirements;
extern const std::span<const Mutant> kMutants;
extern const std::span<const Probe> kProbes;
extern const std::span<const LawfulBehaviour> kLawfulBehaviours;
extern const std::span<const Contradiction> kContradictions;

}  // namespace referee::spec::tables
