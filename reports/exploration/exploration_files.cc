#include "reports/exploration/exploration_files.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "reports/exploration/exploration_journal.h"
#include "reports/exploration/exploration_json.h"
#include "reports/exploration/exploration_page.h"
#include "reports/exploration/matrix.h"
#include "reports/output_file.h"
#include "reports/saved/parse_document.h"

namespace referee::reports {
namespace {

constexpr std::array kFormats = {
    ExplorationFormat{"json", "exploration.json",
                      [](const Results& exploration) { return exploration.dump(1) + "\n"; }},
    ExplorationFormat{"html", "exploration.html", exploration_page},
    ExplorationFormat{"markdown", "exploration.md", matrix_markdown},
    ExplorationFormat{"console", "", [](const Results& exploration) { return matrix_text(exploration, {.width = 0}); }},
};

}  // namespace

std::span<const ExplorationFormat> exploration_formats() { return kFormats; }

const ExplorationFormat* exploration_format(std::string_view name) {
  const auto* found = std::ranges::find(kFormats, name, &ExplorationFormat::name);
  return found == kFormats.end() ? nullptr : found;
}

std::vector<std::filesystem::path> write_exploration(const std::filesystem::path& folder, const Results& exploration) {
  std::vector<std::filesystem::path> written;
  for (const auto& format : kFormats) {
    if (format.file.empty()) continue;
    write_file(folder / format.file, format.render(exploration));
    written.push_back(folder / format.file);
  }
  return written;
}

std::optional<Results> exploration_in(std::string_view bytes) {
  if (auto broken_off = exploration_of_journal(bytes)) return broken_off;
  auto document = parse_document(bytes);
  if (!document || text(*document, "schema") != kExplorationSchema) return std::nullopt;
  return document;
}

}  // namespace referee::reports
