#include "harness/cli/commands/conditioned/prove_conditioned.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "harness/cli/commands/conditioned/conditioned_report.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/glob.h"
#include "reports/output_file.h"

namespace referee::cli {
namespace {

using proof::Mutant;

std::vector<const Mutant*> chosen_mutants(const std::vector<Mutant>& all, const ProveOptions& options,
                                          const std::set<spec::Edition>& editions) {
  std::vector<const Mutant*> chosen;
  for (const auto& mutant : all) {
    const auto names_it = [&](const std::string& glob) {
      return glob_matches(glob, mutant.id) || glob_matches(glob, mutant.rows.front().text());
    };
    const bool meant = options.filters.empty() || std::ranges::any_of(options.filters, names_it);
    if (meant && editions.contains(proof::telling_edition(mutant))) chosen.push_back(&mutant);
  }
  if (chosen.empty())
    throw WrongUsage("no conditioned defect is selected: globs match whole ids, \"<defect>@filtered\"");
  if (options.sample == 0) return chosen;
  return proof::sample(chosen, static_cast<std::size_t>(options.sample), static_cast<std::uint64_t>(options.seed));
}

void show_progress(const proof::MutantResult& result, std::size_t finished, std::size_t all) {
  const auto line = fmt::format("mutants {}/{}: {} {}", finished, all, result.mutant->id, proof::name(result.fate));
  draw_over(line);
}

}  // namespace

int prove_conditioned(const ProveOptions& options, const std::set<spec::Edition>& editions,
                      const std::atomic<bool>& interrupted) {
  const std::filesystem::path folder = options.report_dir;
  reports::can_write(folder);
  const auto all = registry::conditioned::all_mutants();
  const proof::ScorePlan plan{.mutants = chosen_mutants(all, options, editions), .jobs = options.jobs};
  const bool progress = !options.quiet && !options.no_progress && ::isatty(STDERR_FILENO) == 1;
  const auto run = proof::score_all(plan, interrupted, [&](const proof::MutantResult& result, std::size_t finished) {
    if (progress) show_progress(result, finished, plan.mutants.size());
  });
  if (progress) draw_over("");
  reports::write_file(folder / "conditioned.json",
                      conditioned_json(run).dump(1, ' ', false, reports::Results::error_handler_t::replace) + "\n");
  if (!options.quiet) print(conditioned_survivors(run) + "\n" + conditioned_tables(run) + "\n");
  print(conditioned_summary(run));
  if (interrupted) return kInterrupted;
  return run.totals().score() >= options.at_least ? kDone : kViolated;
}

}  // namespace referee::cli
