#include "harness/cli/commands/hunting/hunt.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/engine/check.h"

namespace referee::cli {
namespace {

// Seeds of content are random and long; short ones are easier to give again.
constexpr std::uint64_t kMostSeeds = 1'000'000;

std::size_t exchanges_of(const engine::RunResult& result) {
  std::size_t count = result.run_exchanges.size();
  for (const auto& check : result.checks) count += check.exchanges.size();
  return count;
}

void name_seed(engine::Settings& settings, std::uint64_t seed) {
  settings.walks.seed = seed;
  settings.shown_options["walk-seed"] = std::to_string(seed);
}

}  // namespace

void take_walks_alone(engine::RunRequest& request) {
  auto& selection = request.selection;
  selection.walks = true;
  request.settings.walks.rounds = std::max(request.settings.walks.rounds, 1);
  selection.checks = [](const engine::Check& check) { return check.traits.walk; };
  selection.rules = [rules = selection.rules](const engine::ExchangeRule& rule) {
    return rule.judge != nullptr && !rule.whole_run && (!rules || rules(rule));
  };
}

Hunt::Hunt(engine::Settings& settings, std::chrono::milliseconds length, http::Clock& clock)
    : length_(length), clock_(clock), begin_(clock.now()), seed_(settings.walks.seed) {
  if (seed_ == 0) seed_ = settings.seed % kMostSeeds + 1;
  name_seed(settings, seed_);
}

bool Hunt::ends_with(const engine::RunResult& result) {
  return result.verdict() != engine::RunVerdict::kConformant || clock_.now() - begin_ >= length_;
}

void Hunt::next(engine::Settings& settings) {
  ++round_;
  name_seed(settings, ++seed_);
  settings.run_id = engine::fresh_run_id();
  settings.client.request_id_prefix = settings.run_id;
}

std::string Hunt::line(const engine::RunResult& result) const {
  const char* what = "all answers agree";
  if (result.verdict() == engine::RunVerdict::kNonConformant) what = "an answer breaks a requirement";
  if (result.verdict() == engine::RunVerdict::kNotJudged) what = "not judged";
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(clock_.now() - begin_).count();
  return fmt::format("round {} (--walk-seed {}): {}; {} exchanges, {} s so far", round_, seed_, what,
                     exchanges_of(result), seconds);
}

}  // namespace referee::cli
