#include "reports/saved/first_version.h"

#include <algorithm>
#include <array>
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

// Results of that version say it in the reason alone.
bool lacks_an_option(std::string_view reason) {
  return reason.starts_with("needs --") || reason.find("is configured") != std::string_view::npos;
}

bool says_that_it_lacks(std::string_view words) {
  const auto begins = [&](std::string_view with) { return words.starts_with(with); };
  return std::ranges::any_of(
      std::array{"not ", "refused", "an ORAS artifact manifest was answered", "the referrers API is not"}, begins);
}

}  // namespace

void complete_first_version(SavedRun& run) {
  if (!run.complete) run.incomplete_reason = reason_in(run.incomplete_because);
  for (auto& check : run.checks) {
    check.not_configured = check.outcome == Outcome::kSkipped && lacks_an_option(check.reason);
  }
  for (auto& [what, said] : run.capabilities) said.lacking = says_that_it_lacks(said.words);
  for (auto& edition : run.editions) {
    const bool oras = spec::family(edition.edition) == spec::Family::kOras;
    const auto said = run.capabilities.find(oras ? "ORAS referrers API" : "OCI referrers API");
    if (said == run.capabilities.end() || said->second.words.empty()) continue;
    edition.offered = said->second.words == "offered" || said->second.words.starts_with("oras-");
  }
}

}  // namespace referee::reports
