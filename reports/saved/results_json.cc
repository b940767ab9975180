#include "reports/saved/results_json.h"

#include <fmt/format.h>

#include <set>

#include "harness/spec/source_url.h"
#include "reports/narrative/plain_text.h"
#include "reports/saved/evidence_json.h"

namespace referee::reports {
namespace {

using engine::Outcome;

// Section 4's order of outcomes.
constexpr Outcome kOutcomes[] = {Outcome::kPassed,  Outcome::kFailed,  Outcome::kWarned, Outcome::kNoted,
                                 Outcome::kSkipped, Outcome::kBlocked, Outcome::kError};

Results counts_json(const engine::Counts& counts) {
  Results json = Results::object();
  for (const auto outcome : kOutcomes) json[engine::name(outcome)] = counts.of(outcome);
  return json;
}

// The path below the project's root: where the program was built says nothing about the finding.
std::string file_name(const std::string& path) {
  const auto at = path.rfind("/suites/");
  return valid_utf8(at == std::string::npos ? path : path.substr(at + 1));
}

Results finding_json(const engine::Finding& finding) {
  return {{"message", valid_utf8(finding.message)}, {"expected", valid_utf8(finding.expected)},
          {"actual", valid_utf8(finding.actual)},   {"verdict", spec::name(finding.verdict)},
          {"file", file_name(finding.file)},        {"line", finding.line}};
}

Results check_json(const engine::CheckResult& check) {
  Results findings = Results::array();
  for (const auto& finding : check.findings) findings.push_back(finding_json(finding));
  Results json = {{"id", valid_utf8(check.id)},
                  {"spec", spec::name(check.edition)},
                  {"requirement", check.requirement.text()},
                  {"level", spec::name(check.binding.level)},
                  {"verdict", spec::name(check.binding.verdict)},
                  {"source", spec::source_url(spec::requirement(check.requirement), check.edition)},
                  {"outcome", engine::name(check.outcome)},
                  {"reason", valid_utf8(check.reason)}};
  if (check.not_run) json["not_run"] = true;
  json["started"] = time_json(check.started);
  json["seconds"] = check.seconds;
  json["findings"] = std::move(findings);
  json["exchanges"] = exchanges_json(check.exchanges);
  if (!check.facts.empty()) {
    for (const auto& [name, told] : check.facts) json["facts"][name] = texts_json(told);
  }
  return json;
}

Results checks_json(const engine::RunResult& run) {
  std::vector<const engine::CheckResult*> ordered;
  for (const auto& check : run.checks) ordered.push_back(&check);
  std::ranges::stable_sort(ordered, {}, [](const auto* check) { return std::tie(check->edition, check->id); });
  Results json = Results::array();
  for (const auto* check : ordered) json.push_back(check_json(*check));
  return json;
}

// What the checks' requirements say, each once.
Results requirements_json(const engine::RunResult& run) {
  std::set<spec::RequirementId> ids;
  for (const auto& check : run.checks) ids.insert(check.requirement);
  Results json = Results::object();
  for (const auto id : ids) {
    const auto& row = spec::requirement(id);
    json[std::string(row.id)] = {{"group", row.group}, {"section", row.anchor}, {"text", row.text}};
  }
  return json;
}

Results target_json(const engine::RunResult& run) {
  Results specs = Results::array();
  for (const auto edition : run.editions) specs.push_back(spec::name(edition));
  return {
      {"url", valid_utf8(run.target_url)}, {"specs", std::move(specs)}, {"capabilities", texts_json(run.capabilities)}};
}

// The results as far as the verdicts.
Results heading(const engine::RunResult& run, const ToolInfo& tool) {
  Results json = {{"schema", kResultsSchema},
                  {"tool", {{"name", tool.name}, {"version", tool.version}, {"commit", tool.commit}}},
                  {"run", valid_utf8(run.run_id)},
                  {"started", rfc3339(run.started)},
                  {"seconds", run.seconds},
                  {"complete", run.complete}};
  if (!run.incomplete_because.empty()) json["incomplete_because"] = valid_utf8(run.incomplete_because);
  json["target"] = target_json(run);
  json["seed"] = run.seed;
  json["options"] = texts_json(run.options);
  json["strict_should"] = run.strict_should;
  json["verdict"] = engine::name(run.verdict());
  if (!run.not_judged_because.empty()) json["not_judged_because"] = valid_utf8(run.not_judged_because);
  json["blocking"] = texts_json(run.blocking());
  return json;
}

}  // namespace

Results results_json(const engine::RunResult& run, const ToolInfo& tool) {
  Results json = heading(run, tool);
  json["editions"] = Results::object();
  for (const auto edition : run.editions) {
    json["editions"][std::string(spec::name(edition))] = {{"verdict", engine::name(run.verdict(edition))},
                                                          {"counts", counts_json(run.counts(edition))}};
  }
  json["counts"] = counts_json(run.counts());
  json["requirements"] = requirements_json(run);
  json["checks"] = checks_json(run);
  json["run_exchanges"] = exchanges_json(run.run_exchanges);
  json["bodies"] = bodies_json(run.bodies);
  json["observations"] = Results::array();
  json["leftovers"] = texts_json(run.leftovers);
  return json;
}

}  // namespace referee::reports
