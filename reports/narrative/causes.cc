#include "reports/narrative/causes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string_view>

namespace referee::reports {
namespace {

// A cause, the beginnings of the ids that it can break, and what a finding of it looks like: words of which one is in
// what came; none: whatever came. The first row that fits a check counts.
struct CauseRow {
  std::string_view cause;
  std::array<std::string_view, 6> ids;
  std::array<std::string_view, 3> came;
};
constexpr std::array kCauses = std::to_array<CauseRow>({
    {"digests in requests are not validated",
     {"oci.referrers.list.bad-digest.", "oci.blob.bad-digest-400", "oci.referrers.list.digest-unregistered-alg",
      "oras.digest.lower-case"},
     {}},
    {"bytes are stored without comparing them with their digest",
     {"oci.manifest.digest-mismatch-400", "img.digest.sha256-verified", "oras.digest.sha256-verified"},
     {}},
    {"an empty list is answered with an error or not as a list",
     {"oci.referrers.list.empty-200", "oci.referrers.list.never-404", "oci.referrers.list.known-200",
      "oci.referrers.list.unknown-repo", "oci.referrers.filter.no-match-200", "oci.referrers.list.manifests-not-null"},
     {"404", "null", "500"}},
    {"the list is not served as an image index",
     {"oci.referrers.list.content-type", "oci.referrers.list.body-", "oci.referrers.page.each-is-index",
      "oci.referrers.list.i-json"},
     {}},
    {"manifests with a missing subject are refused",
     {"oci.subject.missing-", "oci.subject.order-referrer-first", "oci.subject.other-repo-201",
      "oci.subject.header-missing-subject", "oci.concurrency.subject-and-referrer", "img.subject.weak-association"},
     {}},
    {"the subject of a push is not acknowledged by OCI-Subject",
     {"oci.subject.header-", "oci.support.subject-list-agree"},
     {}},
    {"artifactType is not taken from the manifest",
     {"oci.referrers.list.artifacttype-", "oci.referrers.filter.config-fallback", "oci.referrers.filter.index"},
     {}},
    {"annotations are not taken from the manifest", {"oci.referrers.list.annotations", "img.annotations."}, {}},
    {"the filter by artifactType is wrong", {"oci.referrers.filter.", "oras.filter."}, {}},
    {"pagination is wrong", {"oci.referrers.page.", "oras.page."}, {}},
    {"deletion takes too much or too little away", {"oci.delete.", "oras.lifecycle."}, {}},
    {"pushes at the same time lose each other", {"oci.concurrency.", "oras.concurrency."}, {}},
    {"bodies of errors are not those of the specification", {"oci.error.", "oras.subject.error-body"}, {}},
});

bool begins_with_one(const std::string& id, const std::array<std::string_view, 6>& beginnings) {
  return std::ranges::any_of(beginnings, [&](std::string_view one) { return !one.empty() && id.starts_with(one); });
}

bool is_part_of_a_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

// "404" is in "404 Not Found", and not in a digest that happens to have these digits.
bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool begins = at == 0 || !is_part_of_a_word(text[at - 1]);
    if (begins && (end == text.size() || !is_part_of_a_word(text[end]))) return true;
  }
  return false;
}

bool looks_like(const SavedCheck& check, const std::array<std::string_view, 3>& came) {
  if (came.front().empty()) return true;
  return std::ranges::any_of(check.findings, [&](const SavedFinding& finding) {
    return std::ranges::any_of(came,
                               [&](std::string_view word) { return !word.empty() && has_word(finding.actual, word); });
  });
}

const CauseRow* cause_of(const SavedCheck& check) {
  const auto row = std::ranges::find_if(kCauses, [&](const CauseRow& each) {
    return begins_with_one(check.requirement, each.ids) && looks_like(check, each.came);
  });
  return row == kCauses.end() ? nullptr : &*row;
}

}  // namespace

std::vector<CauseGroup> causes_of(const std::vector<const SavedCheck*>& checks) {
  std::map<const CauseRow*, std::vector<const SavedCheck*>> by_cause;  // in the order of the table
  for (const auto* check : checks) by_cause[cause_of(*check)].push_back(check);
  std::vector<CauseGroup> groups;
  std::set<const SavedCheck*> explained;
  for (const auto& [row, members] : by_cause) {
    if (row == nullptr || members.size() < 2) continue;
    groups.push_back({std::string(row->cause), members});
    explained.insert(members.begin(), members.end());
  }
  std::ranges::stable_sort(groups, std::greater<>(), [](const CauseGroup& group) { return group.checks.size(); });
  CauseGroup others;
  std::ranges::copy_if(checks, std::back_inserter(others.checks),
                       [&](const SavedCheck* check) { return !explained.contains(check); });
  if (!others.checks.empty()) groups.push_back(std::move(others));
  return groups;
}

}  // namespace referee::reports
