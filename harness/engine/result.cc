#include "harness/engine/result.h"

#include <numeric>

namespace referee::engine {

const char* name(Outcome outcome) {
  static constexpr const char* kNames[] = {"passed", "noted", "warned", "failed", "skipped", "blocked", "error"};
  return kNames[static_cast<std::size_t>(outcome)];
}

const char* name(RunVerdict verdict) {
  static constexpr const char* kNames[] = {"conformant", "non-conformant", "not-judged"};
  return kNames[static_cast<std::size_t>(verdict)];
}

int Counts::total() const { return std::accumulate(std::begin(count_), std::end(count_), 0); }

Counts& Counts::operator+=(const Counts& other) {
  for (std::size_t i = 0; i < kOutcomeCount; ++i) count_[i] += other.count_[i];
  return *this;
}

namespace {

// Whether the result leaves open something whose violation would be a failure.
bool leaves_open(const CheckResult& result, bool strict_should) {
  const bool undecided = result.outcome == Outcome::kBlocked || result.outcome == Outcome::kError || result.not_run;
  const bool weighty = result.binding.verdict == spec::Verdict::kFail ||
                       (strict_should && result.binding.verdict == spec::Verdict::kWarn);
  return undecided && weighty;
}

std::vector<const CheckResult*> pointers(const std::vector<CheckResult>& results,
                                         const spec::Edition* edition = nullptr) {
  std::vector<const CheckResult*> chosen;
  for (const auto& result : results) {
    if (edition == nullptr || result.edition == *edition) chosen.push_back(&result);
  }
  return chosen;
}

}  // namespace

RunVerdict judge(const std::vector<const CheckResult*>& results, bool strict_should) {
  bool passed = false;
  bool open = false;
  for (const CheckResult* result : results) {
    if (result->outcome == Outcome::kFailed) return RunVerdict::kNonConformant;
    if (strict_should && result->outcome == Outcome::kWarned) return RunVerdict::kNonConformant;
    passed = passed || result->outcome == Outcome::kPassed;
    open = open || leaves_open(*result, strict_should);
  }
  return passed && !open ? RunVerdict::kConformant : RunVerdict::kNotJudged;
}

RunVerdict RunResult::verdict() const {
  const RunVerdict judged = judge(pointers(checks), strict_should);
  return judged == RunVerdict::kConformant && !complete ? RunVerdict::kNotJudged : judged;
}

RunVerdict RunResult::verdict(spec::Edition edition) const { return judge(pointers(checks, &edition), strict_should); }

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
    if (leaves_open(result, strict_should)) ids.push_back(std::string(spec::name(result.edition)) + " " + result.id);
  }
  return ids;
}

}  // namespace referee::engine
