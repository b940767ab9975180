// `referee site`: a static site of saved results.
#include <fmt/format.h>

#include "harness/cli/commands/commands.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/parse.h"
#include "harness/cli/options/target_url.h"
#include "reports/comparison/baseline.h"
#include "reports/site/write_site.h"

namespace referee::cli {

Command parse_site(const Arguments& arguments) {
  SiteOptions options;
  CommandApp app("site", "Make a static site of saved results: who does what, by registry and requirement.");
  app.positional("DIR", options.directory, "the folder to write");
  app.positionals("RESULTS", options.files,
                  "JSON of runs and explorations; NAME=FILE or NAME@VERSION=FILE says which registry each is about");
  app.texts("--known", options.known, "FILE",
            "a baseline whose reasons are shown at the findings of the registry that it is named after, "
            "NAME-VERSION.json, or NAME=FILE or NAME@VERSION=FILE");
  app.flag("--quiet", options.quiet, "print nothing");
  app.closing(
      "Results of one registry are its history, the newest of them its page. What an earlier site wrote into DIR is "
      "replaced; a folder with other files is refused. Exit codes: 0 written, 2 wrong usage.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.directory.empty() || options.files.empty()) {
    throw WrongUsage("a site of what, and where? `referee site public referee-results/results.json`");
  }
  return options;
}

namespace {

reports::Site site_of(const SiteOptions& options) {
  reports::Site site;
  for (const auto& known : options.known) {
    const auto [name, path] = named(known);
    site.add_known(name.empty() ? std::filesystem::path(path).stem().string() : name, reports::load_baseline(path));
  }
  for (const auto& file : options.files) {
    const auto [name, path] = named(file);
    site.add_file(name, path);
  }
  return site;
}

}  // namespace

int site_command(const SiteOptions& options) {
  try {
    reports::can_write_site(options.directory);
    const auto site = site_of(options);
    const auto count = reports::write_site(options.directory, site);
    if (options.quiet) return kDone;
    print(fmt::format("{}: registries: {}, requirements: {}, files: {}\n",
                      (std::filesystem::path(options.directory) / "index.html").string(), site.registries().size(),
                      site.requirements().size(), count));
  } catch (const reports::FolderOfOthers& refused) {
    throw WrongUsage(refused.what());
  }
  return kDone;
}

}  // namespace referee::cli
