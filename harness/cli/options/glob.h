// Globs over ids: `*` matches any characters, `?` one.
#pragma once

#include <string_view>

namespace referee::cli {

/// Whether the whole text matches. Letters of either case are different.
bool glob_matches(std::string_view glob, std::string_view text);

}  // namespace referee::cli
