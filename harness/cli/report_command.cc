// `referee report`: render saved results again.
#include "reports/console.h"
#include "reports/results.h"
#include "reports/write_reports.h"

#include "harness/cli/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/terminal.h"

#include <fmt/format.h>

namespace referee::cli {

int report_command(const ReportOptions& options) {
  const auto results = reports::load_results(options.results);
  if (options.reports.empty())
    print(reports::console_text(results, {.color = wants_color(options.color), .written = {}}));
  for (const auto& [format, path] : options.reports) {
    if (path == "-") {
      print(reports::format_named(format).render(results));
    } else {
      reports::write_report(format, path, results);
    }
  }
  return kDone;
}

}  // namespace referee::cli
