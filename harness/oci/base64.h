// Base64 (RFC 4648, section 4), with padding.
#pragma once

#include <string>
#include <string_view>

namespace referee::oci {

std::string base64_of(std::string_view bytes);

}  // namespace referee::oci
