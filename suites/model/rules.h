// The requirements that the model speaks for, each under the name of a rule that reports and filters know.
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
};

/// All of them, in the order of the catalogue's groups.
std::span<const Rule> rules();

/// The rule of that requirement. Throws std::logic_error where the model has none.
const Rule& rule_of(spec::RequirementId requirement);

}  // namespace referee::model
