// The options of `referee sweep`.
#include "harness/cli/exit_code.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/option_groups.h"
#include "harness/cli/options/parse.h"

namespace referee::cli {
namespace {

constexpr auto kSweepNotes =
    R"(A run that ends by a kill or a crash leaves pushed-RUN.jsonl in its report folder, which says what it pushed. Only
what such a record names is deleted, or, with --run, what lies in repositories PREFIX/RUN-*. Exit codes: 0 nothing is
left, 1 something is, 2 wrong usage, 3 the registry could not be asked, 130 interrupted.)";

}  // namespace

Command parse_sweep(const Arguments& arguments) {
  SweepOptions options;
  auto& shared = options.shared;
  shared.specs = {"oci"};
  CommandApp app("sweep", "Delete what runs left that could not clean up.");
  app.positional("URL", options.url, "the registry");
  app.heading("What to delete");
  app.text("--from", options.from, "PATH", "a report folder, or a record in it");
  app.text("--run", options.run, "ID", "only what this run pushed; also what its repositories hold in the catalogue");
  app.duration("--older-than", options.older_than, "only what runs pushed that began so long ago");
  app.text("--repo", shared.settings.prefix, "PREFIX", "the prefix of the repositories of --run");
  app.flag("--dry-run", options.dry_run, "show what would be deleted");
  app.flag("--yes", options.yes, "delete without asking");
  app.heading("The registry");
  connection_options(app, shared);
  login_options(app, shared.login);
  app.heading("Pace");
  app.duration("--timeout", shared.settings.client.limits.whole, "timeout for one request");
  app.decimal("--rate", shared.rate, "maximum requests per second; 0: no limit");
  app.number("--retries", shared.settings.client.retries, 0, 100, "retries of 429 and 503 with Retry-After");
  app.closing(kSweepNotes);
  if (const auto text = app.read(arguments)) return Answer{*text};
  options.from_given = app.given("--from");
  return options;
}

}  // namespace referee::cli
