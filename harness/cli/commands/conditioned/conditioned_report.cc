#include "harness/cli/commands/conditioned/conditioned_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "harness/cli/commands/table.h"
#include "harness/cli/host/tool.h"

namespace referee::cli {
namespace {

using proof::Fate;
using proof::MutantResult;
using proof::Score;
using reports::Results;

std::string percent(double value) { return fmt::format("{:.1f} %", value); }

Results score_json(const Score& score) {
  return {{"mutants", score.mutants},   {"killed", score.killed},           {"killed_by_own_rows", score.rightly},
          {"survived", score.survived}, {"not_visible", score.not_visible}, {"not_reached", score.not_reached},
          {"score", score.score()},     {"rightness", score.rightness()}};
}

std::vector<std::string> accused_by(const MutantResult& result) {
  std::set<std::string> rows;
  for (const auto& accusation : result.accusations) rows.insert(accusation.requirement);
  return {rows.begin(), rows.end()};
}

Results mutant_json(const MutantResult& result) {
  Results rows = Results::array();
  for (const auto row : result.mutant->rows) rows.push_back(row.text());
  Results json = {{"id", result.mutant->id},
                  {"title", result.mutant->title},
                  {"base", result.mutant->base},
                  {"condition", result.mutant->condition->id},
                  {"requirements", std::move(rows)},
                  {"spec", spec::name(result.edition)},
                  {"fate", proof::name(result.fate)},
                  {"accused", accused_by(result)},
                  {"uses", result.uses},
                  {"seconds", result.seconds}};
  Results checks = Results::array();
  for (const auto& accusation : result.accusations) checks.push_back(accusation.check);
  json["checks"] = std::move(checks);
  if (!result.not_judged.empty()) json["not_judged"] = result.not_judged;
  if (!result.accusations.empty()) return json;
  json["traffic"] = proof::name(result.comparison.visibility);
  json["traffic_uses"] = result.comparison.uses;
  if (!result.comparison.difference.empty()) json["first_difference"] = result.comparison.difference;
  return json;
}

void add_row(std::vector<std::vector<std::string>>& rows, const std::string& title, const Score& score) {
  rows.push_back({title, std::to_string(score.mutants), std::to_string(score.killed), std::to_string(score.survived),
                  std::to_string(score.not_visible), std::to_string(score.not_reached), percent(score.score()),
                  percent(score.rightness())});
}

std::vector<std::string> heading(const std::string& first) {
  return {first, "MUTANTS", "KILLED", "SURVIVED", "NOT VISIBLE", "NOT REACHED", "SCORE", "BY OWN ROWS"};
}

std::string lines_of(const proof::ScoreRun& run, Fate fate, const std::string& title) {
  std::string text;
  for (const auto& result : run.results) {
    if (result.fate != fate) continue;
    if (text.empty()) text = title + ":\n";
    text += fmt::format("  {} ({})", result.mutant->id, result.mutant->title);
    if (fate == Fate::kKilledByOthers) text += fmt::format(": {}", fmt::join(accused_by(result), " "));
    if (fate == Fate::kSurvived && result.uses == 0) text += " [the suite never triggers it]";
    if (!result.not_judged.empty()) text += " [not judged: " + result.not_judged + "]";
    text += "\n";
  }
  return text;
}

}  // namespace

Results conditioned_json(const proof::ScoreRun& run) {
  Results conditions = Results::object();
  for (const auto& [condition, score] : run.by_condition()) conditions[condition] = score_json(score);
  Results groups = Results::object();
  for (const auto& [group, score] : run.by_group()) groups[group] = score_json(score);
  Results mutants = Results::array();
  for (const auto& result : run.results) mutants.push_back(mutant_json(result));
  return {{"schema", "referee-conditioned/1"},
          {"tool", {{"name", "referee"}, {"version", tool_version()}, {"commit", tool_commit()}}},
          {"complete", run.complete},
          {"seconds", run.seconds},
          {"totals", score_json(run.totals())},
          {"by_condition", std::move(conditions)},
          {"by_group", std::move(groups)},
          {"mutants", std::move(mutants)}};
}

std::string conditioned_survivors(const proof::ScoreRun& run) {
  return lines_of(run, Fate::kSurvived, "survived") +
         lines_of(run, Fate::kKilledByOthers, "accused by other requirements only") +
         lines_of(run, Fate::kNotVisible, "not visible to any client, left out of the score") +
         lines_of(run, Fate::kNotReached,
                  "made-up traffic does not show whether a client can see it, left out of the score");
}

std::string conditioned_tables(const proof::ScoreRun& run) {
  std::vector<std::vector<std::string>> rows = {heading("CONDITION")};
  for (const auto& [condition, score] : run.by_condition()) add_row(rows, condition, score);
  std::string text = table(rows) + "\n";
  rows = {heading("REQUIREMENTS")};
  for (const auto& [group, score] : run.by_group()) add_row(rows, group, score);
  return text + table(rows);
}

std::string conditioned_summary(const proof::ScoreRun& run) {
  const auto totals = run.totals();
  return fmt::format(
      "{}{:.1f} s; conditioned defects: {}, killed: {}, survived: {}, not visible: {}, not reached: "
      "{}, score: {}, by their own requirements: {}\n",
      run.complete ? "" : "incomplete: interrupted\n", run.seconds, totals.mutants, totals.killed, totals.survived,
      totals.not_visible, totals.not_reached, percent(totals.score()), percent(totals.rightness()));
}

}  // namespace referee::cli
