// The requirements that the model judges, each under the name of a rule that reports and filters know.
#pragma once

#include <span>
#include <string>

#include "harness/spec/requirement.h"

namespace referee::model {

struct Rule {
  const char* name;  // "ListsEveryReferrer"
  spec::RequirementId requirement;

  /// "Walks" or "OrasWalks".
  const char* suite() const { return requirement.text().starts_with("oras.") ? "OrasWalks" : "Walks"; }
  std::string id() const { return std::string(suite()) + "." + name; }
  /// "Exchanges" or "OrasExchanges": the same rule, for what checks exchange.
  const char* suite_of_checks() const {
    return requirement.text().starts_with("oras.") ? "OrasExchanges" : "Exchanges";
  }
  std::string id_of_checks() const { return std::string(suite_of_checks()) + "." + name; }
};

/// Whether the rule binds what checks exchange as well as what walks do. What is left to the checks of a row is how a
/// refusal is answered, and what no plain push or question shows.
bool binds_checks(const Rule& rule);

/// All of them, in the order of the catalogue's groups.
std::span<const Rule> rules();

/// The rule of that requirement. Throws std::logic_error where the model has none.
const Rule& rule_of(spec::RequirementId requirement);

}  // namespace referee::model
