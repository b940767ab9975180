#include "harness/cli/commands/merge.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace referee::cli {
namespace {

std::uint64_t last_sequence(const engine::RunResult& result) {
  std::uint64_t last = 0;
  for (const auto& exchange : result.run_exchanges) last = std::max(last, exchange.sequence);
  for (const auto& check : result.checks) {
    for (const auto& exchange : check.exchanges) last = std::max(last, exchange.sequence);
  }
  return last;
}

void renumber(engine::RunResult& result, std::uint64_t by) {
  for (auto& exchange : result.run_exchanges) exchange.sequence += by;
  for (auto& check : result.checks) {
    for (auto& exchange : check.exchanges) exchange.sequence += by;
    for (auto& finding : check.findings) {
      for (auto& sequence : finding.exchanges) sequence += by;
    }
  }
}

template <typename T>
void move_all(std::vector<T>& from, std::vector<T>& to) {
  std::ranges::move(from, std::back_inserter(to));
}

// Each part is about another target: its editions say which.
void prefix_capabilities(engine::RunResult& part) {
  std::string editions;
  for (const auto edition : part.editions) editions += fmt::format("{}{}", editions.empty() ? "" : ", ", name(edition));
  engine::CapabilityCard card;
  for (auto& [capability, state] : part.capabilities) {
    card[editions.empty() ? capability : fmt::format("{}: {}", editions, capability)] = state;
  }
  part.capabilities = std::move(card);
}

void append(engine::RunResult& whole, engine::RunResult part) {
  renumber(part, last_sequence(whole));
  whole.seconds += part.seconds;
  if (whole.complete && !part.complete) {
    whole.incomplete_reason = part.incomplete_reason;
    whole.incomplete_because = part.incomplete_because;
  }
  whole.complete = whole.complete && part.complete;
  // A part that could not be judged has no checks that would show it.
  for (const auto* reason : {&whole.not_judged_because, &part.not_judged_because}) {
    if (reason->empty()) continue;
    whole.complete = false;
    if (!whole.incomplete_because.empty()) continue;
    whole.incomplete_reason = engine::IncompleteReason::kPartNotJudged;
    whole.incomplete_because = *reason;
  }
  whole.target_url += ", " + part.target_url;
  if (whole.not_judged_because.empty()) {
    whole.not_judged_because = part.not_judged_because;
    whole.not_judged_remedy = part.not_judged_remedy;
  }
  move_all(part.editions, whole.editions);
  move_all(part.checks, whole.checks);
  move_all(part.run_exchanges, whole.run_exchanges);
  move_all(part.leftovers, whole.leftovers);
  move_all(part.turns, whole.turns);
  whole.bodies.merge(part.bodies);
  whole.capabilities.merge(part.capabilities);
  whole.offered.merge(part.offered);
}

}  // namespace

engine::RunResult merge(std::vector<engine::RunResult> parts) {
  if (parts.empty()) throw std::invalid_argument("no runs to merge");
  if (parts.size() > 1) std::ranges::for_each(parts, prefix_capabilities);
  engine::RunResult whole = std::move(parts.front());
  for (std::size_t i = 1; i < parts.size(); ++i) append(whole, std::move(parts[i]));
  return whole;
}

void add_exchanges(engine::RunResult& result, std::vector<http::Exchange> exchanges,
                   const std::map<std::string, http::RecordedBody>& bodies) {
  const auto last = last_sequence(result);
  for (auto& exchange : exchanges) exchange.sequence += last;
  move_all(exchanges, result.run_exchanges);
  result.bodies.insert(bodies.begin(), bodies.end());
}

}  // namespace referee::cli
