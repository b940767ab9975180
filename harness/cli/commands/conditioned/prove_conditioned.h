// `referee prove --conditioned`: the mutation score of the suite over conditioned defects.
#pragma once

#include <atomic>
#include <set>

#include "harness/cli/options/options.h"
#include "harness/spec/edition.h"

namespace referee::cli {

/// Tries those whose telling edition is among the given ones. Exit code 0 if their score is at least the bound.
int prove_conditioned(const ProveOptions& options, const std::set<spec::Edition>& editions,
                      const std::atomic<bool>& interrupted);

}  // namespace referee::cli
