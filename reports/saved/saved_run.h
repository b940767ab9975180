// A saved run as types: what results.json holds, for everything that renders, compares or judges it again.
//
//   const SavedRun run = load_results("referee-results/results.json");
//   for (const auto& check : run.checks) {
//     if (check.outcome == Outcome::kFailed) fmt::print("{} {}\n", spec::name(check.edition), check.id);
//   }
//
// Only reports/saved knows the document: saved_run.cc makes a run of what the engine found, results_json.cc writes it,
// and read_results.cc reads it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/engine/result.h"
#include "harness/engine/settings.h"
#include "harness/http/record/transcript.h"
#include "harness/spec/edition.h"

namespace referee::reports {

using engine::IncompleteReason;
using engine::Outcome;
using engine::RunVerdict;

/// The versions of results.json that are read. A run is written in the version that it was read in, so that its seal
/// still holds.
enum class Version : std::uint8_t { k1, k1_1 };
const char* name(Version version);  // "referee-results/1", ...
std::optional<Version> version_named(std::string_view text);

/// The outcomes in the order in which reports count them.
inline constexpr std::array kOutcomesInReports = {Outcome::kPassed, Outcome::kFailed,  Outcome::kWarned,
                                                  Outcome::kNoted,  Outcome::kSkipped, Outcome::kBlocked,
                                                  Outcome::kError};

/// Which program made the results.
struct ToolInfo {
  std::string name = "referee";
  std::string version;
  std::string commit;
};

/// One violated claim.
struct SavedFinding {
  std::string message;
  std::string expected;
  std::string actual;
  std::string note;
  std::vector<std::uint64_t> exchanges;  // sequence numbers
  spec::Verdict verdict = spec::Verdict::kFail;
  std::string file;
  int line = 0;
};

/// What a baseline says of a check.
enum class BaselineState : std::uint8_t { kKnown, kNew, kExpired, kUnexpectedPass, kPassesNow };
const char* name(BaselineState state);  // "known", "new", "expired", "unexpected pass", "passes now"
std::optional<BaselineState> baseline_state_named(std::string_view text);

struct BaselineMark {
  BaselineState state = BaselineState::kNew;
  std::optional<Outcome> outcome;  // of its entry, as are the others
  std::string reason;
  std::string issue;
  std::string expires;
};

/// How a run relates to its baseline.
enum class BaselineGate : std::uint8_t { kHeld, kBroken, kUndecided };
const char* name(BaselineGate gate);  // "held", "broken", "undecided"
std::optional<BaselineGate> baseline_gate_named(std::string_view text);

struct BaselineSums {
  int known = 0;
  int fresh = 0;  // "new"
  int unexpected_passes = 0;
  int expired = 0;
  int unused = 0;
};

struct SavedBaseline {
  BaselineGate gate = BaselineGate::kUndecided;
  std::string summary;
  BaselineSums counts;
  std::vector<std::string> remarks;
};

/// One check in one edition.
struct SavedCheck {
  std::string id;
  spec::Edition edition = spec::Edition::kOci111;
  std::string requirement;
  spec::Level level = spec::Level::kImplied;
  spec::Verdict verdict = spec::Verdict::kInfo;  // what a violation means in that edition
  std::string source;                            // address of the section
  Outcome outcome = Outcome::kPassed;
  std::string reason;
  bool not_run = false;
  bool not_configured = false;  // skipped because an option that it needs was not given
  std::optional<BaselineMark> baseline;
  http::WallTime started;  // the epoch where nothing started
  double seconds = 0;
  std::vector<SavedFinding> findings;
  std::vector<http::Exchange> exchanges;
  engine::Facts facts;

  /// "oci-1.1.1 Filtering.X", unique in a run.
  std::string name() const;
};

struct SavedEdition {
  spec::Edition edition = spec::Edition::kOci111;
  RunVerdict verdict = RunVerdict::kNotJudged;
  engine::Counts counts;
  std::optional<bool> offered;  // nothing where the results do not say
};

struct SavedRequirement {
  std::string id;
  std::string group;
  std::string section;
  std::string text;
};

/// Whether a feature is there: something of it passed and nothing failed, all of it was skipped, something failed, or
/// nothing could be said.
enum class FeatureState : std::uint8_t { kSupported, kNotOffered, kViolated, kNotJudged };
const char* name(FeatureState state);  // "supported", "not offered", "violated", "not judged"
std::optional<FeatureState> feature_state_named(std::string_view text);

struct SavedFeature {
  std::string name;
  bool core = false;  // due on every registry
  FeatureState state = FeatureState::kNotJudged;
  engine::Counts counts;
};

/// What was judged, as the run was sealed (profile.h).
struct SavedProfile {
  std::string verdict;  // in words
  std::vector<std::string> partial_because;
  std::vector<SavedFeature> features;
};

/// Binds all else (seal.h); `ed25519` is empty where the results are not signed.
struct SavedSeal {
  std::string sha256;
  std::string ed25519;
};

struct SavedRun {
  Version version = Version::k1_1;
  ToolInfo tool;
  std::string run;
  http::WallTime started;
  double seconds = 0;
  bool complete = true;
  IncompleteReason incomplete_reason = IncompleteReason::kUnknown;
  std::string incomplete_because;
  std::string target_url;               // several, separated by ", ", where editions were judged apart
  engine::CapabilityCard capabilities;  // in words, for readers
  std::uint64_t seed = 0;
  std::map<std::string, std::string> options;
  bool strict_should = false;
  RunVerdict verdict = RunVerdict::kNotJudged;
  std::string not_judged_because;
  std::string not_judged_remedy;      // empty: nothing better than general advice is known
  std::vector<std::string> blocking;  // names of checks
  std::vector<SavedEdition> editions;
  engine::Counts counts;
  std::optional<SavedProfile> profile;  // nothing before the run is sealed, and in results that have none
  std::optional<SavedBaseline> baseline;
  std::vector<SavedRequirement> requirements;
  std::vector<SavedCheck> checks;  // by edition and id
  std::vector<http::Exchange> run_exchanges;
  std::map<std::string, http::RecordedBody> bodies;
  std::vector<std::string> leftovers;
  std::vector<engine::CollectorTurn> turns;  // runs of --gc-hook, in their order
  std::optional<engine::Settings> settings;  // those that results keep; hooks and identities say nothing but "given"
  std::optional<SavedSeal> seal;

  /// What the requirement says; empty for one that no check is about.
  std::string wording_of(const std::string& requirement) const;
};

/// What the engine found. All texts become valid UTF-8 (what was not shows as U+FFFD; bodies stay exact), so that
/// writing them cannot fail. Checks are ordered by edition and id, then as given.
SavedRun saved_run(engine::RunResult run, ToolInfo tool);

/// One check of it.
SavedCheck saved_check(engine::CheckResult check);

/// What the catalogue says of the requirement.
SavedRequirement saved_requirement(spec::RequirementId id);

/// How reports treat a check: by its outcome, unless the baseline or --strict should says otherwise.
enum class Standing : std::uint8_t {
  kPassed,
  kNoted,
  kWarned,
  kFailed,  // or warned where the run is strict about SHOULD
  kSkipped,
  kBlocked,
  kError,
  kKnown,           // the baseline excuses it
  kUnexpectedPass,  // it passes although the baseline says otherwise
};
Standing standing(const SavedRun& run, const SavedCheck& check);
const char* name(Standing standing);  // that of the outcome, "known", "unexpected pass"

/// The outcome in a word; "not run" for what the run did not come to.
const char* outcome_word(const SavedCheck& check);

}  // namespace referee::reports
