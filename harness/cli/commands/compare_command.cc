// `referee compare`: saved results side by side.
#include <fmt/format.h>

#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/parse.h"
#include "harness/cli/options/target_url.h"
#include "reports/comparison/comparison.h"

namespace referee::cli {

Command parse_compare(const Arguments& arguments) {
  CompareOptions options;
  CommandApp app("compare", "Compare saved results of `referee run` or `referee explore`, oldest first.");
  app.positionals("FILE", options.files, "JSON of a run or an exploration, or NAME=FILE to call it so");
  app.choice("--fail-on", options.fail_on, {"worse"}, "end with 1 if a requirement got worse from first to last");
  app.closing(
      "A requirement counts by the worst outcome of its checks. Probes differ, but are neither better nor worse.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.files.empty()) throw WrongUsage("compare what? `referee compare before/results.json after/results.json`");
  return options;
}

int compare_command(const CompareOptions& options) {
  std::vector<reports::Saved> saved;
  std::vector<std::string> names;
  for (const auto& file : options.files) {
    const auto [name, path] = named(file);
    names.push_back(name);
    saved.push_back(reports::load_saved(path));
  }
  const auto comparison = reports::compare(saved, names);
  if (comparison.columns.size() < 2) throw WrongUsage("there is nothing to compare it with: name a second file");
  print(reports::comparison_text(comparison, 100));
  if (comparison.same == 0 && comparison.differences.empty()) {
    throw WrongUsage("nothing was compared: the files have no requirement or probe of one edition in common");
  }
  const bool worse = comparison.count(reports::Change::kWorse) > 0;
  return options.fail_on == "worse" && worse ? kViolated : kDone;
}

}  // namespace referee::cli
