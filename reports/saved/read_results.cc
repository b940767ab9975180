#include "reports/saved/read_results.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/saved/evidence.h"
#include "reports/saved/first_version.h"
#include "reports/saved/settings_json.h"

namespace referee::reports {
namespace {

// What the word under the key means; `missing` where the member is not there. Throws CannotRead for any other.
template <typename Enum, typename Named>
Enum word(const Results& json, std::string_view key, Named named, Enum missing) {
  const Results& value = member(json, key);
  if (value.is_null()) return missing;
  const auto written = text(json, key);
  const std::optional<Enum> meant = named(written);
  if (!meant) throw CannotRead(fmt::format("'{}' is not a known {}", written.substr(0, 100), key));
  return *meant;
}

int whole_number(const Results& json, std::string_view key) {
  constexpr double kMost = 1'000'000'000;
  return static_cast<int>(std::clamp(number(json, key), -kMost, kMost));
}

std::map<std::string, std::string> words_of(const Results& json) {
  std::map<std::string, std::string> words;
  for (const auto& [key, value] : json.items()) {
    if (value.is_string()) words[key] = value.get<std::string>();
  }
  return words;
}

engine::Counts counts_of(const Results& json) {
  engine::Counts counts;
  for (const auto outcome : kOutcomesInReports) counts.add(outcome, whole_number(json, name(outcome)));
  return counts;
}

SavedFinding finding_of(const Results& json) {
  SavedFinding finding{.message = text(json, "message"),
                       .expected = text(json, "expected"),
                       .actual = text(json, "actual"),
                       .note = text(json, "note"),
                       .exchanges = {},
                       .verdict = word(json, "verdict", &spec::verdict_named, spec::Verdict::kFail),
                       .file = text(json, "file"),
                       .line = whole_number(json, "line")};
  for (const auto& sequence : list(json, "exchanges")) {
    if (sequence.is_number_unsigned()) finding.exchanges.push_back(sequence.get<std::uint64_t>());
  }
  return finding;
}

std::optional<BaselineMark> mark_of(const Results& json) {
  if (!json.is_object()) return std::nullopt;
  BaselineMark mark{.state = word(json, "state", &baseline_state_named, BaselineState::kNew),
                    .outcome = {},
                    .reason = text(json, "reason"),
                    .issue = text(json, "issue"),
                    .expires = text(json, "expires")};
  if (json.contains("outcome")) mark.outcome = word(json, "outcome", &engine::outcome_named, Outcome::kPassed);
  return mark;
}

std::optional<SavedBaseline> baseline_of(const Results& json) {
  if (!json.is_object()) return std::nullopt;
  const Results& counts = member(json, "counts");
  return SavedBaseline{.gate = word(json, "gate", &baseline_gate_named, BaselineGate::kUndecided),
                       .summary = text(json, "summary"),
                       .counts = {.known = whole_number(counts, "known"),
                                  .fresh = whole_number(counts, "new"),
                                  .unexpected_passes = whole_number(counts, "unexpected_pass"),
                                  .expired = whole_number(counts, "expired"),
                                  .unused = whole_number(counts, "unused")},
                       .remarks = texts_of(list(json, "remarks"))};
}

engine::Facts facts_of(const Results& json) {
  engine::Facts facts;
  for (const auto& [name, told] : json.items()) facts[name] = texts_of(told);
  return facts;
}

std::vector<SavedEdition> editions_of(const Results& json) {
  std::vector<SavedEdition> editions;
  for (const auto& [name, judged] : json.items()) {
    SavedEdition edition{.edition = edition_of(name),
                         .verdict = word(judged, "verdict", &engine::run_verdict_named, RunVerdict::kNotJudged),
                         .counts = counts_of(member(judged, "counts")),
                         .offered = {}};
    if (member(judged, "offered").is_boolean()) edition.offered = flag(judged, "offered");
    editions.push_back(edition);
  }
  return editions;
}

std::optional<SavedSeal> seal_of(const Results& json) {
  if (!json.is_object()) return std::nullopt;
  return SavedSeal{text(json, "sha256"), text(json, "ed25519")};
}

std::optional<SavedProfile> saved_profile_of(const Results& json) {
  if (!json.is_object()) return std::nullopt;
  SavedProfile profile{
      .verdict = text(json, "verdict"), .partial_because = texts_of(list(json, "partial_because")), .features = {}};
  for (const auto& feature : list(json, "features")) {
    profile.features.push_back({text(feature, "name"), flag(feature, "core"),
                                word(feature, "state", &feature_state_named, FeatureState::kNotJudged),
                                counts_of(member(feature, "counts"))});
  }
  return profile;
}

void read_heading(const Results& document, SavedRun& run) {
  const Results& tool = member(document, "tool");
  const Results& target = member(document, "target");
  run.tool = {text(tool, "name"), text(tool, "version"), text(tool, "commit")};
  run.run = text(document, "run");
  run.started = instant_of(member(document, "started"));
  run.seconds = number(document, "seconds");
  run.complete = flag(document, "complete", true);
  run.incomplete_reason =
      word(document, "incomplete_reason", &engine::incomplete_reason_named, IncompleteReason::kUnknown);
  run.incomplete_because = text(document, "incomplete_because");
  run.target_url = text(target, "url");
  for (auto& [what, words] : words_of(member(target, "capabilities"))) run.capabilities[what] = {words};
  for (const auto& what : texts_of(list(target, "lacking"))) {
    if (const auto found = run.capabilities.find(what); found != run.capabilities.end()) found->second.lacking = true;
  }
  if (const auto& seed = member(document, "seed"); seed.is_number_unsigned()) run.seed = seed.get<std::uint64_t>();
  run.options = words_of(member(document, "options"));
  run.strict_should = flag(document, "strict_should");
  run.verdict = word(document, "verdict", &engine::run_verdict_named, RunVerdict::kNotJudged);
  run.not_judged_because = text(document, "not_judged_because");
  run.not_judged_remedy = text(document, "not_judged_remedy");
  run.blocking = texts_of(list(document, "blocking"));
  run.editions = editions_of(member(document, "editions"));
  run.counts = counts_of(member(document, "counts"));
  run.profile = saved_profile_of(member(document, "profile"));
}

std::vector<engine::CollectorTurn> turns_of(const Results& json) {
  std::vector<engine::CollectorTurn> turns;
  for (const auto& turn : json) {
    turns.push_back({.started = instant_of(member(turn, "started")),
                     .seconds = number(turn, "seconds"),
                     .status = whole_number(turn, "status"),
                     .output = text(turn, "output")});
  }
  return turns;
}

SavedRun read(const Results& document) {
  SavedRun run;
  run.version = word(document, "schema", &version_named, Version::k1_1);
  read_heading(document, run);
  run.baseline = baseline_of(member(document, "baseline"));
  run.requirements = requirements_of(member(document, "requirements"));
  for (const auto& check : list(document, "checks")) run.checks.push_back(check_of(check));
  run.run_exchanges = exchanges_of(list(document, "run_exchanges"));
  run.bodies = recorded_bodies(document);
  run.leftovers = texts_of(list(document, "leftovers"));
  run.turns = turns_of(list(document, "collector_turns"));
  if (const Results& saved = member(document, "settings"); saved.is_object()) run.settings = settings_of(saved);
  run.seal = seal_of(member(document, "seal"));
  if (run.version == Version::k1) complete_first_version(run);
  return run;
}

}  // namespace

spec::Edition edition_of(const Results& json) {
  const auto written = json.is_string() ? json.get<std::string>() : "";
  const auto edition = spec::edition_named(written);
  if (!edition) throw CannotRead(fmt::format("'{}' is not an edition", written.substr(0, 100)));
  return *edition;
}

std::vector<std::string> texts_of(const Results& list) {
  std::vector<std::string> texts;
  for (const auto& each : list) texts.push_back(each.is_string() ? each.get<std::string>() : "");
  return texts;
}

std::vector<SavedRequirement> requirements_of(const Results& json) {
  std::vector<SavedRequirement> rows;
  for (const auto& [id, row] : json.items()) {
    rows.push_back({id, text(row, "group"), text(row, "section"), text(row, "text")});
  }
  return rows;
}

SavedCheck check_of(const Results& json) {
  // The first version says only "spec".
  const Results& edition = member(json, json.contains("edition") ? "edition" : "spec");
  SavedCheck check{.id = text(json, "id"),
                   .edition = edition_of(edition),
                   .requirement = text(json, "requirement"),
                   .level = word(json, "level", &spec::level_named, spec::Level::kImplied),
                   .verdict = word(json, "verdict", &spec::verdict_named, spec::Verdict::kInfo),
                   .source = text(json, "source"),
                   .outcome = word(json, "outcome", &engine::outcome_named, Outcome::kPassed),
                   .reason = text(json, "reason"),
                   .not_run = flag(json, "not_run"),
                   .not_configured = flag(json, "not_configured"),
                   .baseline = mark_of(member(json, "baseline")),
                   .started = instant_of(member(json, "started")),
                   .seconds = number(json, "seconds"),
                   .findings = {},
                   .exchanges = exchanges_of(list(json, "exchanges")),
                   .facts = facts_of(member(json, "facts"))};
  if (!json.contains("outcome"))
    throw CannotRead(fmt::format("the check '{}' has no outcome", check.id.substr(0, 100)));
  for (const auto& finding : list(json, "findings")) check.findings.push_back(finding_of(finding));
  return check;
}

SavedRun run_of(const Results& document) {
  try {
    return read(document);
  } catch (const nlohmann::json::exception& broken) {
    throw CannotRead(fmt::format("the results are not of the shape of their schema: {}", broken.what()));
  }
}

}  // namespace referee::reports
