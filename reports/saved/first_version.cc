#include "reports/saved/first_version.h"

#include <string_view>

namespace referee::reports {
namespace {

IncompleteReason reason_in(std::string_view words) {
  if (words.starts_with("interrupted")) return IncompleteReason::kInterrupted;
  if (words.starts_with("the run timeout passed")) {
    return words.ends_with(" was answered") ? IncompleteReason::kNoAnswer : IncompleteReason::kRunTimeout;
  }
  if (words.starts_with("the target has gone")) return IncompleteReason::kTargetGone;
  if (words.starts_with("the program did not come to its end")) return IncompleteReason::kBrokenOff;
  return IncompleteReason::kUnknown;
}

}  // namespace

void complete_first_version(SavedRun& run) {
  if (!run.complete) run.incomplete_reason = reason_in(run.incomplete_because);
  for (auto& edition : run.editions) {
    const bool oras = spec::family(edition.edition) == spec::Family::kOras;
    const auto said = run.capabilities.find(oras ? "ORAS referrers API" : "OCI referrers API");
    if (said == run.capabilities.end() || said->second.empty()) continue;
    edition.offered = said->second == "offered" || said->second.starts_with("oras-");
  }
}

}  // namespace referee::reports
