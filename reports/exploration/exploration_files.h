// Explorations as files: which reports there are of one, and reading it back.
//
//   write_exploration("referee-results", exploration);   // exploration.json, exploration.html, exploration.md
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/saved/results.h"

namespace referee::reports {

/// One way to render an exploration.
struct ExplorationFormat {
  std::string_view name;  // in --report FORMAT=PATH
  std::string_view file;  // its name in the report folder; empty if it is written only when asked for
  std::string (*render)(const Results& exploration);
};

/// All of them; those of the report folder in the order in which they are written, exploration.json first.
std::span<const ExplorationFormat> exploration_formats();

/// Null for a name that none has.
const ExplorationFormat* exploration_format(std::string_view name);

/// Writes the files of the report folder and returns their paths. Throws CannotWrite.
std::vector<std::filesystem::path> write_exploration(const std::filesystem::path& folder, const Results& exploration);

/// The exploration that a file's bytes hold, or that a journal of one comes to; nothing if they are something else.
std::optional<Results> exploration_in(std::string_view bytes);

}  // namespace referee::reports
