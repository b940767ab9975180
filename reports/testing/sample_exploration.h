// An exploration of two registries for the tests of its reports: answers that agree and that differ, a registry with a
// name, a collector, hostile texts, and what could not be removed.
#pragma once

#include "reports/saved/results.h"

namespace referee::reports {

/// As exploration.json holds it.
Results sample_exploration();

}  // namespace referee::reports
