#include "reports/comparison/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/narrative/plain_text.h"
#include "reports/narrative/story.h"

namespace referee::reports {
namespace {

using BaselineKey = std::pair<std::string, std::string>;  // edition and check

constexpr std::array kMembers = {"edition", "check", "requirement", "outcome", "reason", "issue", "expires"};
constexpr std::size_t kMostRemarks = 50;

// What is worse stands higher; nothing for outcomes that no entry is about.
int rank(const std::string& outcome) {
  if (outcome == "noted") return 1;
  if (outcome == "warned") return 2;
  if (outcome == "blocked" || outcome == "error") return 3;
  return outcome == "failed" ? 4 : 0;
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
  if (!entry.is_object()) return "is no object";
  for (const auto& [name, value] : entry.items()) {
    if (std::ranges::find(kMembers, name) == kMembers.end()) return fmt::format("has a member '{}'", name);
    if (!value.is_string()) return fmt::format("has a '{}' that is no text", name);
  }
  if (text(entry, "edition").empty() || text(entry, "check").empty()) return "lacks its edition or its check";
  if (rank(text(entry, "outcome")) < 2) return "has an outcome other than failed, warned, blocked, error";
  const auto expires = text(entry, "expires");
  if (!expires.empty() && !is_day(expires)) return "has an 'expires' that is no day like 2027-01-31";
  return "";
}

BaselineEntry entry_of(const Results& json) {
  return {.edition = text(json, "edition"),
          .check = text(json, "check"),
          .requirement = text(json, "requirement"),
          .outcome = text(json, "outcome"),
          .reason = text(json, "reason"),
          .issue = text(json, "issue"),
          .expires = text(json, "expires")};
}

BaselineKey key_of(const Results& check) { return {text(check, "spec"), text(check, "id")}; }
BaselineKey key_of(const BaselineEntry& entry) { return {entry.edition, entry.check}; }

std::string name_of(const BaselineKey& key) { return one_line(key.first + " " + key.second, 300); }

class BaselineComparison {
 public:
  BaselineComparison(Results& results, const Baseline& baseline, bool allow)
      : results_(results), allow_(allow), today_(text(results, "started").substr(0, 10)) {
    for (const auto& entry : baseline) entries_.emplace(key_of(entry), &entry);
    for (const auto& name : list(results, "blocking")) {
      if (name.is_string()) blocking_.insert(name.get<std::string>());
    }
  }

  Gate compare() {
    if (results_.contains("checks")) {
      for (auto& check : results_["checks"]) look_at(check);
    }
    for (const auto& [key, entry] : entries_) {
      if (!used_.contains(key)) remark("unused", fmt::format("unused: {}: it did not run here", name_of(key)));
    }
    const Gate gate = this->gate();
    summarise(gate);
    return gate;
  }

 private:
  void remark(const char* kind, const std::string& words) {
    ++counts_[kind];
    if (remarks_.size() < kMostRemarks) remarks_.push_back(words);
  }

  void mark(Results& check, const BaselineEntry* entry, const char* state) {
    Results json = {{"state", state}};
    if (entry != nullptr) {
      json["outcome"] = entry->outcome;
      for (const auto& [name, value] :
           {std::pair("reason", entry->reason), {"issue", entry->issue}, {"expires", entry->expires}}) {
        if (!value.empty()) json[name] = value;
      }
    }
    check["baseline"] = std::move(json);
  }

  // Whether the outcome would keep the run from being conformant.
  bool matters(const Results& check, const std::string& outcome) const {
    return outcome == "failed" || blocking_.contains(text(check, "spec") + " " + text(check, "id"));
  }

  void not_excused(Results& check, const BaselineEntry* entry, const std::string& outcome, const std::string& words) {
    if (!matters(check, outcome)) return;
    const bool expired = entry != nullptr && is_expired(*entry);
    mark(check, entry, expired ? "expired" : "new");
    remark(expired ? "expired" : "new", words);
    (outcome == "failed" ? broken_ : undecided_) = true;
  }

  bool is_expired(const BaselineEntry& entry) const { return !entry.expires.empty() && entry.expires < today_; }

  void look_at(Results& check) {
    if (not_run(check)) {
      used_.insert(key_of(check));  // nobody can say
      return;
    }
    const auto outcome = effective_outcome(results_, check);
    const auto key = key_of(check);
    const auto found = entries_.find(key);
    if (found == entries_.end())
      return not_excused(check, nullptr, outcome, fmt::format("new: {}: {}", name_of(key), outcome));
    used_.insert(key);
    const BaselineEntry& entry = *found->second;
    if (outcome == "skipped") return remark("unused", fmt::format("unused: {}: skipped now", name_of(key)));
    if (is_expired(entry)) return expired(check, entry, outcome);
    if (rank(outcome) <= 1) return passes(check, entry);
    if (rank(outcome) > worst_of(entry)) {
      return not_excused(check, &entry, outcome,
                         fmt::format("new: {}: {} now, {} in the baseline", name_of(key), outcome, entry.outcome));
    }
    mark(check, &entry, "known");
    ++counts_["known"];
  }

  // With --strict should a known warning is a known failure.
  int worst_of(const BaselineEntry& entry) const {
    return entry.outcome == "warned" && flag(results_, "strict_should") ? rank("failed") : rank(entry.outcome);
  }

  void passes(Results& check, const BaselineEntry& entry) {
    mark(check, &entry, allow_ ? "passes now" : "unexpected pass");
    remark("unexpected_pass", fmt::format("passes now: {}: {} in the baseline", name_of(key_of(check)), entry.outcome));
    broken_ = broken_ || !allow_;
  }

  void expired(Results& check, const BaselineEntry& entry, const std::string& outcome) {
    const auto words = fmt::format("expired on {}: {}: {}", entry.expires, name_of(key_of(check)), outcome);
    if (rank(outcome) > 1 && matters(check, outcome)) return not_excused(check, &entry, outcome, words);
    remark("expired", words);
  }

  Gate gate() const {
    if (broken_) return Gate::kBroken;
    const bool none = number(member(results_, "counts"), "passed") == 0;
    if (undecided_ || none || !flag(results_, "complete", true)) return Gate::kUndecided;
    return Gate::kHeld;
  }

  void summarise(Gate gate) {
    Results counts = Results::object();
    for (const char* kind : {"known", "new", "unexpected_pass", "expired", "unused"}) counts[kind] = counts_[kind];
    const char* word = gate == Gate::kHeld ? "held" : gate == Gate::kBroken ? "broken" : "undecided";
    const auto summary = fmt::format("{}: {} known, {} new, {} unexpected passes{}, {} expired, {} unused", word,
                                     counts_["known"], counts_["new"], counts_["unexpected_pass"],
                                     allow_ ? " (allowed)" : "", counts_["expired"], counts_["unused"]);
    results_["baseline"] = {{"gate", word}, {"summary", summary}, {"counts", counts}, {"remarks", remarks_}};
  }

  Results& results_;
  bool allow_;
  std::string today_;
  std::map<BaselineKey, const BaselineEntry*> entries_;
  std::set<std::string> blocking_;
  std::set<BaselineKey> used_;
  std::map<std::string, int> counts_;
  std::vector<std::string> remarks_;
  bool broken_ = false;
  bool undecided_ = false;
};

}  // namespace

Baseline load_baseline(const std::filesystem::path& path) {
  const auto refuse = [&](const std::string& why) {
    return CannotRead(fmt::format("{}: {}. Give a file that --update-baseline wrote.", path.string(), why));
  };
  std::ifstream file(path, std::ios::binary);
  if (!file) throw refuse("cannot be opened");
  const Results json = Results::parse(file, nullptr, false);
  if (json.is_discarded()) throw refuse("is not JSON");
  if (text(json, "schema") != kBaselineSchema || !member(json, "entries").is_array()) {
    throw refuse(fmt::format("is no baseline of the schema '{}'", kBaselineSchema));
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

std::string baseline_text(const Results& results, const Baseline& old) {
  std::map<BaselineKey, BaselineEntry> entries;
  for (const auto& entry : old) entries.emplace(key_of(entry), entry);
  for (const auto& check : list(results, "checks")) {
    if (not_run(check)) continue;
    const auto outcome = text(check, "outcome");
    const auto key = key_of(check);
    if (outcome == "skipped") continue;
    if (rank(outcome) < 2) {
      entries.erase(key);
      continue;
    }
    auto& entry = entries[key];
    entry.edition = key.first;
    entry.check = key.second;
    entry.requirement = text(check, "requirement");
    entry.outcome = outcome;
  }
  Results json = {{"schema", kBaselineSchema}, {"entries", Results::array()}};
  for (const auto& [key, entry] : entries) {
    json["entries"].push_back({{"edition", entry.edition},
                               {"check", entry.check},
                               {"requirement", entry.requirement},
                               {"outcome", entry.outcome},
                               {"reason", entry.reason},
                               {"issue", entry.issue},
                               {"expires", entry.expires}});
  }
  return json.dump(2, ' ', false, Results::error_handler_t::replace) + "\n";
}

Gate apply_baseline(Results& results, const Baseline& baseline, bool allow_unexpected_pass) {
  return BaselineComparison(results, baseline, allow_unexpected_pass).compare();
}

}  // namespace referee::reports
