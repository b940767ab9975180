// Access to the rows of the catalogue by id.
#include "harness/spec/requirement.h"

#include <algorithm>
#include <ostream>

#include "harness/spec/tables.h"

namespace referee::spec {
namespace {

/// The row of that id in a table that is sorted by id; null if it has none.
template <typename Row>
const Row* row_named(std::span<const Row> rows, std::string_view id) {
  const auto found = std::ranges::lower_bound(rows, id, {}, &Row::id);
  return found != rows.end() && found->id == id ? &*found : nullptr;
}

template <typename Row>
std::span<const Row> table_of() {
  if constexpr (std::same_as<Row, Requirement>) {
    return tables::kRequirements;
  } else if constexpr (std::same_as<Row, Mutant>) {
    return tables::kMutants;
  } else {
    return tables::kProbes;
  }
}

}  // namespace

template <typename Row>
std::optional<Id<Row>> Id<Row>::named(std::string_view text) {
  const Row* const row = row_named(table_of<Row>(), text);
  if (row == nullptr) return std::nullopt;
  return Id(row->id);
}
template class Id<Requirement>;
template class Id<Mutant>;
template class Id<Probe>;

const Requirement& requirement(RequirementId id) { return *row_named(tables::kRequirements, id.text()); }
const Mutant& mutant(MutantId id) { return *row_named(tables::kMutants, id.text()); }
const Probe& probe(ProbeId id) { return *row_named(tables::kProbes, id.text()); }

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
