#include "suites/model/findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "suites/model/uploads.h"

namespace referee::model {
namespace {

constexpr std::size_t kMostFindings = 3;    // of a rule: more of them show nothing new
constexpr std::size_t kMostExchanges = 60;  // that a finding names; the latest of them

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

std::vector<engine::Finding> findings_of(std::vector<Disagreement> disagreements, spec::Verdict row,
                                         const engine::History& history) {
  std::vector<engine::Finding> findings;
  std::ranges::stable_sort(disagreements, {}, &Disagreement::writes);
  for (auto& one : disagreements) {
    const auto same = [&](const engine::Finding& other) { return other.note == one.about; };
    if (std::ranges::any_of(findings, same)) continue;
    add_uploads(history, one.exchanges);
    findings.push_back(finding_of(one, row));
    if (findings.size() == kMostFindings) break;
  }
  return findings;
}

}  // namespace

std::vector<Observation> in_order(std::vector<Observation> all) {
  const auto at = [](const Observation& one) {
    const bool read = one.method == "GET" || one.method == "HEAD";
    return read ? one.when.until : one.when.from;
  };
  std::ranges::stable_sort(all, {}, at);
  return all;
}

engine::HistoryVerdicts verdicts_of(std::map<spec::RequirementId, std::vector<Disagreement>> said,
                                    const std::set<spec::RequirementId>& weighed, const engine::History& history,
                                    std::string (Rule::*id)() const, bool (*takes)(const Rule&)) {
  engine::HistoryVerdicts verdicts;
  for (const auto& rule : rules()) {
    const auto binding = spec::requirement(rule.requirement).in(history.edition);
    if (!binding || !weighed.contains(rule.requirement) || (takes != nullptr && !takes(rule))) continue;
    verdicts[(rule.*id)()].findings = findings_of(std::move(said[rule.requirement]), binding->verdict, history);
  }
  return verdicts;
}

}  // namespace referee::model
