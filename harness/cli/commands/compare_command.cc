// `referee compare`: saved results side by side.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/parse.h"
#include "harness/cli/options/target_url.h"
#include "reports/comparison/change_log.h"
#include "reports/comparison/comparison.h"
#include "reports/output_file.h"

namespace referee::cli {

namespace {

struct LogFormat {
  std::string_view name;
  std::string (*render)(const reports::Comparison& comparison);
};

constexpr std::array kFormats = {
    LogFormat{"markdown", reports::change_log_markdown}, LogFormat{"html", reports::change_log_html},
    LogFormat{"json",
              [](const reports::Comparison& comparison) { return change_log_json(comparison).dump(1) + "\n"; }}};

const LogFormat* format_named(std::string_view name) {
  const auto* found = std::ranges::find(kFormats, name, &LogFormat::name);
  return found == kFormats.end() ? nullptr : found;
}

Report change_log_of(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw WrongUsage(fmt::format("--report takes FORMAT=PATH, not '{}'", text));
  }
  const auto format = text.substr(0, equals);
  if (format_named(format) == nullptr) {
    throw WrongUsage(fmt::format("unknown report format '{}'; compare writes markdown, html or json", format));
  }
  return {format, text.substr(equals + 1)};
}

void write_change_logs(const std::vector<Report>& wanted, const reports::Comparison& comparison) {
  for (const auto& [format, path] : wanted) {
    const auto log = format_named(format)->render(comparison);
    if (path == "-") {
      print(log);
    } else {
      reports::write_file(path, log);
    }
  }
}

}  // namespace

Command parse_compare(const Arguments& arguments) {
  CompareOptions options;
  std::vector<std::string> reports;
  CommandApp app("compare", "Compare saved results of `referee run` or `referee explore`, oldest first.");
  app.positionals("FILE", options.files, "JSON of a run or an exploration, or NAME=FILE to call it so");
  app.choice("--fail-on", options.fail_on, {"worse"}, "end with 1 if a requirement got worse from first to last");
  app.texts("--report", reports, "FORMAT=PATH",
            "write what changed as markdown, html or json; PATH may be - for standard output");
  app.flag("--quiet", options.quiet, "print nothing but a report for standard output");
  app.closing(
      "A requirement counts by the worst outcome of its checks. Probes differ, but are neither better nor worse.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.files.empty()) throw WrongUsage("compare what? `referee compare before/results.json after/results.json`");
  for (const auto& report : reports) options.reports.push_back(change_log_of(report));
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
  const bool to_stdout = std::ranges::any_of(options.reports, [](const auto& report) { return report.path == "-"; });
  if (!options.quiet && !to_stdout) print(reports::comparison_text(comparison, 100));
  if (comparison.same == 0 && comparison.differences.empty()) {
    throw WrongUsage("nothing was compared: the files have no requirement or probe of one edition in common");
  }
  write_change_logs(options.reports, comparison);
  const bool worse = comparison.count(reports::Change::kWorse) > 0;
  return options.fail_on == "worse" && worse ? kViolated : kDone;
}

}  // namespace referee::cli
