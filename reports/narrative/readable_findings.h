// The findings of a check as every report presents them: several inputs with one fault are one finding.
//
//   for (const auto& finding : readable_findings(run, check)) {
//     out += finding.request + "\nexpected: " + finding.expected + "\ngot: " + finding.got;
//   }
#pragma once

#include <string>
#include <vector>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// One fault, and all the inputs that show it.
struct ReadableFinding {
  spec::Verdict verdict = spec::Verdict::kFail;
  std::string request;   // method and path of the last request that shows it; empty where none does
  std::string expected;  // empty, as is `got`, where the claim has no such parts: `message` says it then
  std::string got;
  std::string note;
  std::string message;
  std::string file;
  int line = 0;
  std::size_t times = 1;  // inputs that show it
};

/// In the order of the first input of each. Texts are as they came from the registry.
std::vector<ReadableFinding> readable_findings(const SavedRun& run, const SavedCheck& check);

/// The reason without what an answer was, except for its status: "expected status 400; got 200 OK".
std::string in_short(const std::string& reason);

/// What such a finding says, a line each: request, what was expected, what came, and the note.
std::string readable_text(const ReadableFinding& finding);

/// The checks that judge what blocked this one: those with findings on the same kind of request and answer as its last,
/// two at most, as "Pushing.X (oci.subject.push-201)"; empty where there are none, or where the check is not blocked.
std::string judged_by(const SavedRun& run, const SavedCheck& check);

/// Why a check that is graded more softly than its level says: "a warning although the level is MUST; ..."; empty where
/// it is not.
std::string softer_because(const SavedCheck& check, spec::Verdict verdict);

}  // namespace referee::reports
