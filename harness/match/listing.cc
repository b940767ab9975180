#include "harness/match/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/engine/shortened.h"

namespace referee::match {
namespace internal {
namespace {

std::set<std::string> without(const std::set<std::string>& from, const std::set<std::string>& what) {
  std::set<std::string> left;
  std::ranges::set_difference(from, what, std::inserter(left, left.end()));
  return left;
}

bool report(const std::string& problem, const std::set<std::string>& missing, const std::set<std::string>& foreign,
            MatchResultListener* listener) {
  if (!problem.empty()) *listener << "which cannot be read: " << problem;
  if (problem.empty() && !missing.empty()) *listener << "which lacks " << engine::shortened(missing);
  if (problem.empty() && !missing.empty() && !foreign.empty()) *listener << " and ";
  if (problem.empty() && !foreign.empty()) *listener << "which lists " << engine::shortened(foreign) << " too";
  return problem.empty() && missing.empty() && foreign.empty();
}

}  // namespace

std::string describe(const std::vector<std::string>& digests) {
  if (digests.empty()) return "nothing";
  if (digests.size() > 8) return fmt::format("{} digests from {} on", digests.size(), digests.front());
  return fmt::format("{}", fmt::join(digests, ", "));
}

bool same_set(const std::vector<std::string>& listed, const std::string& problem,
              const std::vector<std::string>& wanted, MatchResultListener* listener) {
  const std::set<std::string> have(listed.begin(), listed.end());
  const std::set<std::string> want(wanted.begin(), wanted.end());
  if (have == want && !want.empty()) return true;  // as below: what cannot be read shows nothing else
  return report(problem, without(want, have), without(have, want), listener);
}

bool all_listed(const std::vector<std::string>& listed, const std::string& problem,
                const std::vector<std::string>& wanted, MatchResultListener* listener) {
  const std::set<std::string> have(listed.begin(), listed.end());
  const std::set<std::string> want(wanted.begin(), wanted.end());
  const auto missing = without(want, have);
  if (missing.empty() && !want.empty()) return true;  // seen is seen, even where the rest cannot be read
  return report(problem, missing, {}, listener);
}

}  // namespace internal

std::vector<std::string> repeated(const std::vector<std::string>& digests) {
  std::set<std::string> seen;
  std::vector<std::string> again;
  for (const auto& digest : digests) {
    if (!seen.insert(digest).second) again.push_back(digest);
  }
  return again;
}

engine::Entry entry_for(const std::vector<engine::Entry>& entries, const std::string& digest) {
  const auto found = std::ranges::find(entries, digest, [](const auto& entry) { return entry.digest.value_or(""); });
  if (found == entries.end()) throw engine::PremiseBroken("the list has no entry for " + digest);
  return *found;
}

}  // namespace referee::match
