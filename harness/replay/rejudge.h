// Judging recorded evidence again: the checks run over the recorded wire and clock, without any registry.
//
//   for (const auto& one : rejudge(evidence)) fmt::print("{} {}\n", one.id, name(one.kind));
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/engine/result.h"
#include "harness/engine/settings.h"
#include "harness/http/record/transcript.h"

namespace referee::replay {

/// A check as it ended then.
struct RecordedCheck {
  std::string id;
  spec::Edition edition;
  engine::Outcome outcome = engine::Outcome::kPassed;
  bool not_run = false;
  std::vector<http::Exchange> exchanges;
  engine::Facts facts;
};

/// All that a run kept of what it did and saw.
struct Evidence {
  std::vector<std::string> targets;  // base URLs; several where editions were judged apart
  engine::Settings settings;         // of then, with its run id and seed; the base URL is the target's
  std::vector<RecordedCheck> checks;
  std::vector<http::Exchange> run_exchanges;
  std::map<std::string, http::RecordedBody> bodies;
};

/// How today's judgement compares with that of the run.
enum class Agreement : std::uint8_t {
  kSame,
  kChanged,        // another outcome
  kCutBody,        // blocked: it needs bytes that were not kept
  kAsksOtherwise,  // today's check sends other requests
  kNoSuchCheck,    // today there is no check of that id in that edition
  kWasNotRun,      // it did not get its turn then
};
const char* name(Agreement agreement);  // "same", "changed", "cut body", ...
inline constexpr std::size_t kAgreementCount = 6;

struct Rejudged {
  std::string id;
  spec::Edition edition;
  engine::Outcome then = engine::Outcome::kPassed;
  std::optional<engine::Outcome> now;  // where it could be judged
  Agreement agreement = Agreement::kSame;
  std::string reason;  // today's, or why there is none
};

/// The evidence does not allow to judge anything again; the message says why.
class CannotRejudge : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One entry for each check, in the order of the evidence. Throws CannotRejudge where already the search for what the
/// target offers cannot be repeated.
std::vector<Rejudged> rejudge(const Evidence& evidence);

}  // namespace referee::replay
