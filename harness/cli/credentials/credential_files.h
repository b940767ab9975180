// Credentials as people already have them: the files of Docker (config.json) and of Podman and Skopeo (auth.json).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/http/auth/token.h"

namespace referee::cli {

/// A file that may hold credentials. One that was named has to be there; the others are looked at if they are.
struct CredentialFile {
  std::string path;
  bool named = false;
};

/// The files in the order in which they are looked at: only `given` (of --registry-config), else only the file that
/// REGISTRY_AUTH_FILE names, else config.json of $DOCKER_CONFIG or of ~/.docker, and containers/auth.json of
/// $XDG_RUNTIME_DIR and of $XDG_CONFIG_HOME or ~/.config.
std::vector<CredentialFile> credential_files(const std::string& given);

/// The first of the files' credentials for the registry at `base`, helpers asked; anonymous if no file knows any.
/// Throws WrongUsage for a file that is named and not there, that cannot be read, and for a helper that fails.
http::Credentials stored_credentials(const std::vector<CredentialFile>& files, const std::string& base,
                                     const std::string& repository);

}  // namespace referee::cli
