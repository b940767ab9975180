// `referee report`: render saved results again.
#include <fmt/format.h>

#include "reports/exploration/exploration_files.h"
#include "reports/formats/console.h"
#include "reports/saved/load_results.h"
#include "reports/saved/parse_document.h"
#include "reports/saved/seal.h"

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/exploring/matrix_on_terminal.h"
#include "harness/cli/commands/outputs.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"

namespace referee::cli {

namespace {

// The journal of a run that ended early has no seal; results.json always has one.
bool was_changed(const std::string& path, const reports::Results& document) {
  if (path.ends_with(".jsonl")) return false;
  const auto damages = reports::damages(document);
  if (damages.empty()) return false;
  complain(
      fmt::format("warning: {} is not as its run wrote it ({}: {}{}); the reports show what it says now, which proves "
                  "nothing about the registry",
                  path, damages.front().where, damages.front().what,
                  damages.size() > 1 ? fmt::format(", and {} more places", damages.size() - 1) : ""));
  return true;
}

}  // namespace

int report_command(const ReportOptions& options) {
  const auto bytes = reports::bytes_of(options.results);  // what is read from a pipe cannot be read twice
  if (!bytes) throw reports::CannotRead(fmt::format("{} cannot be opened: is the path right?", options.results));
  if (const auto exploration = reports::exploration_in(*bytes)) {
    if (options.reports.empty()) print(matrix_on_terminal(*exploration, options.color));
    for (const auto& report : options.reports) write_one(report, *exploration);
    return kDone;
  }
  const auto document = reports::load_document(*bytes, options.results);
  const auto run = reports::run_of(document, options.results);
  const bool changed = was_changed(options.results, document);
  if (options.reports.empty()) print(reports::console_text(run, {.color = wants_color(options.color), .written = {}}));
  for (const auto& report : options.reports) write_one(report, run);
  add_to_step_summary(run);
  return changed ? kViolated : kDone;
}

}  // namespace referee::cli
