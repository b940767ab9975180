#include "reports/comparison/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "harness/spec/renamed_checks.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence_json.h"
#include "reports/saved/parse_document.h"

namespace referee::reports {
namespace {

using BaselineKey = std::pair<std::string, std::string>;  // edition and check

constexpr std::array kMembers = {"edition", "check", "requirement", "outcome", "reason", "issue", "expires"};
constexpr std::size_t kMostRemarks = 50;

// What is worse is higher; 0 for outcomes that no entry is about.
int rank_of(Standing how) {
  switch (how) {
    case Standing::kNoted:
      return 1;
    case Standing::kWarned:
      return 2;
    case Standing::kBlocked:
    case Standing::kError:
      return 3;
    case Standing::kFailed:
      return 4;
    case Standing::kPassed:
    case Standing::kSkipped:
    case Standing::kKnown:
    case Standing::kUnexpectedPass:
      break;
  }
  return 0;
}

// Whether an entry may be about that outcome.
bool need_not_pass(Outcome outcome) {
  return outcome == Outcome::kFailed || outcome == Outcome::kWarned || outcome == Outcome::kBlocked ||
         outcome == Outcome::kError;
}

bool is_day(const std::string& text_of_day) {
  if (text_of_day.size() != 10) return false;
  for (std::size_t i = 0; i < text_of_day.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text_of_day[i] != '-' : text_of_day[i] < '0' || text_of_day[i] > '9') return false;
  }
  return text_of_day.substr(5, 2) <= "12" && text_of_day.substr(8, 2) <= "31";
}

std::string fault_of(const Results& entry) {
  if (!entry.is_object()) return "is not an object";
  for (const auto& [name, value] : entry.items()) {
    if (std::ranges::find(kMembers, name) == kMembers.end()) return fmt::format("has a member '{}'", name);
    if (!value.is_string()) return fmt::format("has a '{}' that is not a string", name);
  }
  if (text(entry, "edition").empty() || text(entry, "check").empty()) return "lacks its edition or its check";
  const auto outcome = engine::outcome_named(text(entry, "outcome"));
  if (!outcome || !need_not_pass(*outcome)) return "has an outcome other than failed, warned, blocked, error";
  const auto expires = text(entry, "expires");
  if (!expires.empty() && !is_day(expires)) return "has an 'expires' that is not a day like 2027-01-31";
  return "";
}

BaselineEntry entry_of(const Results& json) {
  return {.edition = text(json, "edition"),
          .check = text(json, "check"),
          .requirement = text(json, "requirement"),
          .outcome = engine::outcome_named(text(json, "outcome")).value(),
          .reason = text(json, "reason"),
          .issue = text(json, "issue"),
          .expires = text(json, "expires")};
}

BaselineKey key_of(const SavedCheck& check) { return {std::string(spec::name(check.edition)), check.id}; }
BaselineKey key_of(const BaselineEntry& entry) { return {entry.edition, entry.check}; }

std::string name_of(const BaselineKey& key) { return one_line(key.first + " " + key.second, 300); }

// The key of an entry that names its check by an earlier name, which the run no longer knows.
std::optional<BaselineKey> renamed_in(const SavedRun& run, const BaselineEntry& entry) {
  const auto today = spec::new_name_of_check(entry.check);
  const auto has_the_old = [&](const SavedCheck& check) { return key_of(check) == key_of(entry); };
  if (!today || std::ranges::any_of(run.checks, has_the_old)) return std::nullopt;
  return BaselineKey(entry.edition, *today);
}

class BaselineComparison {
 public:
  BaselineComparison(SavedRun& run, const Baseline& baseline, bool allow)
      : run_(run),
        allow_(allow),
        today_(rfc3339(run.started).substr(0, 10)),
        blocking_(run.blocking.begin(), run.blocking.end()) {
    for (const auto& entry : baseline) {
      if (!renamed_in(run, entry)) entries_.emplace(key_of(entry), &entry);
    }
    // Where the file has an entry with today's name too, that one counts.
    for (const auto& entry : baseline) {
      const auto renamed = renamed_in(run, entry);
      if (!renamed) continue;
      entries_.emplace(*renamed, &entry);
      tell_new_name(entry, *renamed);
    }
  }

  BaselineGate compare() {
    for (auto& check : run_.checks) look_at(check);
    for (const auto& [key, entry] : entries_) {
      if (!used_.contains(key)) remark(sums_.unused, fmt::format("unused: {}: it did not run here", name_of(key)));
    }
    const auto gate = this->gate();
    run_.baseline = {gate, summary(gate), sums_, std::move(remarks_)};
    return gate;
  }

 private:
  void tell_new_name(const BaselineEntry& entry, const BaselineKey& today) {
    if (remarks_.size() == kMostRemarks) return;
    remarks_.push_back(
        fmt::format("renamed: {} is called {} now; write that into the baseline (--update-baseline does)",
                    name_of(key_of(entry)), one_line(today.second, 300)));
  }

  void remark(int& count, const std::string& words) {
    ++count;
    if (remarks_.size() < kMostRemarks) remarks_.push_back(words);
  }

  static void mark(SavedCheck& check, const BaselineEntry* entry, BaselineState state) {
    check.baseline = BaselineMark{.state = state, .outcome = {}, .reason = {}, .issue = {}, .expires = {}};
    if (entry != nullptr) check.baseline = {state, entry->outcome, entry->reason, entry->issue, entry->expires};
  }

  // Whether the check would keep the run from being conformant.
  bool matters(const SavedCheck& check, Standing how) const {
    return how == Standing::kFailed || blocking_.contains(check.name());
  }

  void not_excused(SavedCheck& check, const BaselineEntry* entry, Standing how, const std::string& words) {
    if (!matters(check, how)) return;
    const bool expired = entry != nullptr && is_expired(*entry);
    mark(check, entry, expired ? BaselineState::kExpired : BaselineState::kNew);
    remark(expired ? sums_.expired : sums_.fresh, words);
    (how == Standing::kFailed ? broken_ : undecided_) = true;
  }

  bool is_expired(const BaselineEntry& entry) const { return !entry.expires.empty() && entry.expires < today_; }

  void look_at(SavedCheck& check) {
    const auto key = key_of(check);
    if (check.not_run) {
      used_.insert(key);  // neither used nor unused: unknown
      return;
    }
    const auto how = standing(run_, check);
    const auto found = entries_.find(key);
    if (found == entries_.end())
      return not_excused(check, nullptr, how, fmt::format("new: {}: {}", name_of(key), name(how)));
    used_.insert(key);
    const BaselineEntry& entry = *found->second;
    if (how == Standing::kSkipped) return remark(sums_.unused, fmt::format("unused: {}: skipped now", name_of(key)));
    if (is_expired(entry)) return expired(check, entry, how);
    if (rank_of(how) <= 1) return passes(check, entry);
    if (rank_of(how) > worst_of(entry)) {
      return not_excused(
          check, &entry, how,
          fmt::format("new: {}: {} now, {} in the baseline", name_of(key), name(how), name(entry.outcome)));
    }
    mark(check, &entry, BaselineState::kKnown);
    ++sums_.known;
  }

  // With --strict should a known warning is a known failure.
  int worst_of(const BaselineEntry& entry) const {
    return rank_of(standing(run_, {.requirement = {}, .source = {}, .outcome = entry.outcome}));
  }

  void passes(SavedCheck& check, const BaselineEntry& entry) {
    mark(check, &entry, allow_ ? BaselineState::kPassesNow : BaselineState::kUnexpectedPass);
    remark(sums_.unexpected_passes,
           fmt::format("passes now: {}: {} in the baseline", name_of(key_of(check)), name(entry.outcome)));
    broken_ = broken_ || !allow_;
  }

  void expired(SavedCheck& check, const BaselineEntry& entry, Standing how) {
    const auto words = fmt::format("expired on {}: {}: {}", entry.expires, name_of(key_of(check)), name(how));
    if (rank_of(how) > 1 && matters(check, how)) return not_excused(check, &entry, how, words);
    remark(sums_.expired, words);
  }

  BaselineGate gate() const {
    if (broken_) return BaselineGate::kBroken;
    const bool none = run_.counts.of(Outcome::kPassed) == 0;
    return undecided_ || none || !run_.complete ? BaselineGate::kUndecided : BaselineGate::kHeld;
  }

  std::string summary(BaselineGate gate) const {
    return fmt::format("{}: {} known, {} new, {} unexpected passes{}, {} expired, {} unused", name(gate), sums_.known,
                       sums_.fresh, sums_.unexpected_passes, allow_ ? " (allowed)" : "", sums_.expired, sums_.unused);
  }

  SavedRun& run_;
  bool allow_;
  std::string today_;
  std::map<BaselineKey, const BaselineEntry*> entries_;
  std::set<std::string> blocking_;
  std::set<BaselineKey> used_;
  BaselineSums sums_;
  std::vector<std::string> remarks_;
  bool broken_ = false;
  bool undecided_ = false;
};

}  // namespace

Baseline load_baseline(const std::filesystem::path& path) {
  const auto refuse = [&](const std::string& why) {
    return CannotRead(fmt::format("{}: {}. Give a file that --update-baseline wrote.", path.string(), why));
  };
  const auto bytes = bytes_of(path);
  if (!bytes) throw refuse("cannot be opened");
  const auto document = parse_document(*bytes);
  if (!document) throw refuse("is not JSON");
  const Results& json = *document;
  if (text(json, "schema") != kBaselineSchema || !member(json, "entries").is_array()) {
    throw refuse(fmt::format("is not a baseline of the schema '{}'", kBaselineSchema));
  }
  Baseline baseline;
  std::set<BaselineKey> seen;
  for (const auto& each : list(json, "entries")) {
    const auto name = name_of({text(each, "edition"), text(each, "check")});
    if (const auto fault = fault_of(each); !fault.empty()) {
      throw refuse(fmt::format("entry {} ({}) {}", baseline.size() + 1, name, one_line(fault, 200)));
    }
    baseline.push_back(entry_of(each));
    if (!seen.insert(key_of(baseline.back())).second) throw refuse(fmt::format("has two entries for {}", name));
  }
  std::ranges::sort(baseline);
  return baseline;
}

std::string baseline_text(const SavedRun& run, const Baseline& old) {
  std::map<BaselineKey, BaselineEntry> entries;
  for (const auto& entry : old) {
    if (!renamed_in(run, entry)) entries.emplace(key_of(entry), entry);
  }
  for (auto entry : old) {
    const auto renamed = renamed_in(run, entry);
    if (!renamed) continue;
    entry.check = renamed->second;
    entries.emplace(*renamed, std::move(entry));
  }
  for (const auto& check : run.checks) {
    if (check.not_run || check.outcome == Outcome::kSkipped) continue;
    const auto key = key_of(check);
    if (!need_not_pass(check.outcome)) {
      entries.erase(key);
      continue;
    }
    auto& entry = entries[key];
    entry.edition = key.first;
    entry.check = key.second;
    entry.requirement = check.requirement;
    entry.outcome = check.outcome;
  }
  Results json = {{"schema", kBaselineSchema}, {"entries", Results::array()}};
  for (const auto& [key, entry] : entries) {
    json["entries"].push_back({{"edition", entry.edition},
                               {"check", entry.check},
                               {"requirement", entry.requirement},
                               {"outcome", name(entry.outcome)},
                               {"reason", entry.reason},
                               {"issue", entry.issue},
                               {"expires", entry.expires}});
  }
  return json.dump(2, ' ', false, Results::error_handler_t::replace) + "\n";
}

BaselineGate apply_baseline(SavedRun& run, const Baseline& baseline, bool allow_unexpected_pass) {
  return BaselineComparison(run, baseline, allow_unexpected_pass).compare();
}

}  // namespace referee::reports
