// The options of `referee run`.
#include <algorithm>

#include "harness/cli/exit_code.h"
#include "harness/cli/options/command_app.h"
#include "harness/cli/options/parse.h"

namespace referee::cli {
namespace {

constexpr auto kClosing =
    R"(Every option is also the environment variable REFEREE_<NAME> (--run-timeout: REFEREE_RUN_TIMEOUT) and a key of the
config file (run-timeout = "10m"); the command line wins over the environment, and that over the file. In the
environment, repeatable options take several values with commas between them, headers with line breaks.
The URL is also REFEREE_URL, the password REFEREE_PASSWORD, that of --signer-username REFEREE_SIGNER_PASSWORD, tokens REFEREE_IDENTITY_TOKEN and REFEREE_REGISTRY_TOKEN.
Without a user or token, credentials come from --registry-config or REGISTRY_AUTH_FILE, else from Docker's config.json and
Podman's auth.json, their credential helpers included. Of the OCI conformance suite these are understood where
nothing else was given: OCI_REGISTRY (URL), OCI_TLS (disabled, insecure), OCI_REPO1 (--existing-repo), OCI_USERNAME and
OCI_PASSWORD; they are ignored where OCI_REGISTRY names another registry than the URL.
Exit codes: 0 conformant, 1 a requirement is violated, 2 wrong usage, 3 could not be judged, 130 interrupted.)";

void what_to_judge(CommandApp& app, RunOptions& options) {
  app.heading("What to judge");
  app.flag("--built-in", options.built_in, "judge the built-in reference registry, on a free port");
  app.texts("--spec", options.specs, "SPEC",
            "an edition (see `referee list specs`), or auto, oci, oras, all; auto, the default, is oci-1.1.1 and the "
            "newest ORAS edition that is offered");
  app.texts("--filter", options.narrowing.filters, "GLOB", "only checks and requirements of these ids");
  app.texts("--exclude", options.narrowing.excludes, "GLOB", "but not those");
  app.choice("--level", options.narrowing.level, {"must", "should", "may"}, "the weakest level that is judged");
  app.choice("--strict", options.strict, {"should"}, "a violated SHOULD counts as a violated MUST");
  app.flag("--long", options.long_running, "also run the checks that take long");
  app.text("--gc-hook", options.gc_hook, "COMMAND", "a command that makes the registry collect garbage");
  app.text("--restart-hook", options.restart_hook, "COMMAND",
           "a command that switches the referrers API off (REFEREE_HOOK=before) and on (=after)");
}

void target(CommandApp& app, RunOptions& options) {
  app.heading("The target");
  app.text("--repo", options.prefix, "PREFIX", "prefix of the repositories that the run makes");
  app.texts("--existing-repo", options.existing_repos, "NAME", "use this repository instead of making any");
  app.flag("--read-only", options.read_only, "write nothing: judge the lists of --subject, which is there already");
  app.text("--subject", options.subject, "REPO@DIGEST", "the manifest whose lists --read-only judges");
  app.text("--upstream", options.upstream, "URL",
           "the target is a pull-through cache of that registry, which everybody may read");
  app.flag("--plain-http", options.plain_http, "a URL without scheme is http, not https");
  app.flag("-k,--insecure", options.insecure, "do not verify the certificate");
  app.text("--ca-file,--cacert", options.ca_file, "FILE", "certificates to trust");
  app.text("--cert-file", options.cert_file, "FILE", "the client's certificate");
  app.text("--key-file", options.key_file, "FILE", "and its key");
  app.texts("--resolve", options.resolve, "HOST:PORT:ADDRESS", "reach this host at that address");
  app.text("-u,--username", options.username, "NAME", "the user");
  app.flag("--password-stdin", options.password_stdin, "read the password from standard input");
  app.flag("--identity-token-stdin", options.identity_token_stdin,
           "read an identity (refresh) token from standard input");
  app.flag("--registry-token-stdin", options.registry_token_stdin, "read a bearer token from standard input");
  app.text("--registry-config,--authfile", options.registry_config, "FILE",
           "credentials in Docker's or Podman's form, instead of those in their usual places");
  app.text("--signer-username", options.signer_username, "NAME",
           "a second user: whoever may pull manifests may list their referrers, and nobody else");
  app.text("--signer-password-file", options.signer_password_file, "FILE", "his password: the first line of that file");
  app.flag("--no-creds", options.no_creds, "send no credentials, whatever the environment says");
  app.texts("-H,--header", options.headers, "HEADER", "send this header, 'Name: value', to the target", '\n');
  app.text("--request-id", options.request_id_header, "HEADER", "send a fresh id in this header with each exchange");
}

void pace(CommandApp& app, RunOptions& options) {
  app.heading("Pace");
  app.number("--jobs", options.jobs, 1, 256, "checks at a time");
  app.duration("--timeout", options.timeout, "the longest that one exchange may take");
  app.duration("--run-timeout", options.run_timeout,
               "the longest that the whole run may take, with cleaning up; 0: no limit");
  app.decimal("--rate", options.rate, "at most so many exchanges a second; 0: no limit");
  app.number("--retries", options.retries, 0, 100, "retries of 429 and 503 with Retry-After");
  app.duration("--settle", options.settle,
               "how long a list may take to show what was pushed or deleted; 2s with --built-in");
  app.duration("--cascade-wait", options.cascade_wait, "how long deleting dependants may take; 2s with --built-in");
  app.large_number("--seed", options.seed, "makes the same content again; random by default, and printed");
}

void output(CommandApp& app, RunOptions& options, std::vector<std::string>& reports, std::string& color) {
  app.heading("Output");
  app.text("--report-dir", options.report_dir, "DIR", "where the reports go");
  app.texts("--report", reports, "FORMAT=PATH", "write this report too; PATH may be - for standard output");
  app.text("--baseline", options.baseline, "FILE", "what is known not to pass does not fail the run; a change does");
  app.text("--update-baseline", options.update_baseline, "FILE", "write what does not pass now, to be filled in");
  app.flag("--allow-unexpected-pass", options.allow_unexpected_pass,
           "what passes against the baseline does not fail the run");
  app.text("--sign-key", options.sign_key, "FILE", "sign the results with this Ed25519 private key (PEM)");
  app.text("--submission", options.submission, "DIR",
           "also write what a certification asks for; needs --product-vendor, --product-name and --product-version");
  for (const auto& member : reports::product_members()) {
    app.text(reports::option_of(member), options.product.*member.value, "TEXT", member.help);
  }
  app.flag("--quiet", options.quiet, "nothing but errors on the terminal");
  app.flag("--no-progress", options.no_progress, "no progress line");
  app.choice("--color", color, {"auto", "always", "never"}, "colours; NO_COLOR is honoured");
}

// Values whose place is not a report, and names that say nothing about the run.
std::map<std::string, std::string> without_secrets(std::map<std::string, std::string> given,
                                                   const RunOptions& options) {
  if (given.contains("header")) {
    std::string names;
    for (const auto& header : options.headers) {
      names += (names.empty() ? "" : ", ") + header.substr(0, header.find(':')) + ": (not shown)";
    }
    given["header"] = names;
  }
  for (const auto* hook : {"gc-hook", "restart-hook"}) {
    if (given.contains(hook)) given[hook] = "(not shown)";
  }
  for (const auto* name : {"url", "URL", "config", "quiet", "no-progress", "color", "report-dir", "report", "sign-key",
                           "submission", "signer-password-file"}) {
    given.erase(name);
  }
  for (const auto& member : reports::product_members()) given.erase(reports::option_of(member).substr(2));
  return given;
}

}  // namespace

Command parse_run(const Arguments& arguments) {
  RunOptions options;
  std::string color = "auto";
  std::vector<std::string> reports;
  CommandApp app("run", "Judge how a registry treats referrers.");
  app.positional("URL", options.url, "the registry: http://127.0.0.1:5000, https://registry.example/base");
  what_to_judge(app, options);
  target(app, options);
  pace(app, options);
  output(app, options, reports, color);
  app.closing(kClosing);
  if (const auto text = app.read(arguments)) return Answer{*text};
  options.url_given = app.given("URL");
  for (const auto& report : reports) options.reports.push_back(report_of(report));
  options.color = color_of(color);
  options.shown = without_secrets(app.all_given(), options);
  return options;
}

}  // namespace referee::cli
