// What `referee prove --conditioned` found, as a document and as text.
#pragma once

#include <string>

#include "reports/saved/results.h"
#include "suites/proof/conditioned/score.h"

namespace referee::cli {

/// Schema "referee-conditioned/1": totals, the scores by condition and by group of requirements, and each mutant.
reports::Results conditioned_json(const proof::ScoreRun& run);

/// A line for each survivor, for each that only other requirements accuse, and for each that is not visible.
std::string conditioned_survivors(const proof::ScoreRun& run);

/// The scores by condition, then by group.
std::string conditioned_tables(const proof::ScoreRun& run);

/// One line.
std::string conditioned_summary(const proof::ScoreRun& run);

}  // namespace referee::cli
