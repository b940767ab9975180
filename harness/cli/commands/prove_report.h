// What `referee prove` found, as a document, as a page and as text.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "reports/saved/results.h"
#include "suites/proof/prove_all.h"

namespace referee::cli {

/// A proof with all that its reports show.
struct ProofFindings {
  proof::ProofRun run;
  std::set<spec::Edition> editions;
  bool claims_counted = false;           // false: only some defects were tried, which says nothing about claims
  std::vector<proof::Claim> unproven;    // without a reason
  std::vector<proof::Claim> unprovable;  // with a reason

  bool clean() const;
};

/// Schema "referee-prove/1": totals, each defect with which checks caught it, what else was accused, and the unproven
/// claims.
reports::Results prove_json(const ProofFindings& findings);

/// The same as a page that needs no other file.
std::string prove_html(const reports::Results& document);

/// A line for each defect: who caught it, which other requirements were accused.
std::string prove_matrix(const proof::ProofRun& run);

/// What keeps the proof from being complete, if anything, then the totals; "defects: ..." is the last line.
std::string prove_summary(const ProofFindings& findings);

}  // namespace referee::cli
