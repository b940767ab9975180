#include "suites/proof/conditioned/score.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

namespace referee::proof {
namespace {

bool has_row(const Mutant& mutant, std::string_view requirement) {
  return std::ranges::any_of(mutant.rows, [&](const auto row) { return row.text() == requirement; });
}

bool needs_users(const Mutant& mutant) {
  const auto gates = spec::requirement(mutant.rows.front()).gates;
  return mutant.condition->needs_users || std::ranges::find(gates, spec::Gate::kAuth) != gates.end();
}

Fate fate_of(const Mutant& mutant, const std::vector<Accusation>& accusations) {
  if (accusations.empty()) return Fate::kSurvived;
  const auto is_right = [&](const Accusation& accusation) { return has_row(mutant, accusation.requirement); };
  return std::ranges::any_of(accusations, is_right) ? Fate::kKilled : Fate::kKilledByOthers;
}

}  // namespace

const char* name(Fate fate) {
  switch (fate) {
    case Fate::kKilled:
      return "killed";
    case Fate::kKilledByOthers:
      return "killed-by-others";
    case Fate::kNotVisible:
      return "not-visible";
    case Fate::kNotReached:
      return "not-reached";
    default:
      return "survived";
  }
}

void Score::add(Fate fate) {
  ++mutants;
  switch (fate) {
    case Fate::kKilled:
      ++rightly;
      ++killed;
      break;
    case Fate::kKilledByOthers:
      ++killed;
      break;
    case Fate::kNotVisible:
      ++not_visible;
      break;
    case Fate::kNotReached:
      ++not_reached;
      break;
    case Fate::kSurvived:
      ++survived;
      break;
  }
}

double Score::score() const {
  const int visible = killed + survived;
  return visible == 0 ? 100.0 : 100.0 * killed / visible;
}

double Score::rightness() const { return killed == 0 ? 100.0 : 100.0 * rightly / killed; }

Score ScoreRun::totals() const {
  Score totals;
  for (const auto& result : results) totals.add(result.fate);
  return totals;
}

std::vector<std::pair<std::string, Score>> ScoreRun::by_condition() const {
  std::vector<std::pair<std::string, Score>> scores;
  for (const auto& condition : registry::conditioned::all_conditions()) {
    Score score;
    for (const auto& result : results) {
      if (result.mutant->condition == &condition) score.add(result.fate);
    }
    if (score.mutants > 0) scores.emplace_back(condition.id, score);
  }
  return scores;
}

std::map<std::string, Score> ScoreRun::by_group() const {
  std::map<std::string, Score> scores;
  for (const auto& result : results) {
    scores[std::string(spec::requirement(result.mutant->rows.front()).group)].add(result.fate);
  }
  return scores;
}

spec::Edition telling_edition(const Mutant& mutant) {
  const auto editions = telling_editions(mutant.rows.front());
  return editions.contains(spec::Edition::kOci111) ? spec::Edition::kOci111 : *editions.rbegin();
}

MutantResult score(const Mutant& mutant, Baseline& baseline, const DifferentialPlan& differential) {
  const auto begin = std::chrono::steady_clock::now();
  MutantResult result{.mutant = &mutant, .edition = telling_edition(mutant)};
  Bench bench{.editions = {result.edition}, .checks = {}, .guarded = needs_users(mutant), .repeats = true};
  const auto& honest = baseline.outcomes(bench);
  bench.checks = [&](const engine::Check& check) {
    return !check.traits.heavy || mutant.condition->needs_crowds || has_row(mutant, check.requirement.text());
  };
  registry::Behaviour behaviour;
  const auto history = mutant.inject(behaviour);
  const auto run = run_on(behaviour, bench);
  result.uses = history->uses();
  result.not_judged = run.not_judged_because;
  result.accusations = accusations_in(run, honest);
  result.fate = fate_of(mutant, result.accusations);
  if (result.fate == Fate::kSurvived) {
    result.comparison = compare(mutant, result.edition, bench.guarded, differential);
    if (result.comparison.visibility == Visibility::kNone) result.fate = Fate::kNotVisible;
    if (result.comparison.visibility == Visibility::kNotReached) result.fate = Fate::kNotReached;
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

ScoreRun score_all(const ScorePlan& plan, const std::atomic<bool>& interrupted, const OnMutant& on_mutant) {
  const auto begin = std::chrono::steady_clock::now();
  Baseline baseline;
  std::vector<std::optional<MutantResult>> results(plan.mutants.size());
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::size_t finished = 0;
  const auto work = [&] {
    for (std::size_t at = next++; at < plan.mutants.size() && !interrupted; at = next++) {
      results[at] = score(*plan.mutants[at], baseline, plan.differential);
      const std::lock_guard lock(mutex);
      ++finished;
      if (on_mutant) on_mutant(*results[at], finished);
    }
  };
  {
    std::vector<std::jthread> workers;
    for (int i = 0; i < plan.jobs; ++i) workers.emplace_back(work);
  }
  ScoreRun run;
  for (auto& result : results) {
    if (result) run.results.push_back(std::move(*result));
  }
  run.complete = run.results.size() == plan.mutants.size();
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return run;
}

std::vector<const Mutant*> sample(const std::vector<const Mutant*>& mutants, std::size_t number, std::uint64_t seed) {
  std::vector<std::size_t> places(mutants.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::mt19937_64 random(seed);
  // By hand: std::shuffle and the distributions differ from library to library.
  for (std::size_t i = places.size(); i > 1; --i) std::swap(places[i - 1], places[random() % i]);
  places.resize(std::min(number, places.size()));
  std::ranges::sort(places);
  std::vector<const Mutant*> chosen;
  for (const auto place : places) chosen.push_back(mutants[place]);
  return chosen;
}

}  // namespace referee::proof
