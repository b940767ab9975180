// The version that requests name as their sender's.
#pragma once

#include <string_view>

namespace referee::http {

extern const std::string_view kVersion;

}  // namespace referee::http
