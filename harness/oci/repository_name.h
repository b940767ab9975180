// The names of repositories.
#pragma once

#include <string_view>

namespace referee::oci {

/// Whether the text is a <name> by the grammar of distribution-spec, "Pulling manifests":
/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*`. Its length is not limited here.
bool is_repository_name(std::string_view text);

}  // namespace referee::oci
