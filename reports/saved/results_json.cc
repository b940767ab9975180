#include "reports/saved/results_json.h"

#include <nlohmann/json.hpp>

#include "reports/saved/evidence_json.h"
#include "reports/saved/settings_json.h"

namespace referee::reports {
namespace {

Results counts_json(const engine::Counts& counts) {
  Results json = Results::object();
  for (const auto outcome : kOutcomesInReports) json[name(outcome)] = counts.of(outcome);
  return json;
}

Results finding_json(const SavedFinding& finding, Version version) {
  Results json = {{"message", finding.message}, {"expected", finding.expected}, {"actual", finding.actual}};
  if (version != Version::k1) {
    json["note"] = finding.note;
    json["exchanges"] = finding.exchanges;
  }
  json["verdict"] = spec::name(finding.verdict);
  json["file"] = finding.file;
  json["line"] = finding.line;
  return json;
}

Results target_json(const SavedRun& run) {
  Results editions = Results::array();
  for (const auto& each : run.editions) editions.push_back(spec::name(each.edition));
  Results json = {{"url", run.target_url}, {"specs", editions}};
  if (run.version != Version::k1) json["editions"] = std::move(editions);
  Results words = Results::object();
  Results lacking = Results::array();
  for (const auto& [what, said] : run.capabilities) {
    words[what] = said.words;
    if (said.lacking) lacking.push_back(what);
  }
  json["capabilities"] = std::move(words);
  if (run.version != Version::k1) json["lacking"] = std::move(lacking);
  return json;
}

Results editions_json(const SavedRun& run) {
  Results json = Results::object();
  for (const auto& each : run.editions) {
    Results judged = {{"verdict", name(each.verdict)}, {"counts", counts_json(each.counts)}};
    if (each.offered && run.version != Version::k1) judged["offered"] = *each.offered;
    json[std::string(spec::name(each.edition))] = std::move(judged);
  }
  return json;
}

Results profile_json(const SavedProfile& profile) {
  Results features = Results::array();
  for (const auto& feature : profile.features) {
    features.push_back({{"name", feature.name},
                        {"core", feature.core},
                        {"state", name(feature.state)},
                        {"counts", counts_json(feature.counts)}});
  }
  return {{"verdict", profile.verdict},
          {"partial_because", texts_json(profile.partial_because)},
          {"features", std::move(features)}};
}

Results seal_json(const SavedSeal& seal) {
  Results json = {{"sha256", seal.sha256}};
  if (!seal.ed25519.empty()) json["ed25519"] = seal.ed25519;
  return json;
}

Results turns_json(const std::vector<engine::CollectorTurn>& turns) {
  Results json = Results::array();
  for (const auto& turn : turns) {
    json.push_back({{"number", json.size() + 1},
                    {"started", time_json(turn.started)},
                    {"seconds", turn.seconds},
                    {"status", turn.status},
                    {"output", turn.output}});
  }
  return json;
}

}  // namespace

Results mark_json(const BaselineMark& mark) {
  Results json = {{"state", name(mark.state)}};
  if (mark.outcome) json["outcome"] = name(*mark.outcome);
  for (const auto& [member, value] :
       {std::pair("reason", mark.reason), {"issue", mark.issue}, {"expires", mark.expires}}) {
    if (!value.empty()) json[member] = value;
  }
  return json;
}

Results baseline_json(const SavedBaseline& baseline) {
  const auto& counts = baseline.counts;
  return {{"gate", name(baseline.gate)},
          {"summary", baseline.summary},
          {"counts",
           {{"known", counts.known},
            {"new", counts.fresh},
            {"unexpected_pass", counts.unexpected_passes},
            {"expired", counts.expired},
            {"unused", counts.unused}}},
          {"remarks", baseline.remarks}};
}

Results heading_json(const SavedRun& run) {
  Results json = {{"schema", name(run.version)},
                  {"tool", {{"name", run.tool.name}, {"version", run.tool.version}, {"commit", run.tool.commit}}},
                  {"run", run.run},
                  {"started", rfc3339(run.started)},
                  {"seconds", run.seconds},
                  {"complete", run.complete}};
  if (!run.complete && run.version != Version::k1) json["incomplete_reason"] = name(run.incomplete_reason);
  if (!run.incomplete_because.empty()) json["incomplete_because"] = run.incomplete_because;
  json["target"] = target_json(run);
  json["seed"] = run.seed;
  json["options"] = texts_json(run.options);
  json["strict_should"] = run.strict_should;
  json["verdict"] = name(run.verdict);
  if (!run.not_judged_because.empty()) json["not_judged_because"] = run.not_judged_because;
  if (!run.not_judged_remedy.empty()) json["not_judged_remedy"] = run.not_judged_remedy;
  json["blocking"] = texts_json(run.blocking);
  json["editions"] = editions_json(run);
  json["counts"] = counts_json(run.counts);
  if (run.profile) json["profile"] = profile_json(*run.profile);
  return json;
}

Results requirements_json(const std::vector<SavedRequirement>& requirements) {
  Results json = Results::object();
  for (const auto& row : requirements) {
    json[row.id] = {{"group", row.group}, {"section", row.section}, {"text", row.text}};
  }
  return json;
}

Results check_json(const SavedCheck& check, Version version) {
  Results findings = Results::array();
  for (const auto& finding : check.findings) findings.push_back(finding_json(finding, version));
  Results json = {{"id", check.id}, {"spec", spec::name(check.edition)}};
  if (version != Version::k1) json["edition"] = spec::name(check.edition);
  json["requirement"] = check.requirement;
  json["level"] = spec::name(check.level);
  json["verdict"] = spec::name(check.verdict);
  json["source"] = check.source;
  json["outcome"] = name(check.outcome);
  json["reason"] = check.reason;
  if (check.not_run) json["not_run"] = true;
  if (check.not_configured && version != Version::k1) json["not_configured"] = true;
  json["started"] = time_json(check.started);
  json["seconds"] = check.seconds;
  json["findings"] = std::move(findings);
  json["exchanges"] = exchanges_json(check.exchanges);
  for (const auto& [name, told] : check.facts) json["facts"][name] = texts_json(told);
  if (check.baseline) json["baseline"] = mark_json(*check.baseline);
  return json;
}

Results results_json(const SavedRun& run) {
  Results json = heading_json(run);
  json["requirements"] = requirements_json(run.requirements);
  json["checks"] = Results::array();
  for (const auto& check : run.checks) json["checks"].push_back(check_json(check, run.version));
  json["run_exchanges"] = exchanges_json(run.run_exchanges);
  json["bodies"] = bodies_json(run.bodies);
  json["observations"] = Results::array();
  json["leftovers"] = texts_json(run.leftovers);
  if (!run.turns.empty()) json["collector_turns"] = turns_json(run.turns);
  if (run.settings) json["settings"] = settings_json(*run.settings);
  if (run.baseline) json["baseline"] = baseline_json(*run.baseline);
  if (run.seal) json["seal"] = seal_json(*run.seal);
  return json;
}

std::string results_text(const SavedRun& run) {
  return results_json(run).dump(1, ' ', false, Results::error_handler_t::replace) + "\n";
}

}  // namespace referee::reports
