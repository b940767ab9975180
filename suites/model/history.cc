#include "suites/model/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "suites/model/model.h"
#include "suites/model/rules.h"

namespace referee::model {
namespace {

constexpr std::size_t kMostFindings = 3;    // of a rule: more of them tell nothing new
constexpr std::size_t kMostExchanges = 60;  // that a finding names; the latest of them

// The judge and the registry agree on what came first: reads count when they are answered, writes when they are sent.
std::vector<Observation> in_order(std::vector<Observation> all) {
  const auto at = [](const Observation& one) {
    const bool read = one.method == "GET" || one.method == "HEAD";
    return read ? one.when.until : one.when.from;
  };
  std::ranges::stable_sort(all, {}, at);
  return all;
}

engine::Finding finding_of(const Disagreement& one, spec::Verdict row) {
  engine::Finding finding;
  finding.expected = one.expected;
  finding.actual = one.came;
  finding.note = one.about;
  finding.message = fmt::format("{}\nExpected: {}\n  Actual: {}", one.about, one.expected, one.came);
  finding.exchanges = one.exchanges;
  if (finding.exchanges.size() > kMostExchanges) {
    finding.exchanges.erase(finding.exchanges.begin(), finding.exchanges.end() - kMostExchanges);
  }
  finding.verdict = one.verdict.value_or(row);
  return finding;
}

bool is_walk(std::string_view check) { return check.starts_with("Walks.") || check.starts_with("OrasWalks."); }

}  // namespace

engine::HistoryVerdicts judge_history(const engine::History& history) {
  engine::HistoryVerdicts verdicts;
  std::map<std::string, std::vector<Disagreement>> said;
  std::set<spec::RequirementId> weighed;
  for (const auto& episode : history.episodes) {
    if (!is_walk(episode.check)) continue;
    Model model(history.edition, history.settle);
    Model eager(history.edition, std::chrono::milliseconds(0));  // sees what was right before it had to be
    const auto observations = in_order(observations_of(episode.exchanges, history.bodies, history.target));
    bool agrees = true;
    for (const auto& one : observations) agrees = eager.hear(one).empty() && agrees;
    weighed.insert(eager.weighed().begin(), eager.weighed().end());
    if (agrees) continue;  // all the more where answers may be late
    for (const auto& one : observations) {
      for (auto& disagreement : model.hear(one)) {
        said[rule_of(disagreement.requirement).id()].push_back(std::move(disagreement));
      }
    }
  }
  for (const auto& rule : rules()) {
    const auto binding = spec::requirement(rule.requirement).in(history.edition);
    if (!binding || !weighed.contains(rule.requirement)) continue;
    auto& verdict = verdicts[rule.id()];
    auto& disagreements = said[rule.id()];
    std::ranges::stable_sort(disagreements, {}, &Disagreement::writes);
    for (const auto& one : disagreements) {
      auto finding = finding_of(one, binding->verdict);
      const auto same = [&](const engine::Finding& other) { return other.note == finding.note; };
      if (std::ranges::any_of(verdict.findings, same)) continue;
      verdict.findings.push_back(std::move(finding));
      if (verdict.findings.size() == kMostFindings) break;
    }
  }
  return verdicts;
}

}  // namespace referee::model
