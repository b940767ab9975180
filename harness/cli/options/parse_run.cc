// The options of `referee run`.
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/option_groups.h"
#include "harness/cli/options/parse.h"
#include "harness/cli/options/target_url.h"

namespace referee::cli {
namespace {

constexpr auto kRunNotes =
    R"(Every option is also the environment variable REFEREE_<NAME> (--run-timeout: REFEREE_RUN_TIMEOUT) and a key of the
config file (run-timeout = "10m"); the command line wins over the environment, and that over the file. In the
environment, repeatable options take several values with commas between them, headers with line breaks.
The URL is also REFEREE_URL, the password REFEREE_PASSWORD, that of --signer-username REFEREE_SIGNER_PASSWORD, tokens
REFEREE_IDENTITY_TOKEN and REFEREE_REGISTRY_TOKEN.
Without a user or token, credentials come from --registry-config or REGISTRY_AUTH_FILE, else from Docker's config.json and
Podman's auth.json, their credential helpers included. Of the OCI conformance suite these are understood where
nothing else was given: OCI_REGISTRY (URL), OCI_TLS (disabled, insecure), OCI_REPO1 and OCI_REPO2 (--existing-repo),
OCI_USERNAME and OCI_PASSWORD; they are ignored where OCI_REGISTRY names another registry than the URL.
Exit codes: 0 conformant, 1 a requirement is violated, 2 wrong usage, 3 could not be judged, 130 interrupted.)";

constexpr std::chrono::minutes kRunTimeout{10};

void what_to_judge(CommandApp& app, RunOptions& options) {
  app.heading("What to judge");
  app.flag("--built-in", options.built_in,
           "judge the built-in reference registry, on a free port; --settle and --cascade-wait are 2s then");
  app.texts("--filter", options.narrowing.filters, "GLOB", "only checks and requirements of these ids");
  app.texts("--exclude", options.narrowing.excludes, "GLOB", "but not those");
  app.choice("--level", options.narrowing.level, {"must", "must,implied", "should", "should,implied", "may"},
             "the weakest level that is judged; ,implied takes in rules without a key word");
  app.text("--as-of", options.narrowing.as_of, "VERSION",
           "judge with the requirements and checks that this version of Referee had");
  app.offers("--as-of", spec::releases().versions());
  app.choice<bool>("--strict", options.shared.settings.strict_should, {{"should", true}},
                   "a violated SHOULD counts as a violated MUST");
  app.number("--walks", options.shared.settings.walks.rounds, 0, 1000,
             "walks of each kind over graphs of manifests, each answer held against what was acknowledged");
  app.large_number("--walk-seed", options.walk_seed, "walk other ways; by default those of every run");
  app.number("--steps", options.shared.settings.walks.steps, 0, 100000, "steps of a walk; 0: as its kind has");
  content_options(app, options.shared);
  app.text("--restart-hook", options.shared.restart_hook, "COMMAND",
           "run COMMAND to switch the referrers API off (REFEREE_HOOK=before) and on (=after)");
}

void target(CommandApp& app, RunOptions& options) {
  app.heading("The target");
  repository_options(app, options.shared.settings);
  app.flag("--keep", options.keep, "leave what the run pushes, for a look; `referee sweep` deletes it");
  app.flag("--read-only", options.read_only, "write nothing: judge the lists of --subject, which is there already");
  app.text("--subject", options.subject, "REPO@DIGEST", "the manifest whose lists --read-only judges");
  app.text("--upstream", options.upstream, "URL",
           "the target is a pull-through cache of that registry, which everybody may read");
  connection_options(app, options.shared);
  login_options(app, options.shared.login);
  signer_options(app, options.shared.login);
}

void output(CommandApp& app, RunOptions& options, std::vector<std::string>& reports) {
  app.heading("Output");
  app.text("--report-dir", options.report_dir, "DIR", "where the reports go");
  app.texts("--report", reports, "FORMAT=PATH", "write this report too; PATH may be - for standard output");
  app.offers("--report", report_beginnings());
  app.text("--baseline", options.baseline, "FILE",
           "ignore the failures listed in FILE; fail on new ones, and on listed ones that pass now");
  app.text("--update-baseline", options.update_baseline, "FILE", "write what does not pass now, to be filled in");
  app.flag("--allow-unexpected-pass", options.allow_unexpected_pass, "do not fail on listed failures that pass now");
  app.text("--sign-key", options.sign_key, "FILE", "sign the results with this Ed25519 private key (PEM)");
  app.text("--submission", options.submission, "DIR",
           "also write what a certification asks for; needs --product-vendor, --product-name and --product-version");
  app.flag("--partial", options.partial, "let a submission be of a part of the suite, and mark it");
  for (const auto& member : reports::product_members()) {
    app.text(reports::option_of(member), options.product.*member.value, "TEXT", member.help);
  }
  display_options(app, options.shared.display);
}

// What `run` and `walk` have in common.
std::optional<Answer> read_options(CommandApp& app, const Arguments& arguments, RunOptions& options) {
  auto& settings = options.shared.settings;
  settings.run_timeout = kRunTimeout;
  std::vector<std::string> reports;
  app.positional("URL", options.url,
                 "the registry: http://127.0.0.1:5000, or NAME=https://registry.example/base to call it so");
  what_to_judge(app, options);
  target(app, options);
  pace_options(app, options.shared, "checks");
  output(app, options, reports);
  app.closing(kRunNotes);
  if (const auto text = app.read(arguments)) return Answer{*text};
  options.url_given = app.given("URL");
  for (const auto& report : reports) options.reports.push_back(report_of(report));
  // A hook may take as long as --hook-timeout each time.
  const bool hooked = !options.shared.gc_hook.empty() || !options.shared.restart_hook.empty();
  if (hooked && !app.given("--run-timeout")) settings.run_timeout = Milliseconds(0);
  auto given = app.all_given();
  for (const auto& member : reports::product_members()) given.erase(reports::option_of(member).substr(2));
  settings.shown_options = shown_options(std::move(given), options.shared);
  const auto [name, url] = named(options.url);
  options.url = url;
  if (!name.empty()) settings.shown_options["name"] = name;
  return std::nullopt;
}

}  // namespace

Command parse_run(const Arguments& arguments) {
  RunOptions options;
  CommandApp app("run", "Judge how a registry treats referrers.");
  if (auto answer = read_options(app, arguments, options)) return *std::move(answer);
  return options;
}

Command parse_walk(const Arguments& arguments) {
  RunOptions options;
  Milliseconds length = std::chrono::minutes(10);
  CommandApp app("walk",
                 "Walk at random, each time other ways, until an answer breaks a requirement or the time is over.");
  app.duration("--for", length, "how long to walk");
  if (auto answer = read_options(app, arguments, options)) return *std::move(answer);
  options.walk_for = length;
  return options;
}

}  // namespace referee::cli
