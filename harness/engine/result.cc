#include "harness/engine/result.h"

#include <array>
#include <numeric>

namespace referee::engine {
namespace {

constexpr std::array kOutcomeNames = {"passed", "noted", "warned", "failed", "skipped", "blocked", "error"};
constexpr std::array kRunVerdictNames = {"conformant", "non-conformant", "not-judged"};
constexpr std::array kIncompleteNames = {"unknown",     "interrupted", "run-timeout",    "no-answer",
                                         "target-gone", "broken-off",  "part-not-judged"};

template <typename Enum, std::size_t kCount>
std::optional<Enum> enumerator_named(const std::array<const char*, kCount>& names, std::string_view text) {
  for (std::size_t i = 0; i < kCount; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

const char* name(Outcome outcome) { return kOutcomeNames[static_cast<std::size_t>(outcome)]; }
const char* name(RunVerdict verdict) { return kRunVerdictNames[static_cast<std::size_t>(verdict)]; }
const char* name(IncompleteReason reason) { return kIncompleteNames[static_cast<std::size_t>(reason)]; }

std::optional<Outcome> outcome_named(std::string_view text) { return enumerator_named<Outcome>(kOutcomeNames, text); }

std::optional<RunVerdict> run_verdict_named(std::string_view text) {
  return enumerator_named<RunVerdict>(kRunVerdictNames, text);
}

std::optional<IncompleteReason> incomplete_reason_named(std::string_view text) {
  return enumerator_named<IncompleteReason>(kIncompleteNames, text);
}

int Counts::total() const { return std::accumulate(std::begin(count_), std::end(count_), 0); }

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t i = 0; i < kOutcomeCount; ++i) count_[i] += other.count_[i];
  return *this;
}

namespace {

Judged judged(const CheckResult& result) { return {result.outcome, result.binding.verdict, result.not_run}; }

// Whether the check leaves open something whose violation would be a failure.
bool leaves_open(const Judged& check, bool strict_should) {
  const bool undecided = check.outcome == Outcome::kBlocked || check.outcome == Outcome::kError || check.not_run;
  const bool weighty =
      check.violation == spec::Verdict::kFail || (strict_should && check.violation == spec::Verdict::kWarn);
  return undecided && weighty;
}

std::vector<Judged> judged(const std::vector<CheckResult>& results, const spec::Edition* edition = nullptr) {
  std::vector<Judged> chosen;
  for (const auto& result : results) {
    if (edition == nullptr || result.edition == *edition) chosen.push_back(judged(result));
  }
  return chosen;
}

}  // namespace

RunVerdict judge(std::span<const Judged> checks, bool strict_should, bool complete) {
  bool passed = false;
  bool open = !complete;
  for (const Judged& check : checks) {
    if (check.outcome == Outcome::kFailed) return RunVerdict::kNonConformant;
    if (strict_should && check.outcome == Outcome::kWarned) return RunVerdict::kNonConformant;
    passed = passed || check.outcome == Outcome::kPassed;
    open = open || leaves_open(check, strict_should);
  }
  return passed && !open ? RunVerdict::kConformant : RunVerdict::kNotJudged;
}

RunVerdict RunResult::verdict() const { return judge(judged(checks), strict_should, complete); }

RunVerdict RunResult::verdict(spec::Edition edition) const { return judge(judged(checks, &edition), strict_should); }

Counts RunResult::counts() const {
  Counts counts;
  for (const auto& result : checks) counts.add(result.outcome);
  return counts;
}

Counts RunResult::counts(spec::Edition edition) const {
  Counts counts;
  for (const auto& result : checks) {
    if (result.edition == edition) counts.add(result.outcome);
  }
  return counts;
}

std::vector<std::string> RunResult::blocking() const {
  std::vector<std::string> ids;
  for (const auto& result : checks) {
    if (leaves_open(judged(result), strict_should))
      ids.push_back(std::string(spec::name(result.edition)) + " " + result.id);
  }
  return ids;
}

}  // namespace referee::engine
