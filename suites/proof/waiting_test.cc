// How long a run waits for what cannot come: where a fault shows in every list, no check after the first few spends the
// settle time on it.
#include <gtest/gtest.h>

#include <string>

#include "fixtures/registry/defect.h"
#include "suites/proof/proof.h"

namespace referee::proof {
namespace {

// Seconds on a clock that moves in waits only.
double waited(const registry::Behaviour& behaviour, spec::Edition edition) {
  // Checks that collect take turns: each of them counts the waits of the others as its own.
  const auto counted = [](const engine::Check& check) { return !check.traits.walk && !check.traits.collects; };
  Bench bench{.editions = {edition}, .checks = counted};
  double seconds = 0;
  for (const auto& check : run_on(behaviour, bench).checks) seconds += check.seconds;
  return seconds;
}

struct Fault {
  std::string defect;
  spec::Edition edition;
};
void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.defect; }

class FaultInEveryList : public ::testing::TestWithParam<Fault> {};

// Each check that waits in vain used to add the 30 s of the settle time, or the 60 s of a cascade: an hour in all.
TEST_P(FaultInEveryList, CostsAFewWaitsAndNotOneOfEachCheck) {
  const auto* defect = registry::find_defect(GetParam().defect);
  ASSERT_NE(defect, nullptr);
  registry::Behaviour behaviour;
  defect->inject(behaviour);
  const double sound = waited({}, GetParam().edition);
  const double faulty = waited(behaviour, GetParam().edition);
  RecordProperty("sound", std::to_string(sound));
  RecordProperty("faulty", std::to_string(faulty));
  EXPECT_LT(faulty, sound + 240) << "of a sound registry: " << sound;
}

INSTANTIATE_TEST_SUITE_P(
    Defects, FaultInEveryList,
    ::testing::Values(Fault{"oci.referrers.list.read-after-write~always-empty", spec::Edition::kOci111},
                      Fault{"oci.referrers.list.known-200~every-500", spec::Edition::kOci111},
                      Fault{"oci.referrers.page.link-resolvable~dead-host", spec::Edition::kOci111},
                      Fault{"oci.referrers.filter.header#a", spec::Edition::kOci111},
                      Fault{"oci.referrers.list.body-index#c", spec::Edition::kOci111},
                      Fault{"oci.subject.header-digest#a", spec::Edition::kOci111},
                      Fault{"oras.referrers.key#a", spec::Edition::kOrasRc2},
                      Fault{"oras.referrers.key#a", spec::Edition::kOrasDraft11},
                      Fault{"oras.subject.kind-image~always-empty", spec::Edition::kOrasRc2},
                      Fault{"oras.referrers.success-200~every-500", spec::Edition::kOrasDraft11}));

}  // namespace
}  // namespace referee::proof
