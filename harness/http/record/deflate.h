// The zlib format (RFC 1950), for evidence that would be too large to keep as it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace referee::http {

/// The stream, or nothing if it would be longer than `most` bytes. Never allocates more.
std::optional<std::string> deflate(std::string_view bytes, std::size_t most);

/// The bytes, which must be `size` many; nothing if the stream is broken or says anything else. Never allocates more.
std::optional<std::string> inflate(std::string_view stream, std::size_t size);

}  // namespace referee::http
