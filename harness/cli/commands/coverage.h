// What the suite has for each requirement: the checks that judge it and the defects that prove them.
#pragma once

#include <string>
#include <vector>

#include "harness/spec/requirement.h"

namespace referee::cli {

struct Coverage {
  std::vector<std::string> checks;            // ids of checks and of rules on exchanges
  std::vector<std::string> defects;           // ids of those that the reference registry has
  std::vector<std::string> unseeded_mutants;  // ids of the catalogue's without a defect yet
};

Coverage coverage_of(const spec::Requirement& row);

/// Every check and every rule on exchanges, sorted by id.
struct Listed {
  std::string id;
  std::string kind;  // "check" or "exchange rule"
  spec::RequirementId requirement;
  bool long_running = false;
  bool whole_repository = false;
};
std::vector<Listed> everything_that_judges();

/// The wire of an edition, in words: "/v2/<name>/referrers/<digest>".
std::string_view wire_in_words(spec::Edition edition);

}  // namespace referee::cli
