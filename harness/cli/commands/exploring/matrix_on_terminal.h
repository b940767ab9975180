// The matrix of an exploration on standard output.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/host/terminal.h"
#include "reports/saved/results.h"

namespace referee::cli {

/// As wide as the terminal, or as COLUMNS says; nothing is cut where standard output is not a terminal.
std::string matrix_on_terminal(const reports::Results& exploration, Color color, bool contradictions = false,
                               const std::vector<std::string>& written = {});

}  // namespace referee::cli
