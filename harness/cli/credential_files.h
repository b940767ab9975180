// Credentials as people already have them: the files of Docker (config.json) and of Podman and Skopeo (auth.json).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/http/token.h"

namespace referee::cli {

/// A file that may hold credentials. One that was named has to be there; the others are looked at if they are.
struct CredentialFile {
  std::string path;
  bool named = false;
};

/// The files in the order in which they are looked at: `given` (of --registry-config) alone, else the file that
/// REGISTRY_AUTH_FILE names alone, else config.json of $DOCKER_CONFIG or of ~/.docker, and containers/auth.json of
/// $XDG_RUNTIME_DIR and of $XDG_CONFIG_HOME or ~/.config.
std::vector<CredentialFile> credential_files(const std::string& given);

/// What a file says about a target.
struct StoredEntry {
  http::Credentials credentials;
  std::string helper;  // the program docker-credential-<helper> knows them instead
};

/// What the text of a file says about the registry at `host` (with its port) for repositories below `path`, by its
/// longest key that fits: nothing if no key does. `credHelpers` go before `credsStore`, and that before `auths`; the
/// entries follow in that order. Throws WrongUsage, which names `path_of_file` and nothing of what is in it.
std::vector<StoredEntry> entries_for(const std::string& text, const std::string& path_of_file, const std::string& host,
                                     const std::string& path);

/// The first of the files' credentials for the registry at `base`, helpers asked; anonymous if no file knows any.
/// Throws WrongUsage for a file that is named and not there, that cannot be read, and for a helper that fails.
http::Credentials stored_credentials(const std::vector<CredentialFile>& files, const std::string& base,
                                     const std::string& repository);

}  // namespace referee::cli
