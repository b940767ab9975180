// Spans of time as people write them on a command line.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace referee::cli {

/// "30" and "30s" are seconds, "500ms", "2m", "1h", "1.5s"; sums like "1m30s" too. Nothing for any other text, for a
/// negative span and for one beyond a year.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest of those forms: "30s", "500ms", "2m".
std::string show_duration(std::chrono::milliseconds span);

}  // namespace referee::cli
