// Manual pages in mdoc(7), made from the commands' own tables of options.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/options/described.h"

namespace referee::cli {

/// referee(1): the commands, exit codes, variables, and where the rest is. `date` is the day of the program, as
/// "November 30, 2026".
std::string program_page(const std::vector<DescribedCommand>& commands, const std::string& date);

/// referee-run(1) and its like.
std::string command_page(const DescribedCommand& command, const std::string& date);

}  // namespace referee::cli
