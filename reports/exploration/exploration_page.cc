#include "reports/exploration/exploration_page.h"

#include <nlohmann/json.hpp>

#include "reports/exploration/cards.h"
#include "reports/exploration/classes.h"
#include "reports/exploration/evidence_table.h"
#include "reports/exploration/matrix.h"
#include "reports/formats/html_page.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence.h"

namespace referee::reports {

extern const HtmlTemplate kExplorationTemplate;

namespace {

constexpr std::size_t kLongestText = 4'000;
constexpr std::size_t kMostLeftovers = 50;  // of one registry

class PageData {
 public:
  PageData(const Results& exploration, const EvidenceCaps& caps)
      : exploration_(exploration), matrix_(matrix_of(exploration)), caps_(caps), evidence_(caps) {
    for (const auto& registry : list(exploration, "registries")) bodies_.push_back(recorded_bodies(registry));
  }

  Results build() {
    Results data = {{"tool", member(exploration_, "tool")}, {"complete", flag(exploration_, "complete", true)}};
    data["registries"] = registries();
    data["cards"] = cards();
    data["signatures"] = signatures();
    data["rows"] = Results::array();
    for (const auto& row : matrix_.rows) data["rows"].push_back(row_json(row));
    data["conflicts"] = conflicts();
    data["texts"] = evidence_.texts();
    data["bodies"] = evidence_.bodies();
    return data;
  }

 private:
  Results registries() const {
    Results json = Results::array();
    const auto& all = list(exploration_, "registries");
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto& registry = all[i];
      Results one = {{"title", cut(matrix_.registries[i])}, {"url", cut(matrix_.urls[i])}};
      for (const char* key :
           {"run", "started", "seconds", "complete", "incomplete_because", "not_explored_because", "seed", "options"}) {
        if (const Results& value = member(registry, key); !value.is_null()) one[key] = value;
      }
      one["specs"] = list(member(registry, "target"), "specs");
      one["capabilities"] = Results::object();
      for (const auto& [what, said] : matrix_.capabilities) {
        if (!said[i].empty()) one["capabilities"][what] = cut(said[i]);
      }
      one["leftovers"] = Results::array();
      for (const auto& left : list(registry, "leftovers")) {
        if (left.is_string() && one["leftovers"].size() < kMostLeftovers) {
          one["leftovers"].push_back(cut(left.get<std::string>()));
        }
      }
      json.push_back(std::move(one));
    }
    return json;
  }

  Results cards() const {
    Results json = Results::array();
    for (const auto& card : cards_of(matrix_)) {
      Results says = Results::array();
      for (const auto& lines : card.says) {
        Results each = Results::array();
        for (const auto& [specs, words] : lines) each.push_back({{"specs", specs}, {"text", cut(words)}});
        says.push_back(std::move(each));
      }
      json.push_back({{"question", card.question}, {"probes", card.probes}, {"says", std::move(says)}});
    }
    return json;
  }

  Results signatures() const {
    Results json = Results::array();
    for (const auto& table : collected_signatures(matrix_)) {
      Results cases = Results::array();
      for (const auto& [circumstances, fates] : table.cases) {
        Results each = Results::array();
        for (const auto& fate : fates) each.push_back(cut(fate));
        cases.push_back({{"case", cut(circumstances)}, {"fates", std::move(each)}});
      }
      json.push_back({{"spec", table.spec}, {"cases", std::move(cases)}});
    }
    return json;
  }

  Results row_json(const Row& row) {
    Results classes = Results::object();
    Results cells = Results::array();
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& cell = row.cells[i];
      if (cell.observation == nullptr) {
        cells.push_back(nullptr);
        continue;
      }
      if (cell.answered) {
        for (auto& [name, words] : classes_of(row.probe, cell.answer)) classes[name] = words;
      }
      const auto& exchanges = list(*cell.observation, "exchanges");
      // Where all say the same, a few exchanges show it.
      const std::size_t most = row.differs ? caps_.exchanges : caps_.exchanges / 2 + 1;
      cells.push_back({{"answer", cut(cell.answer)},
                       {"detail", cut(cell.detail)},
                       {"answered", cell.answered},
                       {"count", exchanges.size()},
                       {"exchanges", evidence_.exchanges(exchanges, bodies_[i], most)}});
    }
    return {{"probe", row.probe},
            {"group", row.group},
            {"question", row.question},
            {"spec", row.spec},
            {"differs", row.differs},
            {"says", text(about(row), "spec")},
            {"classes", std::move(classes)},
            {"cells", std::move(cells)}};
  }

  const Results& about(const Row& row) const { return member(member(exploration_, "probes"), row.probe); }

  Results conflicts() const {
    Results json = Results::array();
    for (const auto& conflict : matrix_.conflicts) {
      Results demands = Results::array();
      for (const auto& [edition, demand] : conflict.demands) demands.push_back(Results::array({edition, demand}));
      Results did = Results::array();
      for (const auto& one : conflict.did) did.push_back(cut(one));
      json.push_back({{"id", conflict.id},
                      {"request", conflict.request},
                      {"demands", std::move(demands)},
                      {"did", std::move(did)},
                      {"probes", probes_for(conflict.id)}});
    }
    return json;
  }

  static std::string cut(const std::string& value) { return capped(valid_utf8(value), kLongestText); }

  const Results& exploration_;
  Matrix matrix_;
  EvidenceCaps caps_;
  EvidenceTable evidence_;
  std::vector<std::map<std::string, http::RecordedBody>> bodies_;  // by registry
};

}  // namespace

Results exploration_data(const Results& exploration) { return PageData(exploration, EvidenceCaps{}).build(); }

std::string exploration_page(const Results& exploration) {
  for (EvidenceCaps caps;; caps = caps.tighter()) {
    std::string page = html_page(kExplorationTemplate, PageData(exploration, caps).build());
    if (page.size() < kExplorationPage || caps.least()) return page;
  }
}

}  // namespace referee::reports
