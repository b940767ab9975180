// The options of `referee explore`.
#include <fmt/format.h>

#include "harness/cli/exit_code.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/option_groups.h"
#include "harness/cli/options/parse.h"
#include "reports/exploration/exploration_files.h"

namespace referee::cli {
namespace {

constexpr int kJobs = 16;  // most probes wait most of the time

constexpr auto kExploreNotes =
    R"(Registries are asked at the same time, with --gc-hook in turns. Probes answer and never judge: the exit code is 0 whatever the registries do, 2 for wrong usage, 3 where one of the
registries could not be asked, 130 if interrupted. The password of -u is REFEREE_PASSWORD or comes with
--password-stdin, that of --signer-username is REFEREE_SIGNER_PASSWORD or comes from --signer-password-file; both users are the same at
all registries. Who may sign where is asked in two repositories: with --existing-repo twice the first is the images'
and the second the signatures'; otherwise they are made, and the second's name ends in -sigs.)";

Report exploration_report(const std::string& text) {
  const auto equals = text.find('=');
  const std::string format = text.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw WrongUsage(fmt::format("--report takes FORMAT=PATH, not '{}'", text));
  }
  if (reports::exploration_format(format) == nullptr) {
    throw WrongUsage(fmt::format("unknown report format '{}'; explore writes json, html, markdown or console", format));
  }
  return {format, text.substr(equals + 1)};
}

}  // namespace

Command parse_explore(const Arguments& arguments) {
  ExploreOptions options;
  auto& shared = options.shared;
  // Shorter than a run's: a registry that takes longer is shown as it is, and not accused.
  shared.settings.settle = Milliseconds(5'000);
  shared.settings.cascade_wait = Milliseconds(5'000);
  shared.settings.jobs = kJobs;
  std::vector<std::string> reports;
  CommandApp app("explore", "Answer for one or several registries what the specifications leave open.");
  app.positionals("URL", options.urls,
                  "a registry, or NAME=URL to call it so; repeatable: each is a column of the matrix");
  app.heading("What to ask");
  app.texts("--filter", options.filters, "GLOB",
            "only probes of these ids (see `referee list probes`), with or without \"probe.\"");
  app.texts("--exclude", options.excludes, "GLOB", "but not those");
  content_options(app, shared);
  app.heading("The registries");
  repository_options(app, shared.settings);
  connection_options(app, shared);
  login_options(app, shared.login);
  signer_options(app, shared.login);
  pace_options(app, shared, "probes");
  app.heading("Output");
  app.text("--report-dir", options.report_dir, "DIR", "where exploration.json, exploration.html and exploration.md go");
  app.texts("--report", reports, "FORMAT=PATH", "write the matrix here too; PATH may be - for standard output");
  app.offers("--report", {"json=", "markdown=", "html="});
  app.flag("--contradictions", options.contradictions, "also show where editions contradict each other");
  display_options(app, shared.display);
  app.closing(kExploreNotes);
  if (const auto text = app.read(arguments)) return Answer{*text};
  for (const auto& report : reports) options.reports.push_back(exploration_report(report));
  shared.settings.shown_options = shown_options(app.all_given(), shared);
  return options;
}

}  // namespace referee::cli
