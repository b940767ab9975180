#include "harness/cli/commands/coverage.h"

#include <algorithm>

#include "fixtures/registry/defect.h"
#include "harness/engine/capabilities.h"
#include "harness/engine/check.h"

namespace referee::cli {

std::vector<Listed> everything_that_judges() {
  std::vector<Listed> all;
  for (const auto& check : engine::all_checks()) {
    all.push_back({check.id(), "check", check.requirement, check.traits.long_running, check.traits.whole_repository});
  }
  for (const auto& rule : engine::all_exchange_rules()) all.push_back({rule.id(), "exchange rule", rule.requirement});
  std::ranges::sort(all, {}, &Listed::id);
  return all;
}

Coverage coverage_of(const spec::Requirement& row) {
  Coverage coverage;
  for (const auto& listed : everything_that_judges()) {
    if (listed.requirement.text() == row.id) coverage.checks.push_back(listed.id);
  }
  for (const auto& defect : registry::all_defects()) {
    if (defect.violates.text() == row.id) coverage.defects.push_back(defect.id);
  }
  for (const auto& mutant : row.mutants) {
    if (registry::find_defect(mutant.id) == nullptr) coverage.unseeded_mutants.emplace_back(mutant.id);
  }
  return coverage;
}

std::string_view wire_in_words(spec::Edition edition) {
  switch (engine::wire_of(edition)) {
    case engine::ListWire::kOci:
      return "/v2/<name>/referrers/<digest>";
    case engine::ListWire::kOras2021:
      return "/oras/artifacts/v1/<name>/manifests/<digest>/referrers";
    case engine::ListWire::kOrasExtension:
      return "/v2/<name>/_oras/artifacts/referrers?digest=<digest>";
  }
  return {};
}

}  // namespace referee::cli
