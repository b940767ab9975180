// A baseline: what is known not to pass, so that a gate can tell a change from a known gap.
//
//   {"schema": "referee-baseline/1", "entries": [
//     {"edition": "oci-1.1.1", "check": "Filtering.X", "requirement": "oci.referrers.filter.header",
//      "outcome": "failed", "reason": "filters come with 2.0", "issue": "https://...", "expires": "2027-01-31"}]}
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/saved/results.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

inline constexpr std::string_view kBaselineSchema = "referee-baseline/1";

/// One check in one edition that need not pass.
struct BaselineEntry {
  std::string edition;
  std::string check;
  std::string requirement;
  Outcome outcome = Outcome::kFailed;  // or warned, blocked, in error
  std::string reason;
  std::string issue;
  std::string expires;  // "2027-01-31", the last day on which it holds; empty: forever

  auto operator<=>(const BaselineEntry&) const = default;
};

using Baseline = std::vector<BaselineEntry>;

/// The entries of the file, sorted. Throws CannotRead for a file that is not a baseline, an entry that is wrong, or one
/// that occurs twice; the message names it.
Baseline load_baseline(const std::filesystem::path& path);

/// The file for what did not pass in these results. Entries of `old` lend their reasons, issues and dates, and stay
/// as they are where their check did not run now; earlier names of checks become today's. Sorted by edition and
/// check, a member a line.
std::string baseline_text(const SavedRun& run, const Baseline& old);

/// Marks each check with what the baseline says of it, and the run with the sums. Entries excuse what is not worse than
/// they say; those that have expired on the day of the run excuse nothing. Broken: something failed that is not
/// excused, or passes although it should not and `allow_unexpected_pass` is off. Undecided: what decides is blocked or
/// in error and not excused, the run did not end, or nothing passed. An entry that names its check by an earlier name
/// counts for today's check, with a remark that says so, unless that one has its own entry.
BaselineGate apply_baseline(SavedRun& run, const Baseline& baseline, bool allow_unexpected_pass);

}  // namespace referee::reports
