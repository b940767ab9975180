#include "reports/site/site_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/saved/evidence_json.h"

namespace referee::reports {
namespace {

std::string document(const Results& members, std::string_view kind) {
  Results json = {{"schema", kSiteSchema}, {"kind", kind}};
  json.update(members);
  return json.dump(1, ' ', false, Results::error_handler_t::replace) + "\n";
}

Results counts_of(const SiteRun& run) {
  Results json = Results::object();
  for (const auto outcome : kOutcomesInReports) json[name(outcome)] = run.counts.of(outcome);
  return json;
}

Results run_json(const SiteRun& run) {
  Results editions = Results::object();
  for (const auto& [edition, words] : run.editions) editions[edition] = words;
  return {{"version", run.version},          {"run", run.run},
          {"started", rfc3339(run.started)}, {"referee", run.referee},
          {"verdict", name(run.verdict)},    {"words", run.words},
          {"editions", std::move(editions)}, {"counts", counts_of(run)}};
}

Results features_json(const SiteRegistry& registry) {
  Results features = Results::array();
  for (const auto& feature : registry.features) {
    features.push_back({{"name", feature.name},
                        {"core", feature.core},
                        {"state", name(feature.state)},
                        {"passed", feature.counts.of(Outcome::kPassed)},
                        {"failed", feature.counts.of(Outcome::kFailed)}});
  }
  return features;
}

Results finding_json(const SiteFinding& finding) {
  Results json = {{"check", finding.check},
                  {"edition", finding.edition},
                  {"requirement", finding.requirement},
                  {"level", spec::name(finding.level)},
                  {"outcome", name(finding.outcome)},
                  {"headline", finding.headline},
                  {"seen", texts_json(finding.seen)},
                  {"source", finding.source}};
  if (finding.known) json["known"] = {{"reason", finding.known->reason}, {"issue", finding.known->issue}};
  return json;
}

Results change_json(const SiteChange& change) {
  Results differences = Results::array();
  for (const auto& one : change.comparison.differences) {
    differences.push_back({{"requirement", one.id},
                           {"edition", one.edition},
                           {"entry", heading_of(log_entry_of(one))},
                           {"before", one.values.front()},
                           {"after", one.values.back()}});
  }
  return {{"before", change.before->run}, {"after", change.after->run}, {"differences", std::move(differences)}};
}

}  // namespace

std::string site_json(const Site& site) {
  Results registries = Results::array();
  for (const auto& [name_of, registry] : site.registries()) {
    registries.push_back({{"name", registry.name},
                          {"page", fmt::format("registries/{}.html", registry.file)},
                          {"badge", fmt::format("badges/{}.svg", registry.file)},
                          {"data", fmt::format("api/registries/{}.json", registry.file)},
                          {"newest", run_json(registry.newest())},
                          {"features", features_json(registry)}});
  }
  return document({{"registries", std::move(registries)},
                   {"requirements", "api/requirements.json"},
                   {"exploration", site.explored() ? Results("api/exploration.json") : Results()}},
                  "site");
}

std::string registry_json(const SiteRegistry& registry, const std::vector<SiteChange>& changes) {
  Results runs = Results::array();
  for (const auto& run : registry.runs) runs.push_back(run_json(run));
  Results findings = Results::array();
  for (const auto& finding : registry.findings) findings.push_back(finding_json(finding));
  Results log = Results::array();
  for (const auto& change : changes) log.push_back(change_json(change));
  return document({{"name", registry.name},
                   {"target", registry.target},
                   {"features", features_json(registry)},
                   {"runs", std::move(runs)},
                   {"findings", std::move(findings)},
                   {"changes", std::move(log)}},
                  "registry");
}

std::string answers_json(const Results& exploration) {
  Results registries = Results::array();
  for (const auto& registry : list(exploration, "registries")) {
    Results answers = Results::array();
    for (const auto& one : list(registry, "observations")) {
      Results answer = Results::object();
      for (const char* key : {"probe", "spec", "reply", "answer", "detail"}) answer[key] = text(one, key);
      answers.push_back(std::move(answer));
    }
    registries.push_back({{"name", text(member(registry, "target"), "name")},
                          {"started", text(registry, "started")},
                          {"answers", std::move(answers)}});
  }
  Results questions = Results::object();
  for (const auto& [probe, asks] : member(exploration, "probes").items()) questions[probe] = text(asks, "question");
  return document({{"questions", std::move(questions)}, {"registries", std::move(registries)}}, "exploration");
}

std::string requirements_json(const Site& site) {
  Results requirements = Results::array();
  for (const auto& [id, requirement] : site.requirements()) {
    Results outcomes = Results::array();
    for (const auto& [name_of, registry] : site.registries()) {
      for (const auto place : site.places_of(id)) {
        const auto outcome = registry.newest().outcome_at(place);
        if (!outcome) continue;
        outcomes.push_back({{"registry", registry.name},
                            {"edition", spec::name(site.judged()[place].second)},
                            {"outcome", name(*outcome)}});
      }
    }
    requirements.push_back({{"id", id},
                            {"group", requirement.group},
                            {"section", requirement.section},
                            {"text", requirement.text},
                            {"page", fmt::format("requirements/{}.html", requirement.file)},
                            {"outcomes", std::move(outcomes)}});
  }
  return document({{"requirements", std::move(requirements)}}, "requirements");
}

}  // namespace referee::reports
