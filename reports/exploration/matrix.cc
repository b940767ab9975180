#include "reports/exploration/matrix.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/spec/edition.h"
#include "harness/spec/requirement.h"
#include "reports/exploration/exploration_json.h"

namespace referee::reports {
namespace {

bool is_oci(const std::string& edition) { return edition.starts_with("oci"); }

// Where no registry was asked in two editions of a family, the family is the row: registries that offer different
// editions are then side by side.
std::set<bool> families_asked_twice(const Results& registries) {
  std::set<bool> twice;
  for (const auto& registry : registries) {
    std::map<bool, int> count;
    for (const auto& edition : list(member(registry, "target"), "specs")) ++count[is_oci(edition.get<std::string>())];
    for (const auto& [family, times] : count) {
      if (times > 1) twice.insert(family);
    }
  }
  return twice;
}

// The questions that come first have their own heading, whatever their group in the catalogue ("P-E Filter").
std::string theme_of(const std::string& probe, const std::string& group) {
  static constexpr std::string_view kFirst[] = {"probe.subject.other-repo", "probe.repo.", "probe.nondistributable.",
                                                "probe.subject.other-registry-urls"};
  if (std::ranges::any_of(kFirst, [&](const auto& first) { return probe.starts_with(first); })) {
    return "Across repositories, and who may sign where";
  }
  return group.starts_with("P-") && group.size() > 4 ? group.substr(4) : group;
}

class Gathering {
 public:
  explicit Gathering(const Results& exploration)
      : exploration_(exploration),
        registries_(list(exploration, "registries")),
        twice_(families_asked_twice(registries_)) {}

  Matrix go() {
    for (std::size_t column = 0; column < registries_.size(); ++column) {
      const auto& target = member(registries_[column], "target");
      const std::string name = text(target, "name");
      matrix_.urls.push_back(text(target, "url"));
      matrix_.registries.push_back(name.empty() ? matrix_.urls.back() : name);
      for (const auto& one : list(registries_[column], "observations")) add(one, column);
    }
    order();
    for (auto& row : matrix_.rows) mark(row);
    capabilities();
    conflicts();
    return std::move(matrix_);
  }

 private:
  void add(const Results& one, std::size_t column) {
    const std::string probe = text(one, "probe");
    const std::string edition = text(one, "spec");
    const bool by_edition = twice_.contains(is_oci(edition));
    const std::string key = by_edition ? edition : is_oci(edition) ? "oci" : "oras";
    const auto [place, fresh] = places_.try_emplace({probe, key}, matrix_.rows.size());
    if (fresh) {
      const auto& about = member(member(exploration_, "probes"), probe);
      matrix_.rows.push_back({.probe = probe,
                              .group = theme_of(probe, text(about, "group")),
                              .question = text(about, "question"),
                              .spec = edition,
                              .cells = std::vector<Cell>(registries_.size())});
    }
    Row& row = matrix_.rows[place->second];
    if (row.spec != edition) row.spec = key;
    row.cells[column] = {text(one, "answer"), text(one, "detail"), text(one, "reply") == name(engine::Reply::kAnswered),
                         &one};
  }

  void order() {
    std::map<std::string, std::size_t> place;
    for (const auto& [probe, about] : member(exploration_, "probes").items()) place.emplace(probe, place.size());
    std::ranges::stable_sort(matrix_.rows, {}, [&](const Row& row) { return place[row.probe]; });
  }

  static void mark(Row& row) {
    std::set<std::string> answers;
    for (const auto& cell : row.cells) {
      if (cell.answered) answers.insert(cell.answer);
    }
    row.differs = answers.size() > 1;
  }

  void capabilities() {
    std::map<std::string, std::vector<std::string>> all;
    for (std::size_t column = 0; column < registries_.size(); ++column) {
      for (const auto& [what, said] : member(member(registries_[column], "target"), "capabilities").items()) {
        auto& line = all[what];
        line.resize(registries_.size());
        line[column] = said.is_string() ? said.get<std::string>() : "";
      }
    }
    matrix_.capabilities.assign(all.begin(), all.end());
  }

  void conflicts() {
    for (const auto& conflict : spec::all_contradictions()) {
      const auto probes = probes_for(conflict.id);
      if (probes.empty()) continue;
      Conflict shown{.id = std::string(conflict.id),
                     .request = std::string(conflict.request),
                     .demands = {{"ORAS phase 1", std::string(conflict.oras_phase1)},
                                 {"ORAS draft.1", std::string(conflict.oras_draft)},
                                 {"ORAS rc", std::string(conflict.oras_rc)},
                                 {"OCI rc", std::string(conflict.oci_rc)},
                                 {"OCI 1.1", std::string(conflict.oci_110_111)},
                                 {"OCI main", std::string(conflict.oci_main)}},
                     .did = std::vector<std::string>(registries_.size())};
      for (const auto& row : matrix_.rows) {
        if (std::ranges::find(probes, row.probe) == probes.end()) continue;
        for (std::size_t column = 0; column < row.cells.size(); ++column) {
          if (!row.cells[column].answered) continue;
          auto& did = shown.did[column];
          did += fmt::format("{}{}: {}", did.empty() ? "" : "; ", row.spec, row.cells[column].answer);
        }
      }
      const bool seen = std::ranges::any_of(shown.did, [](const auto& did) { return !did.empty(); });
      if (seen) matrix_.conflicts.push_back(std::move(shown));
    }
  }

  const Results& exploration_;
  const Results& registries_;
  std::set<bool> twice_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
  Matrix matrix_;
};

}  // namespace

Matrix matrix_of(const Results& exploration) { return Gathering(exploration).go(); }

}  // namespace referee::reports
