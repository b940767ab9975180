// What a run finds: outcomes of checks, their findings and evidence, and the verdict on a whole edition.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/http/record/transcript.h"
#include "harness/spec/requirement.h"

namespace referee::engine {

/// How a check ended.
enum class Outcome : std::uint8_t {
  kPassed,   // every claim held
  kNoted,    // the worst violated claim's verdict is INFO
  kWarned,   // ... WARN
  kFailed,   // ... FAIL
  kSkipped,  // the rule is not due: its gate is not met, or the check did not run
  kBlocked,  // a premise did not hold, so that the check can say nothing
  kError,    // the harness or the wire failed
};
const char* name(Outcome outcome);  // "passed", "noted", ...
std::optional<Outcome> outcome_named(std::string_view text);
inline constexpr std::size_t kOutcomeCount = 7;

/// What a check learnt by other ways than the wire (an operator's command, a listener), by name, in the order of
/// asking.
using Facts = std::map<std::string, std::vector<std::string>>;

/// One violated claim.
struct Finding {
  std::string message;                   // the whole message as the claim gives it
  std::string expected;                  // what the claim wants; empty if the message has no such part
  std::string actual;                    // what came
  std::string note;                      // what else the check said about it
  std::vector<std::uint64_t> exchanges;  // the sequence numbers of those that show it
  spec::Verdict verdict = spec::Verdict::kFail;
  std::string file;
  int line = 0;
};

/// One check in one edition.
struct CheckResult {
  std::string id;  // "Filtering.NamesTheFilterItApplied"
  spec::Edition edition;
  spec::RequirementId requirement;
  spec::Binding binding;  // level and verdict of the requirement in that edition
  Outcome outcome = Outcome::kPassed;
  std::string reason;    // for skipped, blocked and error: why; for the others a one-line summary of the worst finding
  bool not_run = false;  // skipped because the run ended before its turn
  bool not_configured = false;  // skipped because an option that it needs was not given
  http::WallTime started;
  double seconds = 0;
  std::vector<Finding> findings;
  std::vector<http::Exchange> exchanges;
  Facts facts;
};

/// How many checks ended how.
class Counts {
 public:
  void add(Outcome outcome, int times = 1) { count_[static_cast<std::size_t>(outcome)] += times; }
  int of(Outcome outcome) const { return count_[static_cast<std::size_t>(outcome)]; }
  int total() const;
  Counts& operator+=(const Counts& other);

 private:
  int count_[kOutcomeCount] = {};
};

/// Conformant: nothing failed, something passed, and no check whose violation would be FAIL is blocked or in error.
enum class RunVerdict : std::uint8_t { kConformant, kNonConformant, kNotJudged };
const char* name(RunVerdict verdict);  // "conformant", "non-conformant", "not-judged"
std::optional<RunVerdict> run_verdict_named(std::string_view text);

/// What of a check decides on the verdict.
struct Judged {
  Outcome outcome = Outcome::kPassed;
  spec::Verdict violation = spec::Verdict::kFail;  // what a violation of its requirement means
  bool not_run = false;
};

/// The judgement on some checks, by the rule of RunVerdict. With `strict_should` a warning counts as a failure.
/// Checks that did not run keep a run from being conformant; so does a run that is not complete.
RunVerdict judge(std::span<const Judged> checks, bool strict_should, bool complete = true);

/// Why a run is not complete.
enum class IncompleteReason : std::uint8_t {
  kUnknown,
  kInterrupted,    // by SIGINT or SIGTERM
  kRunTimeout,     // --run-timeout passed
  kNoAnswer,       // ... while the very first requests waited for an answer
  kTargetGone,     // it answered, and then refused connections
  kBrokenOff,      // the program did not come to its end: only its journal is there
  kPartNotJudged,  // one of several targets could not be judged
};
const char* name(IncompleteReason reason);  // "unknown", "interrupted", "run-timeout", ...
std::optional<IncompleteReason> incomplete_reason_named(std::string_view text);

/// What the target does about one thing, in words for reports ("not offered (405)"), and whether it lacks it.
struct Capability {
  std::string words;
  bool lacking = false;

  friend bool operator==(const Capability&, const Capability&) = default;
};
using CapabilityCard = std::map<std::string, Capability>;  // by what it is: "OCI referrers API"

/// One run of --gc-hook.
struct CollectorTurn {
  http::WallTime started;
  double seconds = 0;
  int status = 0;      // its exit status
  std::string output;  // what it wrote, shortened in the middle
};

struct RunResult {
  std::string run_id;
  http::WallTime started;
  double seconds = 0;
  bool complete = true;
  IncompleteReason incomplete_reason = IncompleteReason::kUnknown;
  std::string incomplete_because;  // the same in words, for readers
  std::string target_url;
  std::vector<spec::Edition> editions;
  std::map<spec::Edition, bool> offered;  // whether the target offers the referrers API of an edition that was judged
  CapabilityCard capabilities;
  std::uint64_t seed = 0;
  std::map<std::string, std::string> options;  // as given, redacted
  bool strict_should = false;
  std::vector<CheckResult> checks;
  std::vector<http::Exchange> run_exchanges;  // detection and cleanup
  std::map<std::string, http::RecordedBody> bodies;
  std::vector<std::string> leftovers;
  std::vector<CollectorTurn> turns;  // in their order
  std::string not_judged_because;    // set when detection already ended the run
  std::string not_judged_remedy;     // what the operator can do then; empty: nothing better than general advice

  RunVerdict verdict() const;
  RunVerdict verdict(spec::Edition edition) const;
  Counts counts() const;
  Counts counts(spec::Edition edition) const;
  /// Ids of the checks that keep an otherwise clean run from being conformant.
  std::vector<std::string> blocking() const;
};

}  // namespace referee::engine
