// Who the judge is at the target, from options, standard input and environment.
#pragma once

#include <iosfwd>

#include "harness/cli/options.h"
#include "harness/http/token.h"

namespace referee::cli {

/// Nobody with --no-creds or without a user. The password comes from `input` (its first line) with --password-stdin,
/// else from REFEREE_PASSWORD. Throws WrongUsage for a user without a password, or a password on standard input without
/// a user.
http::Credentials credentials_of(const RunOptions& options, std::istream& input);

/// The header lines that --header gives. Throws WrongUsage for one that is no header line, which is not shown whole.
std::vector<http::HeaderLine> header_lines(const std::vector<std::string>& headers);

}  // namespace referee::cli
