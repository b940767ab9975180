// Docker's credential helpers: programs that keep passwords in the system's keychain.
#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace referee::cli {

struct HelperAnswer {
  std::string username;  // "<token>": the secret is an identity token
  std::string secret;
};

/// Runs `docker-credential-<name> get`, without Referee's own secrets (child_environment()), with the host on its
/// standard input, and reads ServerURL, Username and Secret. Nothing if it has no credentials for the host. Throws
/// WrongUsage, which names the helper but nothing that it wrote on standard output, if it cannot be started, fails,
/// answers something else or takes longer than `limit`.
std::optional<HelperAnswer> ask_credential_helper(const std::string& name, const std::string& host,
                                                  std::chrono::milliseconds limit = std::chrono::seconds(30));

}  // namespace referee::cli
