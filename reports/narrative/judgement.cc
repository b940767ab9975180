#include "reports/narrative/judgement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/narrative/plain_text.h"
#include "reports/narrative/story.h"

namespace referee::reports {
namespace {

constexpr std::size_t kReason = 600;  // bytes of a reason that are shown
constexpr std::size_t kNamesPerReason = 5;
constexpr std::size_t kMostReasons = 20;

std::string mend_of_break(const std::string& because) {
  if (because.find("timeout") != std::string::npos) {
    if (because.find("was answered") != std::string::npos)
      return "Find out why the target does not answer, then run again.";
    return "Give it longer with --run-timeout, or less to do with --filter or --spec.";
  }
  if (because.find("gone") != std::string::npos) {
    return "Find out from the registry's log why it stopped answering, then run again.";
  }
  return "Run it again, to its end.";
}

bool blocks(const std::set<std::string>& blocking, const Results& check) {
  return blocking.contains(text(check, "spec") + " " + text(check, "id"));
}

std::set<std::string> blocking_of(const Results& results) {
  std::set<std::string> names;
  for (const auto& name : list(results, "blocking")) {
    if (name.is_string()) names.insert(name.get<std::string>());
  }
  return names;
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
Obstacle blocked_checks(const Results& results, const std::set<std::string>& blocking) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> by_reason;
  bool errors = false;
  for (const auto& check : list(results, "checks")) {
    if (!blocks(blocking, check) || not_run(check)) continue;
    const auto outcome = text(check, "outcome");
    errors = errors || outcome == "error";
    const auto reason = fmt::format("{}: {}", outcome, headline(check, kReason));
    if (!by_reason.contains(reason)) order.push_back(reason);
    by_reason[reason].push_back(text(check, "spec") + " " + text(check, "id"));
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
      "{} {} whose violation would be a failure could not be decided (blocked or in error), so nobody can say that "
      "the registry conforms.",
      count, count == 1 ? "check" : "checks");
  obstacle.mend =
      "Mend what the reasons name: missing rights (--username, --registry-config; the user must be able to "
      "push, list and delete)";
  obstacle.mend +=
      errors ? ", an unreliable connection (--timeout, --retries, --jobs 1), then run again." : ", then run again.";
  if (count == 0) obstacle.cause.clear();
  return obstacle;
}

Obstacle nothing_passed(const Results& results) {
  if (member(results, "editions").empty()) {
    return {"Nothing was judged: the target offers none of the editions asked for.",
            {},
            "Name an edition with --spec (say, --spec oras-rc.2) to have it judged all the same."};
  }
  if (list(results, "checks").empty()) {
    return {"Nothing was judged: no check was chosen.", {}, "Widen --filter, --exclude, --level or --spec."};
  }
  return {"No check passed: what was not skipped could say nothing, so there is nothing to judge by.",
          not_offered(results),
          "Look at the reasons of the skipped checks; choose editions that the target offers with --spec."};
}

bool all_skipped(const Results& counts) {
  double others = 0;
  for (const char* outcome : {"passed", "failed", "warned", "noted", "blocked", "error"})
    others += number(counts, outcome);
  return others == 0 && number(counts, "skipped") > 0;
}

// The first reason why a check of the edition was skipped, where none was skipped for want of time.
std::string skipped_because(const Results& results, const std::string& edition) {
  std::string reason;
  for (const auto& check : list(results, "checks")) {
    if (text(check, "spec") != edition) continue;
    if (not_run(check)) return "";
    if (reason.empty()) reason = headline(check, kReason);
  }
  return reason;
}

}  // namespace

std::vector<std::string> not_offered(const Results& results) {
  std::vector<std::string> sentences;
  const Results& card = member(member(results, "target"), "capabilities");
  for (const auto& [edition, judged] : member(results, "editions").items()) {
    const std::string api = edition.starts_with("oras") ? "ORAS referrers API" : "OCI referrers API";
    const auto offer = text(card, api);
    const bool absent = !offer.empty() && offer != "offered" && !offer.starts_with("oras-");
    if (all_skipped(member(judged, "counts"))) {
      const auto reason = skipped_because(results, edition);
      if (reason.empty()) continue;
      sentences.push_back(
          fmt::format("{} is not offered by the target: all its checks were skipped and nothing of it was judged ({})",
                      edition, reason));
    } else if (absent) {
      sentences.push_back(fmt::format("{} was judged although the target does not offer the {} ({})", edition, api,
                                      one_line(offer, kReason)));
    }
  }
  return sentences;
}

std::vector<Obstacle> obstacles(const Results& results) {
  std::vector<Obstacle> found;
  if (text(results, "verdict") != "not-judged") return found;
  const auto because = text(results, "not_judged_because");
  const bool complete = flag(results, "complete", true);
  if (!complete) {
    const auto broke = text(results, "incomplete_because");
    found.push_back({fmt::format("The run ended before its end: {}", broke.empty() ? "broken off" : broke),
                     {},
                     mend_of_break(broke)});
  }
  if (!because.empty() && complete) {
    found.push_back({fmt::format("The target could not be judged: {}", one_line(because, 2'000)),
                     {},
                     "Check that the URL is right (http or https, the port, no path but the registry's own), that the "
                     "registry is up, and that the user may push to the repositories under --repo; then run again."});
  }
  if (auto blocked = blocked_checks(results, blocking_of(results)); !blocked.cause.empty()) found.push_back(blocked);
  if (found.empty()) found.push_back(nothing_passed(results));
  return found;
}

}  // namespace referee::reports
