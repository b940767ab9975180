// Who the judge is at the target, from options, standard input and environment.
#pragma once

#include <iosfwd>

#include "harness/cli/options/shared_options.h"
#include "harness/http/auth/token.h"

namespace referee::cli {

/// Anonymous with --no-creds. A token or a password with a user, from `input` (its first line) as one of the -stdin
/// options says, else from REFEREE_REGISTRY_TOKEN, REFEREE_IDENTITY_TOKEN or REFEREE_PASSWORD; without any of these
/// what the files of Docker and Podman know about `base` for the repositories that the run uses. Throws WrongUsage
/// where options contradict each other, for a user without a password, and for files and helpers that fail.
http::Credentials credentials_of(const SharedOptions& options, const std::string& base, std::istream& input);

/// Who that is, for messages: "alice", "the holder of a token"; empty for the anonymous.
std::string name_of(const http::Credentials& credentials);

/// The user of --signer-username, with a password from --signer-password-file or REFEREE_SIGNER_PASSWORD; anonymous
/// without that option. Throws WrongUsage where there is no password.
http::Credentials signer_of(const Login& login);

/// The header lines that --header gives. Throws WrongUsage for one that is not a header line; its value is not shown.
std::vector<http::HeaderLine> header_lines(const std::vector<std::string>& headers);

}  // namespace referee::cli
