#include "suites/model/exchanges.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "harness/engine/check.h"
#include "suites/model/findings.h"
#include "suites/model/hearing_checks.h"
#include "suites/model/rules.h"

namespace referee::model {
namespace {

bool speaks_for_one_user(const engine::Check& check) {
  const auto gates = spec::requirement(check.requirement).gates;
  const auto& traits = check.traits;
  return !traits.walk && !traits.existing && !traits.exclusive && !traits.collects &&
         std::ranges::find(gates, spec::Gate::kAuth) == gates.end();
}

std::set<std::string, std::less<>> checks_to_hear() {
  std::set<std::string, std::less<>> ids;
  for (const auto& check : engine::all_checks()) {
    if (speaks_for_one_user(check)) ids.insert(check.id());
  }
  return ids;
}

// What the sessions show together.
struct Overview {
  std::set<std::string> shared;  // repositories that several sessions use
  bool lists = false;            // a list of referrers was answered
};

Overview overview_of(const engine::History& history) {
  Overview overview;
  std::map<std::string, std::string_view> users;
  for (const auto& episode : history.episodes) {
    for (const auto* exchange : episode.exchanges) {
      const auto place = place_of(exchange->request.url, history.target);
      if (place.repository.empty()) continue;
      const auto& user = users.try_emplace(place.repository, episode.check).first->second;
      if (user != episode.check) overview.shared.insert(place.repository);
      const bool listed = place.area == Area::kList && exchange->request.method == "GET" && exchange->response &&
                          exchange->response->status == 200;
      overview.lists = overview.lists || (listed && is_sha256(place.reference));
    }
  }
  return overview;
}

class Court {
 public:
  explicit Court(const engine::History& history) : history_(history), overview_(overview_of(history)) {}

  void hear(const engine::Episode& episode) {
    const HearingChecks::What what{history_.edition, history_.settle, overview_.lists, overview_.shared};
    const auto listener = [&](std::chrono::milliseconds patience) { return HearingChecks(what, patience); };
    const auto session = in_order(observations_of(episode.exchanges, history_.bodies, history_.target));
    for (auto& disagreement : disagreements(session, listener, history_.settle, weighed_)) {
      disagreement.about += fmt::format(", asked by {}", episode.check);
      said_[disagreement.requirement].push_back(std::move(disagreement));
    }
  }

  engine::HistoryVerdicts verdicts() {
    return verdicts_of(std::move(said_), weighed_, history_, &Rule::id_of_checks, &binds_checks);
  }

 private:
  const engine::History& history_;
  Overview overview_;
  std::set<spec::RequirementId> weighed_;
  std::map<spec::RequirementId, std::vector<Disagreement>> said_;
};

}  // namespace

engine::HistoryVerdicts judge_exchanges(const engine::History& history) {
  const auto heard = checks_to_hear();
  Court court(history);
  for (const auto& episode : history.episodes) {
    if (heard.contains(episode.check)) court.hear(episode);
  }
  return court.verdicts();
}

}  // namespace referee::model
