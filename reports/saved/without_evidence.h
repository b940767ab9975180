// Reads a saved document for what it says, and skips the evidence, which is nearly all of its bytes.
#pragma once

#include <filesystem>
#include <optional>

#include "reports/saved/parse_document.h"
#include "reports/saved/results.h"

namespace referee::reports {

/// The document in the file without the members that hold exchanges and bodies, which are never in memory as a whole;
/// nothing if it is not JSON, was cut short, or the rest is beyond the limits. Throws CannotRead where the file cannot
/// be opened.
std::optional<Results> parse_without_evidence(const std::filesystem::path& path, DocumentLimits limits = {});

}  // namespace referee::reports
