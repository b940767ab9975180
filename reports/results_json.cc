#include "reports/results_json.h"

#include <fmt/format.h>

#include <set>

#include "harness/spec/source_url.h"
#include "reports/base64.h"
#include "reports/plain_text.h"

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

Results texts_json(const std::vector<std::string>& texts) {
  Results json = Results::array();
  for (const auto& each : texts) json.push_back(valid_utf8(each));
  return json;
}

Results texts_json(const std::map<std::string, std::string>& texts) {
  Results json = Results::object();
  for (const auto& [key, value] : texts) json[valid_utf8(key)] = valid_utf8(value);
  return json;
}

// Null where nothing started: a check that did not run, a rule that looked at the exchanges of others.
Results time_json(http::WallTime time) {
  if (time == http::WallTime()) return nullptr;
  return rfc3339(time);
}

Results headers_json(const std::vector<http::HeaderLine>& lines) {
  Results json = Results::array();
  for (const auto& line : lines) json.push_back(Results::array({valid_utf8(line.name), valid_utf8(line.value)}));
  return json;
}

Results exchange_json(const http::Exchange& exchange) {
  Results request = {{"method", valid_utf8(exchange.request.method)},
                     {"url", valid_utf8(exchange.request.url)},
                     {"headers", headers_json(exchange.request.headers)}};
  if (!exchange.request.body_digest.empty()) request["body"] = exchange.request.body_digest;
  Results json = {{"sequence", exchange.sequence}, {"lane", exchange.lane},
                  {"attempt", exchange.attempt},   {"started", time_json(exchange.started)},
                  {"seconds", exchange.seconds},   {"request", std::move(request)}};
  if (!exchange.response) {
    json["fault"] = valid_utf8(exchange.fault);
    return json;
  }
  Results response = {{"status", exchange.response->status},
                      {"reason", valid_utf8(exchange.response->reason)},
                      {"headers", headers_json(exchange.response->headers)}};
  if (!exchange.response->body_digest.empty()) response["body"] = exchange.response->body_digest;
  json["response"] = std::move(response);
  return json;
}

Results exchanges_json(const std::vector<http::Exchange>& exchanges) {
  Results json = Results::array();
  for (const auto& exchange : exchanges) json.push_back(exchange_json(exchange));
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

Results bodies_json(const engine::RunResult& run) {
  Results json = Results::object();
  // Straight into the vector: operator[] of an ordered object looks through all the keys that are already there.
  auto& members = json.get_ref<Results::object_t&>();
  for (const auto& [digest, body] : run.bodies) {
    members.push_back({digest, {{"base64", base64_encode(body.bytes)}, {"size", body.size}, {"capped", body.capped}}});
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

std::string rfc3339(http::WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::milliseconds>(time - day));
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

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
  json["bodies"] = bodies_json(run);
  json["observations"] = Results::array();
  json["leftovers"] = texts_json(run.leftovers);
  return json;
}

}  // namespace referee::reports
