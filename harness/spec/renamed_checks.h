// Checks that had another name in earlier versions: what was saved under the old one is still understood.
#pragma once

#include <optional>
#include <string_view>

namespace referee::spec {

/// Today's name; nothing where the check was not renamed.
std::optional<std::string_view> new_name_of_check(std::string_view old_id);

}  // namespace referee::spec
