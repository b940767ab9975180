#include "harness/cli/commands/baseline_plan.h"

#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "reports/output_file.h"

namespace referee::cli {

BaselinePlan baseline_plan(const RunOptions& options) {
  BaselinePlan plan;
  if (options.allow_unexpected_pass && options.baseline.empty()) {
    throw WrongUsage("--allow-unexpected-pass needs --baseline FILE, which says what should not pass");
  }
  if (!options.baseline.empty()) plan.known = reports::load_baseline(options.baseline);
  plan.update = options.update_baseline;
  plan.allow_unexpected_pass = options.allow_unexpected_pass;
  if (plan.update.empty()) return plan;
  try {
    reports::can_write_file(plan.update);
  } catch (const reports::CannotWrite& failure) {
    throw WrongUsage(failure.what());
  }
  // The update would destroy a file that is not a baseline.
  if (std::filesystem::exists(plan.update)) reports::load_baseline(plan.update);
  return plan;
}

int gated(const BaselinePlan& plan, reports::SavedRun& run, int code) {
  if (!plan.known) return code;
  const auto gate = reports::apply_baseline(run, *plan.known, plan.allow_unexpected_pass);
  if (code == kInterrupted) return code;
  if (gate == reports::BaselineGate::kBroken) return kViolated;
  return gate == reports::BaselineGate::kHeld ? kDone : kNotJudged;
}

void update_baseline(const BaselinePlan& plan, const reports::SavedRun& run) {
  if (plan.update.empty()) return;
  if (run.checks.empty()) {
    complain("nothing was judged, so " + plan.update.string() + " stays as it is");
    return;
  }
  reports::Baseline old;
  if (plan.known) old = *plan.known;
  if (std::filesystem::exists(plan.update)) old = reports::load_baseline(plan.update);
  reports::write_file(plan.update, reports::baseline_text(run, old));
}

}  // namespace referee::cli
