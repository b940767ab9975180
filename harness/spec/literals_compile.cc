// Only ctest compiles this: it must compile as it is, and must not with any one id misspelt.
#include "harness/spec/literals/image.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/oras.h"
#include "harness/spec/literals/probes.h"

namespace referee::spec {

#ifdef MISSPELT_REQUIREMENT
constexpr RequirementId kRequirement = "oci.subject.push-210"_requirement;
#else
constexpr RequirementId kRequirement = "oci.subject.push-201"_requirement;
#endif

#ifdef MISSPELT_MUTANT
constexpr MutantId kMutant = "oci.subject.push-201#z"_mutant;
#else
constexpr MutantId kMutant = "oci.subject.push-201#a"_mutant;
#endif

#ifdef MISSPELT_PROBE
constexpr ProbeId kProbe = "probe.delete.subject-untaged"_probe;
#else
constexpr ProbeId kProbe = "probe.delete.subject-untagged"_probe;
#endif

static_assert(kMutant.requirement() == kRequirement);
static_assert(kProbe.text() == "probe.delete.subject-untagged");

}  // namespace referee::spec
