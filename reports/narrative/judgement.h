// Why a run gave no verdict, what is in its way and how to remedy that; and which editions the target does not
// offer.
#pragma once

#include <string>
#include <vector>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// One thing that keeps a run from a verdict.
struct Obstacle {
  std::string cause;                 // a sentence
  std::vector<std::string> details;  // a line each: reasons with the checks that they blocked
  std::string remedy;                // what the reader can do
};

/// What keeps the run from being judged, most basic first; empty if there is a verdict. Texts from the registry in it
/// are one line each, but not yet made harmless for any medium.
std::vector<Obstacle> obstacles(const SavedRun& run);

/// One sentence for each edition that was judged although the target does not offer it.
std::vector<std::string> not_offered(const SavedRun& run);

}  // namespace referee::reports
