// From the options of `referee serve` to a registry that behaves so.
#pragma once

#include "fixtures/registry/behaviour.h"
#include "fixtures/registry/options.h"
#include "harness/cli/options/options.h"

namespace referee::cli {

/// Throws WrongUsage for defects and moods that do not exist, naming those most alike.
registry::Behaviour behaviour_of(const ServeOptions& options);

/// Throws WrongUsage for an unknown edition, a user that is not NAME:PASSWORD:REPO-GLOB:ACTIONS, --auth without users,
/// a certificate without key, a base path without its slash.
registry::Options registry_options(const ServeOptions& options);

/// The base URL of --proxy-of, empty without it. Throws WrongUsage where target_of() does.
std::string upstream_of(const ServeOptions& options);

}  // namespace referee::cli
