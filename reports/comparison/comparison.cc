#include "reports/comparison/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "reports/exploration/exploration_files.h"
#include "reports/plain_text.h"
#include "reports/saved/journal.h"
#include "reports/saved/parse_document.h"
#include "reports/saved/read_results.h"

namespace referee::reports {
namespace {

using CheckInEdition = std::pair<std::string, std::string>;  // id and edition

class Table {
 public:
  void add_run(const SavedRun& run, const std::string& name_given) {
    const auto own = run.options.find("name");
    const std::size_t column =
        new_column(!name_given.empty() || own == run.options.end() ? name_given : own->second, run.target_url, run.run);
    for (const auto& row : run.requirements) about_.try_emplace(row.id, row.text);
    for (const auto& check : run.checks) {
      auto& worst = place({check.requirement, std::string(spec::name(check.edition))}, column);
      if (!worst.outcome || badness(check.outcome) > badness(*worst.outcome)) worst.outcome = check.outcome;
      worst.says = name(*worst.outcome);
    }
  }

  void add_exploration(const Results& exploration, const std::string& name_given) {
    for (const auto& [probe, asks] : member(exploration, "probes").items()) {
      about_.try_emplace(probe, text(asks, "question"));
    }
    const auto& registries = list(exploration, "registries");
    for (const auto& registry : registries) {
      const auto& target = member(registry, "target");
      const std::string own = text(target, "name");
      const bool both = !name_given.empty() && registries.size() > 1;
      const std::string url = text(target, "url");
      const std::string name = both                 ? fmt::format("{}: {}", name_given, own.empty() ? url : own)
                               : name_given.empty() ? own
                                                    : name_given;
      add_observations(registry, new_column(name, url, text(registry, "run")));
    }
  }

  Comparison result() const {
    Comparison comparison{.columns = columns_, .differences = {}};
    for (const auto& [key, cells] : cells_) {
      auto places = cells;
      places.resize(columns_.size());
      std::vector<std::string> values;
      for (const auto& each : places) values.push_back(each.says);
      // Who was not asked does not differ.
      std::set<std::string> said(values.begin(), values.end());
      said.erase("");
      const auto columns = std::ranges::count_if(values, [](const std::string& says) { return !says.empty(); });
      if (columns < 2) {
        ++comparison.alone;
        continue;
      }
      if (said.size() < 2) {
        ++comparison.same;
        continue;
      }
      const auto about = about_.find(key.first);
      comparison.differences.push_back({.id = key.first,
                                        .edition = key.second,
                                        .about = about == about_.end() ? "" : about->second,
                                        .probe = std::ranges::none_of(places, &Place::judged),
                                        .values = values,
                                        .change = change_of(places)});
    }
    return comparison;
  }

 private:
  std::size_t new_column(const std::string& name, const std::string& url, const std::string& run) {
    columns_.push_back(name.empty() ? fmt::format("{} (run {})", url, run)
                                    : fmt::format("{} ({}, run {})", name, url, run));
    return columns_.size() - 1;
  }

  // What a column says of a requirement or a probe.
  struct Place {
    std::string says;                // empty where it was not judged or asked
    std::optional<Outcome> outcome;  // of a requirement

    bool judged() const { return outcome.has_value(); }
  };

  Place& place(const CheckInEdition& key, std::size_t column) {
    auto& cells = cells_[key];
    cells.resize(std::max(cells.size(), column + 1));
    return cells[column];
  }

  void add_observations(const Results& from, std::size_t column) {
    for (const auto& one : list(from, "observations")) {
      place({text(one, "probe"), text(one, "spec")}, column).says = text(one, "answer");
    }
  }

  static Change change_of(const std::vector<Place>& places) {
    std::vector<int> ranks;
    for (const auto& each : places) {
      if (each.outcome && each.outcome != Outcome::kSkipped) ranks.push_back(badness(*each.outcome));
    }
    if (ranks.size() < 2 || ranks.front() == ranks.back()) return Change::kOther;
    return ranks.back() < ranks.front() ? Change::kBetter : Change::kWorse;
  }

  std::vector<std::string> columns_;
  std::map<CheckInEdition, std::vector<Place>> cells_;
  std::map<std::string, std::string> about_;  // by requirement or probe
};

std::string_view mark(Change change) { return change == Change::kBetter ? "+" : change == Change::kWorse ? "-" : " "; }

}  // namespace

int badness(Outcome outcome) {
  static constexpr std::array kRanks = {Outcome::kSkipped, Outcome::kPassed, Outcome::kNoted, Outcome::kWarned,
                                        Outcome::kBlocked, Outcome::kError,  Outcome::kFailed};
  return static_cast<int>(std::ranges::find(kRanks, outcome) - kRanks.begin());
}

std::size_t Comparison::count(Change change) const {
  return static_cast<std::size_t>(std::ranges::count(differences, change, &Difference::change));
}

LogEntry log_entry_of(const Difference& difference) {
  if (difference.probe) return LogEntry::kAnswers;
  if (difference.change == Change::kWorse) return LogEntry::kBreaks;
  if (difference.change == Change::kOther) return LogEntry::kOtherwise;
  const auto last = std::ranges::find_if(difference.values.rbegin(), difference.values.rend(),
                                         [](const std::string& value) { return !value.empty(); });
  return *last == name(Outcome::kPassed) ? LogEntry::kKeeps : LogEntry::kImproves;
}

std::string_view heading_of(LogEntry entry) {
  switch (entry) {
    case LogEntry::kBreaks:
      return "Breaks now";
    case LogEntry::kKeeps:
      return "Keeps now";
    case LogEntry::kImproves:
      return "Breaks less severely now";
    case LogEntry::kAnswers:
      return "Answers differently";
    case LogEntry::kOtherwise:
      break;
  }
  return "Judged or skipped differently";
}

std::vector<LogEntry> entries_in(const Comparison& comparison) {
  std::vector<LogEntry> entries;
  for (const auto entry :
       {LogEntry::kBreaks, LogEntry::kKeeps, LogEntry::kImproves, LogEntry::kAnswers, LogEntry::kOtherwise}) {
    if (std::ranges::count(comparison.differences, entry, log_entry_of) > 0) entries.push_back(entry);
  }
  return entries;
}

Saved load_saved(const std::filesystem::path& path) {
  const auto bytes = bytes_of(path);
  if (!bytes) throw CannotRead(fmt::format("{} cannot be read: is the path right?", path.string()));
  if (auto exploration = exploration_in(*bytes)) return *std::move(exploration);
  if (auto broken_off = run_of_journal(*bytes)) return *std::move(broken_off);
  const Results saved = parse_document(*bytes).value_or(Results());
  if (version_named(text(saved, "schema"))) return run_of(saved);
  throw CannotRead(fmt::format("{} holds neither results of `referee run` nor of `referee explore`: name their JSON",
                               path.string()));
}

Comparison compare(const std::vector<Saved>& saved, const std::vector<std::string>& names) {
  Table table;
  for (std::size_t i = 0; i < saved.size(); ++i) {
    const std::string name = i < names.size() ? names[i] : "";
    if (const auto* run = std::get_if<SavedRun>(&saved[i])) {
      table.add_run(*run, name);
    } else {
      table.add_exploration(std::get<Results>(saved[i]), name);
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
    text += fmt::format("{} {} {}\n", mark(difference.change), one_line(difference.edition, 40),
                        one_line(difference.id, 120));
    for (std::size_t i = 0; i < difference.values.size(); ++i) {
      const auto& value = difference.values[i];
      const std::size_t room = std::max<std::size_t>(width, 60) - 8;
      text += fmt::format("      {} {}\n", letter(i), value.empty() ? "-" : one_line(value, room));
    }
  }
  text += fmt::format("\n{} differ: {} better (+), {} worse (-), {} otherwise; {} the same\n",
                      comparison.differences.size(), comparison.count(Change::kBetter),
                      comparison.count(Change::kWorse), comparison.count(Change::kOther), comparison.same);
  if (comparison.alone > 0) text += fmt::format("not compared: {}, which only one column has\n", comparison.alone);
  return text;
}

}  // namespace referee::reports
