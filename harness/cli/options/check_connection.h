// What an operator may have got wrong of a connection, found before anything is sent.
#pragma once

#include "harness/cli/options/options.h"

namespace referee::cli {

/// Throws WrongUsage, which names the option, for a file that cannot be read, a key without its certificate, an address
/// that is not HOST:PORT:ADDRESS, and a time limit of 0.
void check_connection(const SharedOptions& options);

}  // namespace referee::cli
