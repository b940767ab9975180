#include "reports/saved/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/saved/parse_document.h"
#include "reports/saved/read_results.h"
#include "reports/saved/results_json.h"

namespace referee::reports {
namespace {

constexpr auto kBrokenOff = "the program did not come to its end";

RunVerdict verdict_of(const std::vector<SavedCheck>& checks, const SavedRun& run, const spec::Edition* edition) {
  std::vector<engine::Judged> judged;
  for (const auto& check : checks) {
    if (edition == nullptr || check.edition == *edition)
      judged.push_back({check.outcome, check.verdict, check.not_run});
  }
  return engine::judge(judged, run.strict_should, run.complete);
}

class Reader {
 public:
  explicit Reader(SavedRun heading) : run_(std::move(heading)) {}

  /// Whether the line could be read.
  bool read(std::string_view line) {
    const auto parsed = parse_document(line);
    if (!parsed || !parsed->is_object()) return false;
    const Results& entry = *parsed;
    if (const Results& plan = member(entry, "planned"); plan.is_object()) {
      for (const auto& edition : list(plan, "editions")) run_.editions.push_back({edition_of(edition), {}, {}, {}});
      take_requirements(plan);
      for (const auto& check : list(plan, "checks")) planned_.push_back(check_of(check));
    } else if (const Results& check = member(entry, "check"); check.is_object()) {
      take_requirements(entry);
      run_.checks.push_back(check_of(check));
      finished_.insert(run_.checks.back().name());
    }
    return true;
  }

  SavedRun run() {
    for (auto& check : planned_) {
      if (!finished_.contains(check.name())) run_.checks.push_back(std::move(check));
    }
    std::map<spec::Edition, std::size_t> place;
    for (const auto& each : run_.editions) place.emplace(each.edition, place.size());
    std::ranges::stable_sort(run_.checks, [&](const SavedCheck& a, const SavedCheck& b) {
      return std::pair(place[a.edition], a.id) < std::pair(place[b.edition], b.id);
    });
    std::ranges::sort(run_.requirements, {}, &SavedRequirement::id);
    judge();
    return std::move(run_);
  }

 private:
  void take_requirements(const Results& entry) {
    for (auto& row : requirements_of(member(entry, "requirements"))) {
      if (known_.insert(row.id).second) run_.requirements.push_back(std::move(row));
    }
  }

  void judge() {
    run_.counts = {};
    for (const auto& check : run_.checks) run_.counts.add(check.outcome);
    for (auto& each : run_.editions) {
      for (const auto& check : run_.checks) {
        if (check.edition == each.edition) each.counts.add(check.outcome);
      }
      each.verdict = verdict_of(run_.checks, run_, &each.edition);
    }
    run_.verdict = verdict_of(run_.checks, run_, nullptr);
  }

  SavedRun run_;
  std::vector<SavedCheck> planned_;
  std::set<std::string> finished_;
  std::set<std::string> known_;  // requirements
};

}  // namespace

Journal::Journal(const std::filesystem::path& path, const engine::RunResult& run, ToolInfo tool) : file_(path) {
  engine::RunResult broken_off = run;
  broken_off.complete = false;
  broken_off.incomplete_reason = IncompleteReason::kBrokenOff;
  broken_off.incomplete_because = kBrokenOff;
  file_.write(
      {{"schema", kJournalSchema}, {"results", results_json(saved_run(std::move(broken_off), std::move(tool)))}});
}

void Journal::planned(const std::vector<spec::Edition>& editions, std::size_t /*checks*/) {
  Results checks = Results::array();
  std::set<spec::RequirementId> requirements;
  for (const auto& [check, edition] : engine::jobs_of(selection_, editions)) {
    const auto binding = spec::requirement(check->requirement).in(edition);
    if (!binding) continue;
    const auto saved = saved_check({.id = check->id(),
                                    .edition = edition,
                                    .requirement = check->requirement,
                                    .binding = *binding,
                                    .outcome = Outcome::kSkipped,
                                    .reason = fmt::format("not run, or not to its end: {}", kBrokenOff),
                                    .not_run = true,
                                    .started = {},
                                    .findings = {},
                                    .exchanges = {}});
    checks.push_back(check_json(saved, Version::k1_1));
    requirements.insert(check->requirement);
  }
  std::vector<SavedRequirement> rows;
  for (const auto id : requirements) rows.push_back(saved_requirement(id));
  Results names = Results::array();
  for (const auto edition : editions) names.push_back(spec::name(edition));
  file_.write(
      {{"planned",
        {{"editions", std::move(names)}, {"requirements", requirements_json(rows)}, {"checks", std::move(checks)}}}});
}

void Journal::finished(const engine::CheckResult& result) {
  file_.write({{"check", check_json(saved_check(result), Version::k1_1)},
               {"requirements", requirements_json({saved_requirement(result.requirement)})}});
}

std::optional<SavedRun> run_of_journal(std::string_view text_of_journal) {
  const auto next_line = [&] {
    const auto line = text_of_journal.substr(0, text_of_journal.find('\n'));
    text_of_journal.remove_prefix(std::min(line.size() + 1, text_of_journal.size()));
    return line;
  };
  const auto first = parse_document(next_line());
  if (!first || text(*first, "schema") != kJournalSchema) return std::nullopt;
  Reader reader(run_of(member(*first, "results")));
  while (!text_of_journal.empty() && reader.read(next_line())) {
  }
  return reader.run();
}

}  // namespace referee::reports
