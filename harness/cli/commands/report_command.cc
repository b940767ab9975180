// `referee report`: render saved results again.
#include "reports/formats/console.h"
#include "reports/saved/load_results.h"

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/outputs.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"

namespace referee::cli {

int report_command(const ReportOptions& options) {
  const auto run = reports::load_results(options.results);
  if (options.reports.empty()) print(reports::console_text(run, {.color = wants_color(options.color), .written = {}}));
  for (const auto& report : options.reports) write_one(report, run);
  add_to_step_summary(run);
  return kDone;
}

}  // namespace referee::cli
