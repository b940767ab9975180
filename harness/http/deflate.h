// The zlib format (RFC 1950), for evidence that would be too large to keep as it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace referee::http {

std::string deflate(std::string_view bytes);

/// The bytes, which must be `size` many; nothing if the stream is broken or says anything else. Never allocates more.
std::optional<std::string> inflate(std::string_view stream, std::size_t size);

}  // namespace referee::http
