// Base64 (RFC 4648, section 4), as bodies stand in results.json.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace referee::reports {

std::string base64_encode(std::string_view bytes);

/// The bytes; nothing if the text is not padded base64.
std::optional<std::string> base64_decode(std::string_view encoded);

}  // namespace referee::reports
