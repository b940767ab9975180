// The program: arguments in, exit code out.
#pragma once

#include <string>
#include <vector>

namespace referee::cli {

/// Parses, obeys, and turns every exception into one line on standard error and an exit code.
int main_of(const std::vector<std::string>& arguments);

}  // namespace referee::cli
