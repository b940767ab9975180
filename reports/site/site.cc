#include "reports/site/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/http/syntax/lexer.h"
#include "reports/comparison/comparison.h"
#include "reports/exploration/exploration_json.h"
#include "reports/narrative/readable_findings.h"
#include "reports/narrative/story.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence_json.h"
#include "reports/saved/profile.h"
#include "reports/saved/read_results.h"
#include "reports/saved/without_evidence.h"

namespace referee::reports {
namespace {

constexpr std::size_t kLongestName = 80;  // of a file
constexpr std::size_t kMostSeen = 5;      // findings of one check
constexpr std::size_t kLongestSeen = 1'500;

bool did_not_pass(Outcome outcome) { return outcome != Outcome::kPassed && outcome != Outcome::kSkipped; }

// Text as a file's name everywhere, in lower case; texts that differ may become the same.
std::string as_file_name(const std::string& text) {
  std::string name;
  for (const char c : http::in_lower_case(text)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    name += kept ? c : '-';
  }
  name.resize(std::min(name.size(), kLongestName));
  const auto begin = name.find_first_not_of("-.");
  return begin == std::string::npos ? "x" : name.substr(begin);
}

std::string own_name_of(const SavedRun& run) {
  const auto own = run.options.find("name");
  if (own != run.options.end() && !own->second.empty()) return own->second;
  const auto scheme = run.target_url.find("://");
  return scheme == std::string::npos ? run.target_url : run.target_url.substr(scheme + 3);
}

std::vector<std::string> seen_in(const SavedRun& run, const SavedCheck& check) {
  std::vector<std::string> seen;
  for (const auto& finding : readable_findings(run, check)) {
    if (seen.size() == kMostSeen) break;
    seen.push_back(capped(readable_text(finding), kLongestSeen));
  }
  return seen;
}

}  // namespace

std::string SiteRun::title() const { return version.empty() ? rfc3339(started).substr(0, 10) : version; }

std::optional<Outcome> SiteRun::outcome_at(JudgedPlace place) const {
  const auto found = std::ranges::lower_bound(outcomes, place, {}, &std::pair<JudgedPlace, Outcome>::first);
  return found == outcomes.end() || found->first != place ? std::nullopt : std::optional(found->second);
}

std::pair<std::string, std::string> registry_and_version(const std::string& name) {
  const auto at = name.rfind('@');
  if (at == std::string::npos || at == 0) return {name, ""};
  return {name.substr(0, at), name.substr(at + 1)};
}

void Site::add_file(const std::string& name, const std::filesystem::path& path) {
  const auto document = parse_without_evidence(path);
  const std::string schema = document ? text(*document, "schema") : "";
  if (schema == kExplorationSchema) return add_exploration(name, *document);
  if (version_named(schema)) return add_run(name, run_of(*document));
  // The journal of one that broke off is lines of JSON.
  const auto saved = load_saved(path);
  if (const auto* run = std::get_if<SavedRun>(&saved)) return add_run(name, *run);
  add_exploration(name, std::get<Results>(saved));
}

void Site::add_run(const std::string& name_given, const SavedRun& run) {
  const auto [name, version] = registry_and_version(valid_utf8(name_given.empty() ? own_name_of(run) : name_given));
  auto& registry = registries_[name];
  if (registry.runs.empty()) {
    registry.name = name;
    registry.file = file_for("registries", name);
  }
  take_requirements(run);
  SiteRun digest{.version = version,
                 .run = run.run,
                 .started = run.started,
                 .referee = run.tool.version,
                 .verdict = run.verdict,
                 .words = verdict_in_words(run),
                 .editions = {},
                 .whole = is_whole_conformance(run),
                 .counts = run.counts,
                 .outcomes = outcomes_of(run)};
  for (const auto& judged : run.editions) {
    digest.editions.emplace_back(spec::name(judged.edition), verdict_in_words(judged));
  }
  const auto later = std::ranges::upper_bound(registry.runs, digest.started, {}, &SiteRun::started);
  const bool newest = later == registry.runs.end();
  registry.runs.insert(later, std::move(digest));
  if (!newest) return;
  registry.target = run.target_url;
  registry.features = features_of(run);
  registry.findings = findings_of(run, name, version);
  registry.badge = badge_of(run);
}

void Site::add_exploration(const std::string& name_given, const Results& exploration) {
  if (!probes_) probes_ = std::make_shared<Results>(Results::object());
  for (const auto& [probe, asks] : member(exploration, "probes").items()) (*probes_)[probe] = asks;
  const auto& registries = list(exploration, "registries");
  for (const auto& registry : registries) {
    const auto& target = member(registry, "target");
    std::string name = text(target, "name");
    if (name.empty()) name = text(target, "url");
    if (!name_given.empty()) name = registries.size() == 1 ? name_given : fmt::format("{}: {}", name_given, name);
    auto& newest = explored_[name];
    if (newest && text(*newest, "started") > text(registry, "started")) continue;
    auto named = registry;
    named["target"]["name"] = valid_utf8(name);
    newest = std::make_shared<const Results>(std::move(named));
  }
}

void Site::add_known(const std::string& name, const Baseline& known) {
  auto& reasons = known_[name];
  for (const auto& entry : known) reasons[{entry.edition, entry.check}] = {entry.reason, entry.issue};
}

Results Site::exploration() const {
  if (explored_.empty()) return nullptr;
  Results registries = Results::array();
  for (const auto& [name, registry] : explored_) registries.push_back(*registry);
  return {{"schema", kExplorationSchema}, {"probes", *probes_}, {"registries", std::move(registries)}};
}

JudgedPlace Site::place_of(const std::string& requirement, spec::Edition edition) {
  const auto [found, fresh] = places_.try_emplace({requirement, edition}, static_cast<JudgedPlace>(judged_.size()));
  if (fresh) judged_.emplace_back(requirement, edition);
  return found->second;
}

std::string Site::file_for(const std::string& folder, const std::string& name) {
  const std::string wanted = as_file_name(name);
  std::string file = wanted;
  for (int count = 2; !files_.insert(folder + "/" + file).second; ++count) file = fmt::format("{}-{}", wanted, count);
  return file;
}

std::vector<JudgedPlace> Site::places_of(const std::string& requirement) const {
  std::vector<JudgedPlace> places;
  for (auto at = places_.lower_bound({requirement, spec::Edition{}}); at != places_.end(); ++at) {
    if (at->first.first != requirement) break;
    places.push_back(at->second);
  }
  return places;
}

std::optional<Outcome> Site::worst_outcome(const SiteRun& run, const std::string& requirement) const {
  std::optional<Outcome> worst;
  for (const auto place : places_of(requirement)) {
    const auto outcome = run.outcome_at(place);
    if (outcome && (!worst || badness(*outcome) > badness(*worst))) worst = outcome;
  }
  return worst;
}

void Site::take_requirements(const SavedRun& run) {
  for (const auto& saved : run.requirements) {
    auto& requirement = requirements_[saved.id];
    if (requirement.file.empty()) requirement.file = file_for("requirements", saved.id);
    requirement.id = saved.id;
    requirement.group = saved.group;
    requirement.section = saved.section;
    requirement.text = saved.text;
  }
  for (const auto& check : run.checks) {
    const auto found = requirements_.find(check.requirement);
    if (found != requirements_.end()) found->second.sources[std::string(spec::name(check.edition))] = check.source;
  }
}

std::vector<std::pair<JudgedPlace, Outcome>> Site::outcomes_of(const SavedRun& run) {
  std::map<JudgedPlace, Outcome> worst;
  for (const auto& check : run.checks) {
    const auto [found, fresh] = worst.try_emplace(place_of(check.requirement, check.edition), check.outcome);
    if (!fresh && badness(check.outcome) > badness(found->second)) found->second = check.outcome;
  }
  return {worst.begin(), worst.end()};
}

std::vector<SiteFinding> Site::findings_of(const SavedRun& run, const std::string& name,
                                           const std::string& version) const {
  std::vector<SiteFinding> findings;
  for (const auto& check : run.checks) {
    if (!did_not_pass(check.outcome)) continue;
    findings.push_back({.check = check.id,
                        .edition = std::string(spec::name(check.edition)),
                        .requirement = check.requirement,
                        .level = check.level,
                        .outcome = check.outcome,
                        .headline = headline(check, 300),
                        .seen = seen_in(run, check),
                        .source = check.source,
                        .known = reason_for(check, name, version)});
  }
  std::ranges::stable_sort(findings, std::ranges::greater(), [](const auto& each) { return badness(each.outcome); });
  return findings;
}

std::optional<SiteReason> Site::reason_for(const SavedCheck& check, const std::string& name,
                                           const std::string& version) const {
  // What is said of this version counts before what is said of all.
  for (const auto& key : {fmt::format("{}@{}", name, version), fmt::format("{}-{}", name, version), name}) {
    const auto known = known_.find(key);
    if (known == known_.end()) continue;
    const auto entry = known->second.find({std::string(spec::name(check.edition)), check.id});
    if (entry != known->second.end() && !entry->second.reason.empty()) return entry->second;
  }
  const auto& mark = check.baseline;
  if (!mark || mark->state != BaselineState::kKnown || mark->reason.empty()) return std::nullopt;
  return SiteReason{mark->reason, mark->issue};
}

}  // namespace referee::reports
