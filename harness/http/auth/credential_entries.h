// What the credential files of Docker (config.json) and of Podman and Skopeo (auth.json) say about a registry.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http/auth/token.h"

namespace referee::http {

/// The name under which these files, and helper programs, keep an identity token instead of a user.
inline constexpr std::string_view kTokenUser = "<token>";

/// What a file says about a target.
struct StoredEntry {
  Credentials credentials;
  std::string helper;  // the program docker-credential-<helper> knows them instead
};

/// A text that is not a file of credentials. The message completes a sentence about the file: it says why and how to
/// fix it, and quotes nothing of what is in it.
class UnreadableCredentials : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What the text of a file says about the registry at `host` (with its port) for repositories below `path`, by its
/// longest key that fits: nothing if no key does. `credHelpers` go before `credsStore`, and that before `auths`; the
/// entries follow in that order. Throws UnreadableCredentials.
std::vector<StoredEntry> entries_for(const std::string& text, const std::string& host, const std::string& path);

}  // namespace referee::http
