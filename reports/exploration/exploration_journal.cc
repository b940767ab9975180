#include "reports/exploration/exploration_journal.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/exploration/exploration_json.h"
#include "reports/saved/parse_document.h"

namespace referee::reports {
namespace {

constexpr auto kBrokenOff = "the program did not come to its end";
constexpr std::size_t kMostRegistries = 1'000;

/// Puts the lines together again.
class JournalReader {
 public:
  explicit JournalReader(Results exploration) : exploration_(std::move(exploration)) {}

  /// Whether the line could be read.
  bool read(std::string_view line) {
    auto parsed = parse_document(line);
    if (!parsed || !parsed->is_object()) return false;
    const double column = number(*parsed, "registry");
    if (column < 0 || column >= kMostRegistries) return false;
    auto& registry = registries_[static_cast<std::size_t>(column)];
    if (const Results& heading = member(*parsed, "heading"); heading.is_object()) {
      registry = heading;
      registry["observations"] = Results::array();
      for (const auto* key : {"run_exchanges", "leftovers"}) registry[key] = Results::array();
      registry["bodies"] = Results::object();
    } else if (const Results& seen = member(*parsed, "observation"); seen.is_object() && registry.is_object()) {
      registry["observations"].push_back(seen);
      for (const auto& [probe, about] : member(*parsed, "probes").items()) {
        probes_[{number(*parsed, "place"), probe}] = about;
      }
    }
    return true;
  }

  Results exploration() {
    exploration_["complete"] = false;
    exploration_["probes"] = Results::object();
    for (auto& [place, about] : probes_) exploration_["probes"][place.second] = std::move(about);
    exploration_["registries"] = Results::array();
    for (auto& [column, registry] : registries_) {
      if (registry.is_object()) exploration_["registries"].push_back(std::move(registry));
    }
    return std::move(exploration_);
  }

 private:
  Results exploration_;
  std::map<std::size_t, Results> registries_;
  std::map<std::pair<double, std::string>, Results> probes_;  // by their place in the views
};

}  // namespace

ExplorationJournal::ExplorationJournal(const std::filesystem::path& path, const ToolInfo& tool) : file_(path) {
  file_.write({{"schema", kExplorationJournalSchema}, {"exploration", exploration_json({}, tool)}});
}

void ExplorationJournal::begin(std::size_t registry, const engine::Exploration& known) {
  engine::Exploration broken_off = known;
  broken_off.complete = false;
  broken_off.incomplete_because = kBrokenOff;
  const std::lock_guard lock(mutex_);
  file_.write({{"registry", registry}, {"heading", registry_json(broken_off)}});
}

void ExplorationJournal::answered(std::size_t registry, const engine::ProbeResult& result) {
  const Results line = {{"registry", registry},
                        {"observation", observation_json(result)},
                        {"place", engine::weight_of(result.probe)},
                        {"probes", {{std::string(result.probe.text()), probe_json(result.probe)}}}};
  const std::lock_guard lock(mutex_);
  file_.write(line);
}

std::optional<Results> exploration_of_journal(std::string_view text_of_journal) {
  const auto next_line = [&] {
    const auto line = text_of_journal.substr(0, text_of_journal.find('\n'));
    text_of_journal.remove_prefix(std::min(line.size() + 1, text_of_journal.size()));
    return line;
  };
  const auto first = parse_document(next_line());
  if (!first || text(*first, "schema") != kExplorationJournalSchema) return std::nullopt;
  const Results& heading = member(*first, "exploration");
  if (!heading.is_object()) return std::nullopt;
  JournalReader reader(heading);
  while (!text_of_journal.empty() && reader.read(next_line())) {
  }
  return reader.exploration();
}

}  // namespace referee::reports
