// `referee prove`: every seeded defect against the suite, in this process: which check catches which.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/conditioned/prove_conditioned.h"
#include "harness/cli/commands/prove_report.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/glob.h"
#include "reports/output_file.h"

namespace referee::cli {
namespace {

// A group means its whole family here: a defect shows in the editions that differ, not in the newest one only.
std::set<spec::Edition> chosen_editions(const std::vector<std::string>& names) {
  const auto choice = spec_choice(names.empty() ? std::vector<std::string>{"all"} : names);
  std::set<spec::Edition> editions(choice.named.begin(), choice.named.end());
  for (const auto edition : spec::all_editions()) {
    const bool oci = spec::family(edition) == spec::Family::kOci;
    if (oci ? choice.auto_oci : choice.auto_oras) editions.insert(edition);
  }
  return editions;
}

std::vector<const registry::Defect*> chosen_defects(const std::vector<std::string>& globs,
                                                    const std::set<spec::Edition>& editions) {
  std::vector<const registry::Defect*> chosen;
  for (const auto& defect : registry::all_defects()) {
    const auto names_it = [&](const std::string& glob) {
      return glob_matches(glob, defect.id) || glob_matches(glob, defect.violates.text());
    };
    const auto row_is_in = [&](spec::Edition edition) {
      return spec::requirement(defect.violates).in(edition).has_value();
    };
    const bool meant = globs.empty() || std::ranges::any_of(globs, names_it);
    if (meant && std::ranges::any_of(editions, row_is_in)) chosen.push_back(&defect);
  }
  if (chosen.empty()) throw WrongUsage("no defect is selected: globs match whole ids, see `referee list defects`");
  return chosen;
}

// One line on standard error that is drawn over and over; nothing where that is not a terminal.
class ProofProgress {
 public:
  ProofProgress(bool wanted, std::size_t defects) : shown_(wanted && ::isatty(STDERR_FILENO) == 1), defects_(defects) {}
  ~ProofProgress() { draw(""); }
  ProofProgress(const ProofProgress&) = delete;
  ProofProgress& operator=(const ProofProgress&) = delete;

  void finished(const proof::Proof& proof, std::size_t finished) {
    if (!proof.clean()) ++unclean_;
    draw(fmt::format("defects {}/{}{}: {}", finished, defects_,
                     unclean_ > 0 ? fmt::format(", {} not clean", unclean_) : "", proof.defect));
  }

 private:
  void draw(const std::string& line) const {
    if (shown_) draw_over(line);
  }

  bool shown_;
  std::size_t defects_;
  int unclean_ = 0;
};

ProofFindings findings_of(const ProveOptions& options, const std::atomic<bool>& interrupted) {
  ProofFindings findings;
  findings.editions = chosen_editions(options.specs);
  const proof::ProofPlan plan{.defects = chosen_defects(options.filters, findings.editions),
                              .editions = findings.editions,
                              .every_edition = options.every_edition,
                              .jobs = options.jobs};
  ProofProgress progress(!options.quiet && !options.no_progress, plan.defects.size());
  findings.run = proof::prove_all(
      plan, interrupted, [&](const proof::Proof& proof, std::size_t count) { progress.finished(proof, count); });
  findings.claims_counted = options.filters.empty() && findings.run.complete;
  if (!findings.claims_counted) return findings;
  const auto due = proof::claims_due(findings.editions);
  for (const auto& claim : proof::unproven_claims(due, findings.run.broken_claims())) {
    (claim.excuse.empty() ? findings.unproven : findings.unprovable).push_back(claim);
  }
  return findings;
}

}  // namespace

int prove_command(const ProveOptions& options, const std::atomic<bool>& interrupted) {
  end_cleanly_on_signals();
  if (options.conditioned) return prove_conditioned(options, chosen_editions(options.specs), interrupted);
  const std::filesystem::path folder = options.report_dir;
  reports::can_write(folder);
  const auto findings = findings_of(options, interrupted);
  const auto document = prove_json(findings);
  reports::write_file(folder / "prove.json",
                      document.dump(1, ' ', false, reports::Results::error_handler_t::replace) + "\n");
  reports::write_file(folder / "prove.html", prove_html(document));
  if (!options.quiet) print(prove_matrix(findings.run) + "\n");
  print(prove_summary(findings));
  if (interrupted) return kInterrupted;
  return findings.clean() ? kDone : kViolated;
}

}  // namespace referee::cli
