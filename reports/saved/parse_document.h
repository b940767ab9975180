// Reads documents that may come from anyone: what is in them costs memory within a bound.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "reports/saved/results.h"

namespace referee::reports {

struct DocumentLimits {
  std::size_t depth = 64;
  std::size_t values = 3'000'000;  // each takes up to 64 bytes plus its text; a run of 28,000 exchanges has 1,600,000
  std::size_t bytes_of_each_more = 24;  // longer texts may have one more for each so many bytes; results have 32
};

/// The document; nothing if the text is not JSON, was cut short, or is beyond the limits.
std::optional<Results> parse_document(std::string_view text, DocumentLimits limits = {});

/// All bytes of the file, which may be a pipe; nothing if it cannot be opened or read.
std::optional<std::string> bytes_of(const std::filesystem::path& path);

}  // namespace referee::reports
