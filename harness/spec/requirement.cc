// Access to the rows of the catalogue by id.
#include "harness/spec/requirement.h"

#include <algorithm>
#include <ostream>

#include "harness/spec/mutant_id.h"
#include "harness/spec/probe_id.h"
#include "harness/spec/tables.h"

namespace referee::spec {

const Requirement& requirement(RequirementId id) { return tables::kRequirements[id.index()]; }
const Mutant& mutant(MutantId id) { return tables::kMutants[id.index()]; }
const Probe& probe(ProbeId id) { return tables::kProbes[id.index()]; }

std::span<const Requirement> all_requirements() { return tables::kRequirements; }
std::span<const Mutant> all_mutants() { return tables::kMutants; }
std::span<const Probe> all_probes() { return tables::kProbes; }
std::span<const LawfulBehaviour> all_lawful_behaviours() { return tables::kLawfulBehaviours; }
std::span<const Contradiction> all_contradictions() { return tables::kContradictions; }

bool GradedAnswer::holds_in(Edition edition) const {
  return editions.empty() || std::ranges::find(editions, edition) != editions.end();
}

std::vector<Edition> editions_of(RequirementId id) {
  std::vector<Edition> found;
  std::ranges::copy_if(all_editions(), std::back_inserter(found),
                       [&](Edition edition) { return requirement(id).in(edition).has_value(); });
  return found;
}

Family family_of(RequirementId id) { return id.text().starts_with("oras.") ? Family::kOras : Family::kOci; }

void PrintTo(RequirementId id, std::ostream* out) { *out << id.text(); }
void PrintTo(MutantId id, std::ostream* out) { *out << id.text(); }
void PrintTo(ProbeId id, std::ostream* out) { *out << id.text(); }

}  // namespace referee::spec
