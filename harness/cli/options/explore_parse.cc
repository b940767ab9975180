// The options of `referee explore`.
#include <fmt/format.h>

#include "harness/cli/exit_code.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/parse.h"

namespace referee::cli {
namespace {

constexpr auto kExploreClosing =
    R"(Probes answer and never judge: the exit code is 0 whatever the registries do, 2 for wrong usage, 3 where one of the
registries could not be asked, 130 if interrupted. The password of -u is REFEREE_PASSWORD or comes with
--password-stdin, that of --signer-username is REFEREE_SIGNER_PASSWORD or stands in a file; both users are the same at
all registries. Who may sign where is asked in two repositories: with --existing-repo twice the first is the images'
and the second the signatures'; otherwise they are made, and the second's name ends in -sigs.)";

Report exploration_report(const std::string& text) {
  const auto equals = text.find('=');
  const std::string format = text.substr(0, equals);
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw WrongUsage(fmt::format("--report takes FORMAT=PATH, not '{}'", text));
  }
  if (format != "json" && format != "markdown" && format != "html") {
    throw WrongUsage(fmt::format("explore writes json, markdown or html, not '{}'", format));
  }
  return {format, text.substr(equals + 1)};
}

void what_to_ask(CommandApp& app, ExploreOptions& options) {
  app.heading("What to ask");
  app.texts("--spec", options.common.specs, "SPEC", "an edition, or auto, oci, oras, all, as in `referee run`");
  app.texts("--filter", options.filters, "GLOB", "only probes of these ids (see `referee list probes`)");
  app.texts("--exclude", options.excludes, "GLOB", "but not those");
  app.flag("--long", options.common.long_running, "also what takes hours or thousands of pushes");
  app.text("--gc-hook", options.common.gc_hook, "COMMAND", "a command that makes the registry collect garbage");
}

void targets(CommandApp& app, ExploreOptions& options) {
  auto& common = options.common;
  app.heading("The registries");
  app.text("--repo", common.prefix, "PREFIX", "prefix of the repositories that are made");
  app.texts("--existing-repo", common.existing_repos, "NAME", "use this repository instead of making any");
  app.flag("--plain-http", common.plain_http, "a URL without scheme is http, not https");
  app.flag("-k,--insecure", common.insecure, "do not verify certificates");
  app.text("--ca-file,--cacert", common.ca_file, "FILE", "certificates to trust");
  app.text("-u,--username", common.username, "NAME", "the user, who owns the images");
  app.flag("--password-stdin", common.password_stdin, "read his password from standard input");
  app.text("--registry-config,--authfile", common.registry_config, "FILE",
           "credentials in Docker's or Podman's form, instead of those in their usual places");
  app.flag("--no-creds", common.no_creds, "send no credentials, whatever the environment says");
  app.text("--signer-username", common.signer_username, "NAME", "a second user, who may only sign");
  app.text("--signer-password-file", common.signer_password_file, "FILE", "his password: the first line of that file");
  app.texts("-H,--header", common.headers, "HEADER", "send this header, 'Name: value', to each registry", '\n');
}

void explore_pace(CommandApp& app, ExploreOptions& options) {
  auto& common = options.common;
  app.heading("Pace");
  app.number("--jobs", common.jobs, 1, 256, "probes at a time");
  app.duration("--timeout", common.timeout, "the longest that one exchange may take");
  app.duration("--run-timeout", common.run_timeout, "the longest that one registry may take; 0: no limit");
  app.decimal("--rate", common.rate, "at most so many exchanges a second; 0: no limit");
  app.number("--retries", common.retries, 0, 100, "retries of 429 and 503 with Retry-After");
  app.duration("--settle", common.settle, "how long a list is given to show a push or deletion");
  app.duration("--cascade-wait", common.cascade_wait, "how long dependants are given to go with what they depend on");
  app.large_number("--seed", common.seed, "makes the same content again; random by default");
}

}  // namespace

Command parse_explore(const Arguments& arguments) {
  ExploreOptions options;
  options.common.settle = Milliseconds(5'000);
  options.common.cascade_wait = Milliseconds(5'000);
  std::string color = "auto";
  std::vector<std::string> reports;
  CommandApp app("explore", "Answer for one or several registries what the specifications leave open.");
  app.positionals("URL", options.urls, "a registry; repeatable: each is a column of the matrix");
  what_to_ask(app, options);
  targets(app, options);
  explore_pace(app, options);
  app.heading("Output");
  app.texts("--report", reports, "FORMAT=PATH", "write the matrix as json, markdown or html too");
  app.flag("--contradictions", options.contradictions, "also show where editions contradict each other");
  app.flag("--quiet", options.common.quiet, "nothing but errors on the terminal");
  app.flag("--no-progress", options.common.no_progress, "no progress on standard error");
  app.choice("--color", color, {"auto", "always", "never"}, "colours; NO_COLOR is honoured");
  app.closing(kExploreClosing);
  if (const auto text = app.read(arguments)) return Answer{*text};
  for (const auto& report : reports) options.reports.push_back(exploration_report(report));
  options.common.color = color_of(color);
  return options;
}

}  // namespace referee::cli
