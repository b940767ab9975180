// A badge: the JSON that the endpoint badge of shields draws.
#pragma once

#include <string>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// What a badge shows.
struct Badge {
  std::string label;
  std::string message;
  std::string color;  // a name that shields knows: brightgreen, yellow, red, lightgrey
};
Badge badge_of(const SavedRun& run);
std::string badge_json(const Badge& badge);

/// The run's verdict, with the editions that it holds for, or how many checks failed.
std::string badge(const SavedRun& run);

}  // namespace referee::reports
