// The variables of the OCI conformance suite, so that its users can switch without editing.
#pragma once

#include "harness/cli/options/options.h"

namespace referee::cli {

/// Fills in what was not given otherwise: OCI_REGISTRY is the URL, OCI_TLS its scheme and trust, OCI_REPO1 a repository
/// that exists, OCI_USERNAME and OCI_PASSWORD the user. All are ignored for the built-in registry, for an empty URL,
/// and where OCI_REGISTRY names another registry than the URL: credentials must not reach a stranger.
void apply_oci_conformance_env(RunOptions& options);

}  // namespace referee::cli
