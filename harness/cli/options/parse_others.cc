// The options of the smaller commands.
#include <fmt/format.h>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/option_groups.h"
#include "harness/cli/options/parse.h"
#include "harness/spec/requirement.h"

namespace referee::cli {
namespace {

template <typename Rows>
std::vector<std::string> names_of(const Rows& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.emplace_back(row.id);
  return names;
}

}  // namespace

Command parse_serve(const Arguments& arguments) {
  ServeOptions options;
  int control = -1;
  CommandApp app("serve", "Run the built-in reference registry until SIGINT or SIGTERM.");
  app.number("--port", options.port, 0, 65535, "the port on 127.0.0.1; 0 finds a free one");
  app.number("--control", control, -1, 65535, "a second port to control and inspect it; 0 finds a free one, -1: none");
  app.texts("--spec", options.specs, "EDITION", "an edition to serve; oras-rc.2 and oci-1.1.1 by default");
  app.offers("--spec", edition_words({}));
  app.texts("--defect", options.defects, "ID", "seed this defect (see `referee list defects`)");
  app.offers("--defect", names_of(registry::all_defects()));
  app.texts("--mood", options.moods, "NAME", "a lawful but unusual way to behave (see `referee list moods`)");
  app.offers("--mood", names_of(registry::all_moods()));
  app.duration("--latency", options.latency, "wait before each answer");
  app.number("--page-size", options.page_size, 0, 100'000, "entries on a page of a list; 0: the registry's own choice");
  app.choice("--cascade", options.cascade, {"none", "untagged", "all", "on-collect"},
             "which referrers go when their subject is deleted");
  app.choice("--auth", options.auth, {"basic", "token"}, "ask for credentials");
  app.texts("--user", options.users, "NAME:PASSWORD:REPO-GLOB:ACTIONS", "a user and what they may do", '\n');
  app.text("--tls-cert", options.tls_cert, "FILE", "serve https with this certificate");
  app.text("--tls-key", options.tls_key, "FILE", "and this key");
  app.text("--base-path", options.base_path, "PATH", "prefix of every path");
  app.text("--proxy-of", options.proxy_of, "URL", "be a pull-through cache of that registry, which everybody may read");
  app.closing("The first line on standard output is `listening on http://127.0.0.1:PORT`.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (control >= 0) options.control = control;
  return options;
}

Command parse_list(const Arguments& arguments) {
  ListOptions options;
  CommandApp app("list", "List what Referee knows.");
  app.positional("WHAT", options.what, "requirements, checks, probes, defects, moods or specs");
  app.offers("WHAT", {"requirements", "checks", "probes", "defects", "moods", "specs"});
  app.text("--new-since", options.new_since, "VERSION",
           "only the requirements and checks that are newer than that version of Referee");
  app.offers("--new-since", spec::releases().versions());
  app.flag("--json", options.json, "as JSON");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.what.empty() && options.new_since.empty())
    throw WrongUsage("list what? requirements, checks, probes, defects, moods or specs");
  return options;
}

Command parse_explain(const Arguments& arguments) {
  ExplainOptions options;
  CommandApp app("explain", "Show details of a requirement, check, probe, defect, mood or contradiction.");
  app.positional("ID", options.id, "as `referee list` shows it");
  app.offers("ID", names_of(spec::all_requirements()));
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.id.empty()) throw WrongUsage("explain which id? `referee list requirements` shows them");
  return options;
}

Command parse_export(const Arguments& arguments) {
  ExportOptions options;
  CommandApp app("export", "Write the generated manifests, subjects and blobs as an OCI image layout.");
  app.positional("DIR", options.directory, "where to write; made if it is not there");
  app.text("--seed", options.seed, "TEXT", "another seed gives other bytes");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.directory.empty()) throw WrongUsage("export where? `referee export DIR`");
  return options;
}

Command parse_prove(const Arguments& arguments) {
  ProveOptions options;
  CommandApp app("prove", "Run the suite against every seeded defect, without a network: which check catches which.");
  app.texts("--spec", options.specs, "EDITION", "only in these editions: an edition, oci, oras or all (the default)");
  app.offers("--spec", edition_words({"oci", "oras", "all"}));
  app.texts("--filter,--defect", options.filters, "GLOB", "only defects of these ids, or of these requirements");
  app.flag("--every-edition", options.every_edition,
           "also in editions that bind a requirement just as a younger one does");
  app.number("--jobs", options.jobs, 1, 256, "defects at a time");
  app.text("--report-dir", options.report_dir, "DIR", "where prove.json and prove.html, or conditioned.json, go");
  app.flag("--quiet", options.quiet, "print only what is wrong, and the sum");
  app.flag("--no-progress", options.no_progress, "show no progress");
  app.heading("Conditioned defects");
  app.flag("--conditioned", options.conditioned,
           "defects that take effect under a condition only, \"<defect>@<condition>\", and the score by condition");
  app.number("--sample", options.sample, 0, 1'000'000, "how many of them, chosen by the seed; 0: all");
  app.number("--seed", options.seed, 0, 1'000'000'000, "which are chosen");
  app.number("--at-least", options.at_least, 0, 100, "percent of them that must be noticed");
  app.closing(
      "Ends with 1 if a defect is missed, a wrong requirement is accused, or a claim is never broken; with "
      "--conditioned, if the score is below --at-least.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  return options;
}

Command parse_rejudge(const Arguments& arguments) {
  RejudgeOptions options;
  CommandApp app("rejudge", "Judge the evidence in saved results again, offline, and compare the outcomes.");
  app.positional("RESULTS", options.results, "results.json of a run");
  app.text("--verify-key", options.verify_key, "FILE",
           "the Ed25519 public key (PEM) of who signed them; anything else is refused");
  app.closing(
      "Evidence that is not what was recorded is refused. Exit codes: 0 every outcome is as then, 1 one is not, or the "
      "evidence is damaged or not signed by that key.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.results.empty())
    throw WrongUsage("judge which results again? `referee rejudge referee-results/results.json`");
  return options;
}

Command parse_report(const Arguments& arguments) {
  ReportOptions options;
  std::vector<std::string> reports;
  CommandApp app("report", "Render saved results again; without --report, for the console.");
  app.positional("RESULTS", options.results, "results.json of a run, exploration.json, or the journal of either");
  app.texts("--report", reports, "FORMAT=PATH", "write this report; PATH may be - for standard output");
  app.offers("--report", report_beginnings());
  color_option(app, options.color);
  app.closing("Exit codes: 0 rendered, 1 rendered, but the results were changed after their run, 2 wrong usage.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.results.empty())
    throw WrongUsage("report on which results? `referee report referee-results/results.json`");
  for (const auto& report : reports) options.reports.push_back(report_of(report));
  return options;
}

Command parse_man(const Arguments& arguments) {
  ManOptions options;
  CommandApp app("man", "Print a manual page, which `man -l -` shows.");
  app.positional("COMMAND", options.command, "the command; without it, the page of the program");
  if (const auto text = app.read(arguments)) return Answer{*text};
  return options;
}

Command parse_completion(const Arguments& arguments) {
  CompletionOptions options;
  CommandApp app("completion", "Print what a shell needs to complete commands, options and their values.");
  app.positional("SHELL", options.shell, "bash, zsh or fish");
  app.offers("SHELL", {"bash", "zsh", "fish"});
  app.closing(
      "bash and fish read it from standard input: source <(referee completion bash), referee completion fish | source. "
      "zsh takes it as the file _referee in a folder of its fpath. The Debian package installs all three.");
  if (const auto text = app.read(arguments)) return Answer{*text};
  if (options.shell.empty()) throw WrongUsage("completions for which shell? bash, zsh or fish");
  return options;
}

}  // namespace referee::cli
