#include "reports/comparison/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/exploration/exploration_json.h"
#include "reports/narrative/plain_text.h"

namespace referee::reports {
namespace {

// From the best to the worst; what was not due says the least.
int rank_of(const std::string& outcome) {
  static const std::vector<std::string> kRanks = {"skipped", "passed", "noted", "warned", "blocked", "error", "failed"};
  return static_cast<int>(std::ranges::find(kRanks, outcome) - kRanks.begin());
}

using CheckInEdition = std::pair<std::string, std::string>;  // id and edition

class Table {
 public:
  void add_run(const Results& run) {
    const std::size_t column = new_column(text(member(run, "target"), "url"), text(run, "run"));
    for (const auto& check : list(run, "checks")) {
      const CheckInEdition key(text(check, "requirement"), text(check, "spec"));
      std::string& worst = cell(key, column);
      const std::string outcome = text(check, "outcome");
      if (worst.empty() || rank_of(outcome) > rank_of(worst)) worst = outcome;
    }
    add_observations(run, column);
  }

  void add_exploration(const Results& exploration) {
    for (const auto& registry : list(exploration, "registries")) {
      add_observations(registry, new_column(text(member(registry, "target"), "url"), text(registry, "run")));
    }
  }

  Comparison result() const {
    Comparison comparison{.columns = columns_, .differences = {}};
    for (const auto& [key, cells] : cells_) {
      auto values = cells;
      values.resize(columns_.size());
      // Who was not asked does not differ.
      std::set<std::string> said(values.begin(), values.end());
      said.erase("");
      if (said.size() < 2) {
        ++comparison.same;
        continue;
      }
      comparison.differences.push_back({key.first, key.second, values, change_of(key.first, values)});
    }
    return comparison;
  }

 private:
  std::size_t new_column(const std::string& url, const std::string& run) {
    columns_.push_back(fmt::format("{} (run {})", url, run));
    return columns_.size() - 1;
  }

  std::string& cell(const CheckInEdition& key, std::size_t column) {
    auto& cells = cells_[key];
    cells.resize(std::max(cells.size(), column + 1));
    return cells[column];
  }

  void add_observations(const Results& from, std::size_t column) {
    for (const auto& one : list(from, "observations")) {
      cell({text(one, "probe"), text(one, "spec")}, column) = text(one, "answer");
    }
  }

  static Change change_of(const std::string& id, const std::vector<std::string>& values) {
    if (id.starts_with("probe.")) return Change::kOther;
    std::vector<int> ranks;
    for (const auto& value : values) {
      if (!value.empty() && value != "skipped") ranks.push_back(rank_of(value));
    }
    if (ranks.size() < 2 || ranks.front() == ranks.back()) return Change::kOther;
    return ranks.back() < ranks.front() ? Change::kBetter : Change::kWorse;
  }

  std::vector<std::string> columns_;
  std::map<CheckInEdition, std::vector<std::string>> cells_;
};

std::string_view mark(Change change) { return change == Change::kBetter ? "+" : change == Change::kWorse ? "-" : " "; }

}  // namespace

std::size_t Comparison::count(Change change) const {
  return static_cast<std::size_t>(std::ranges::count(differences, change, &Difference::change));
}

Results load_saved(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw CannotRead(fmt::format("{} cannot be read: is the path right?", path.string()));
  Results saved = Results::parse(file, nullptr, false);
  const std::string schema = saved.is_object() ? text(saved, "schema") : "";
  if (schema == kResultsSchema || schema == kExplorationSchema) return saved;
  throw CannotRead(fmt::format("{} holds neither results of `referee run` nor of `referee explore`: name their JSON",
                               path.string()));
}

Comparison compare(const std::vector<Results>& saved) {
  Table table;
  for (const auto& one : saved) {
    if (text(one, "schema") == kExplorationSchema) {
      table.add_exploration(one);
    } else {
      table.add_run(one);
    }
  }
  return table.result();
}

std::string comparison_text(const Comparison& comparison, std::size_t width) {
  std::string text;
  const auto letter = [](std::size_t i) { return i < 26 ? std::string(1, static_cast<char>('A' + i)) : "?"; };
  for (std::size_t i = 0; i < comparison.columns.size(); ++i) {
    text += fmt::format("{}  {}\n", letter(i), one_line(comparison.columns[i], 200));
  }
  text += "\n";
  for (const auto& difference : comparison.differences) {
    text +=
        fmt::format("{} {} {}\n", mark(difference.change), one_line(difference.spec, 40), one_line(difference.id, 120));
    for (std::size_t i = 0; i < difference.values.size(); ++i) {
      const auto& value = difference.values[i];
      const std::size_t room = std::max<std::size_t>(width, 60) - 8;
      text += fmt::format("      {} {}\n", letter(i), value.empty() ? "-" : one_line(value, room));
    }
  }
  return text + fmt::format("\n{} differ: {} better (+), {} worse (-), {} otherwise; {} the same\n",
                            comparison.differences.size(), comparison.count(Change::kBetter),
                            comparison.count(Change::kWorse), comparison.count(Change::kOther), comparison.same);
}

}  // namespace referee::reports
