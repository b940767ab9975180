#include "reports/narrative/judgement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/narrative/story.h"
#include "reports/plain_text.h"

namespace referee::reports {
namespace {

constexpr std::size_t kReason = 600;  // bytes of a reason that are shown
constexpr std::size_t kNamesPerReason = 5;
constexpr std::size_t kMostReasons = 20;

std::string remedy_of_break(IncompleteReason reason) {
  switch (reason) {
    case IncompleteReason::kNoAnswer:
      return "Find out why the target does not answer, then run again.";
    case IncompleteReason::kRunTimeout:
      return "Give it longer with --run-timeout, or less to do with --filter or --spec.";
    case IncompleteReason::kTargetGone:
      return "Find out from the registry's log why it stopped answering, then run again.";
    case IncompleteReason::kInterrupted:
    case IncompleteReason::kBrokenOff:
    case IncompleteReason::kPartNotJudged:
    case IncompleteReason::kUnknown:
      break;
  }
  return "Run it again, to its end.";
}

std::string names_line(const std::string& reason, const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), kNamesPerReason);
  std::string line =
      fmt::format("{}: {}", fmt::join(names.begin(), names.begin() + static_cast<long>(shown), ", "), reason);
  if (names.size() > shown) {
    line = fmt::format("{} and {} more: {}", fmt::join(names.begin(), names.begin() + static_cast<long>(shown), ", "),
                       names.size() - shown, reason);
  }
  return line;
}

// The checks that block the verdict, gathered by their reasons.
Obstacle blocked_checks(const SavedRun& run) {
  const std::set<std::string> blocking(run.blocking.begin(), run.blocking.end());
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> by_reason;
  bool errors = false;
  for (const auto& check : run.checks) {
    if (check.not_run || !blocking.contains(check.name())) continue;
    errors = errors || check.outcome == Outcome::kError;
    const auto reason = fmt::format("{}: {}", name(check.outcome), headline(check, kReason));
    if (!by_reason.contains(reason)) order.push_back(reason);
    by_reason[reason].push_back(check.name());
  }
  std::size_t count = 0;
  Obstacle obstacle;
  for (const auto& reason : order) {
    count += by_reason[reason].size();
    if (obstacle.details.size() < kMostReasons) obstacle.details.push_back(names_line(reason, by_reason[reason]));
  }
  if (order.size() > kMostReasons) {
    obstacle.details.push_back(fmt::format("and {} more reasons", order.size() - kMostReasons));
  }
  obstacle.cause = fmt::format(
      "{} {} whose violation would be a failure could not be decided (blocked or in error), so no one can say that "
      "the registry conforms.",
      count, count == 1 ? "check" : "checks");
  obstacle.remedy =
      "Fix what the reasons name: missing rights (--username, --registry-config; the user must be able to "
      "push, list and delete)";
  obstacle.remedy +=
      errors ? ", an unreliable connection (--timeout, --retries, --jobs 1), then run again." : ", then run again.";
  if (count == 0) obstacle.cause.clear();
  return obstacle;
}

Obstacle nothing_passed(const SavedRun& run) {
  if (run.editions.empty()) {
    return {"Nothing was judged: the target offers none of the editions asked for.",
            {},
            "Name an edition with --spec (say, --spec oras-rc.2) to have it judged all the same."};
  }
  if (run.checks.empty()) {
    return {"Nothing was judged: no check was chosen.", {}, "Widen --filter, --exclude, --level or --spec."};
  }
  return {"No check passed: what was not skipped could say nothing, so there is nothing to judge by.", not_offered(run),
          "Look at the reasons of the skipped checks; choose editions that the target offers with --spec."};
}

bool all_skipped(const engine::Counts& counts) {
  const int skipped = counts.of(Outcome::kSkipped);
  return skipped > 0 && counts.total() == skipped;
}

// The first reason why a check of the edition was skipped, where none was skipped for lack of time.
std::string skipped_because(const SavedRun& run, spec::Edition edition) {
  std::string reason;
  for (const auto& check : run.checks) {
    if (check.edition != edition) continue;
    if (check.not_run) return "";
    if (reason.empty()) reason = headline(check, kReason);
  }
  return reason;
}

// What the search for capabilities said of the API; empty where it said nothing.
std::string said_of(const SavedRun& run, const std::string& api) {
  const auto said = run.capabilities.find(api);
  return said == run.capabilities.end() ? "" : one_line(said->second.words, kReason);
}

}  // namespace

std::vector<std::string> not_offered(const SavedRun& run) {
  std::vector<std::string> sentences;
  for (const auto& judged : run.editions) {
    const auto edition = spec::name(judged.edition);
    if (all_skipped(judged.counts)) {
      const auto reason = skipped_because(run, judged.edition);
      if (reason.empty()) continue;
      const char* what =
          judged.offered.value_or(false)
              ? "nothing of {} was judged: all its checks were skipped ({})"
              : "{} is not offered by the target: all its checks were skipped and nothing of it was judged ({})";
      sentences.push_back(fmt::format(fmt::runtime(what), edition, reason));
    } else if (!judged.offered.value_or(true)) {
      const std::string api =
          spec::family(judged.edition) == spec::Family::kOras ? "ORAS referrers API" : "OCI referrers API";
      sentences.push_back(
          fmt::format("{} was judged although the target does not offer the {} ({})", edition, api, said_of(run, api)));
    }
  }
  return sentences;
}

std::vector<Obstacle> obstacles(const SavedRun& run) {
  std::vector<Obstacle> found;
  if (run.verdict != RunVerdict::kNotJudged) return found;
  if (!run.complete) {
    const auto& broke = run.incomplete_because;
    found.push_back({fmt::format("The run stopped early: {}", broke.empty() ? "broken off" : broke),
                     {},
                     remedy_of_break(run.incomplete_reason)});
  }
  if (!run.not_judged_because.empty() && run.complete) {
    found.push_back({fmt::format("The target could not be judged: {}", one_line(run.not_judged_because, 2'000)),
                     {},
                     run.not_judged_remedy.empty()
                         ? "Check that the URL is right (http or https, the port, no path but the registry's own), "
                           "that the registry is up, and that the user may push to the repositories under --repo; then "
                           "run again."
                         : run.not_judged_remedy});
  }
  if (auto blocked = blocked_checks(run); !blocked.cause.empty()) found.push_back(blocked);
  if (found.empty()) found.push_back(nothing_passed(run));
  return found;
}

}  // namespace referee::reports
