// Base64 (RFC 4648, section 4), with padding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace referee::oci {

std::string base64_of(std::string_view bytes);

/// The bytes that the text encodes, or nothing if it is not base64.
std::optional<std::string> bytes_of_base64(std::string_view text);

}  // namespace referee::oci
