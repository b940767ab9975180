#include "harness/cli/commands/prove_report.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "harness/cli/commands/table.h"
#include "harness/cli/host/tool.h"
#include "reports/formats/html_page.h"

namespace referee::cli {

extern const reports::HtmlTemplate kProvePage;  // html/prove.html

namespace {

using proof::Accusation;
using proof::Claim;
using proof::Proof;
using reports::Results;

template <typename Editions>
Results names_of(const Editions& editions) {
  Results names = Results::array();
  for (const auto edition : editions) names.push_back(spec::name(edition));
  return names;
}

Results accusations_json(const std::vector<Accusation>& accusations) {
  Results all = Results::array();
  for (const auto& accusation : accusations) {
    all.push_back({{"check", accusation.check},
                   {"spec", spec::name(accusation.edition)},
                   {"requirement", accusation.requirement},
                   {"outcome", engine::name(accusation.outcome)},
                   {"reason", accusation.reason}});
  }
  return all;
}

Results proof_json(const Proof& proof) {
  const auto& defect = *registry::find_defect(proof.defect);
  Results also = Results::object();
  for (const auto& [requirement, reason] : defect.also_violates) also[std::string(requirement.text())] = reason;
  Results row = {{"id", proof.defect},
                 {"title", defect.title},
                 {"requirement", proof.requirement},
                 {"specs", names_of(proof.editions)},
                 {"seconds", proof.seconds},
                 {"caught", proof.caught()},
                 {"clean", proof.clean()},
                 {"caught_by", accusations_json(proof.caught_by)},
                 {"unseen_in", names_of(proof.unseen_in())},
                 {"also_violates", also},
                 {"also_accused", accusations_json(proof.excused)},
                 {"falsely_accused", accusations_json(proof.false_ones)},
                 {"idle_excuses", proof.idle_excuses}};
  if (!proof.not_judged.empty()) row["not_judged"] = proof.not_judged;
  return row;
}

Results claims_json(const std::vector<Claim>& claims) {
  Results all = Results::array();
  for (const auto& claim : claims) {
    Results row = {{"file", claim.file}, {"line", claim.first_line}, {"text", claim.text}};
    if (!claim.excuse.empty()) row["reason"] = claim.excuse;
    all.push_back(std::move(row));
  }
  return all;
}

Results totals_json(const ProofFindings& findings) {
  const auto totals = findings.run.totals();
  Results json = {{"defects", totals.defects},
                  {"caught", totals.caught},
                  {"missed", totals.missed},
                  {"false_accusations", totals.false_accusations},
                  {"also_violates", totals.also_violates},
                  {"idle_excuses", totals.idle_excuses}};
  json["unproven_claims"] = findings.claims_counted ? Results(findings.unproven.size()) : Results();
  return json;
}

// The distinct checks, in the order of their names.
std::string checks_of(const std::vector<Accusation>& accusations) {
  std::set<std::string> checks;
  for (const auto& accusation : accusations) checks.insert(accusation.check);
  return fmt::format("{}", fmt::join(checks, " "));
}

std::string others_of(const Proof& proof) {
  std::set<std::string> others;
  for (const auto& accusation : proof.excused) others.insert(accusation.requirement + " (excused)");
  for (const auto& accusation : proof.false_ones) others.insert(accusation.requirement + " (FALSE)");
  for (const auto& idle : proof.idle_excuses) others.insert(idle + " (NEEDLESS EXCUSE)");
  return fmt::format("{}", fmt::join(others, " "));
}

}  // namespace

bool ProofFindings::clean() const { return run.complete && run.totals().clean() && unproven.empty(); }

Results prove_json(const ProofFindings& findings) {
  Results defects = Results::array();
  for (const auto& proof : findings.run.proofs) defects.push_back(proof_json(proof));
  return {{"schema", "referee-prove/1"},
          {"tool", {{"name", "referee"}, {"version", tool_version()}, {"commit", tool_commit()}}},
          {"complete", findings.run.complete},
          {"clean", findings.clean()},
          {"seconds", findings.run.seconds},
          {"specs", names_of(findings.editions)},
          {"totals", totals_json(findings)},
          {"defects", std::move(defects)},
          {"unproven_claims", claims_json(findings.unproven)},
          {"claims_with_a_reason", claims_json(findings.unprovable)}};
}

std::string prove_html(const Results& document) { return reports::html_page(kProvePage, document); }

std::string prove_matrix(const proof::ProofRun& run) {
  std::vector<std::vector<std::string>> rows = {{"DEFECT", "PROOF", "CAUGHT BY", "ALSO ACCUSED"}};
  for (const auto& proof : run.proofs) {
    const auto* state = !proof.caught() ? "MISSED" : proof.clean() ? "clean" : "NOT CLEAN";
    rows.push_back({proof.defect, state, checks_of(proof.caught_by), others_of(proof)});
  }
  return table(rows);
}

std::string prove_summary(const ProofFindings& findings) {
  std::string text;
  for (const auto& proof : findings.run.proofs) {
    if (!proof.clean()) text += proof::describe(proof) + "\n";
  }
  for (const auto& claim : findings.unproven) {
    text += fmt::format("no defect breaks {}:{} {}\n", claim.file, claim.first_line, claim.text);
  }
  const auto totals = findings.run.totals();
  text += fmt::format("{:.1f} s; also_violates: {} entries, {} of them idle; claims that need no defect: {}\n",
                      findings.run.seconds, totals.also_violates, totals.idle_excuses, findings.unprovable.size());
  if (!findings.run.complete) text += "incomplete: interrupted\n";
  const auto unproven =
      findings.claims_counted ? std::to_string(findings.unproven.size()) : std::string("not counted with --filter");
  text += fmt::format("defects: {}, caught: {}, missed: {}, false accusations: {}, unproven claims: {}\n",
                      totals.defects, totals.caught, totals.missed, totals.false_accusations, unproven);
  return text;
}

}  // namespace referee::cli
