#include "harness/cli/options/option_groups.h"

#include "harness/spec/edition.h"
#include "reports/writing/write_reports.h"

namespace referee::cli {

void content_options(CommandApp& app, SharedOptions& options) {
  app.texts("--spec", options.specs, "EDITION",
            "an edition (see `referee list specs`), or auto, oci, oras, all; auto, the default, is oci-1.1.1 and the "
            "newest ORAS edition that the registry offers");
  app.offers("--spec", edition_words({"auto", "oci", "oras", "all"}));
  app.flag("--long", options.settings.long_running, "include what takes hours or thousands of pushes");
  app.text("--gc-hook", options.gc_hook, "COMMAND", "run COMMAND to make the registry collect garbage");
  app.duration("--hook-timeout", options.hook_timeout, "timeout for one call of a hook");
}

void repository_options(CommandApp& app, engine::Settings& settings) {
  app.text("--repo", settings.prefix, "PREFIX", "make repositories with this prefix");
  app.texts("--existing-repo", settings.existing_repos, "NAME", "use this repository instead of making any");
}

void connection_options(CommandApp& app, SharedOptions& options) {
  auto& network = options.connection.network;
  app.flag("--plain-http", options.connection.plain_http, "a URL without scheme is http, not https");
  app.flag("-k,--insecure", network.insecure, "do not verify certificates");
  app.text("--ca-file,--cacert", network.ca_file, "FILE", "trust these certificates");
  app.text("--cert-file", network.cert_file, "FILE", "present this client certificate");
  app.text("--key-file", network.key_file, "FILE", "the key of that certificate");
  app.texts("--resolve", network.resolve, "HOST:PORT:ADDRESS", "reach this host at that address");
  app.texts("-H,--header", options.connection.headers, "HEADER", "send this header, 'Name: value', to the registry",
            '\n');
  app.text("--request-id", options.settings.client.request_id_header, "HEADER",
           "send a fresh id in this header with each request");
}

void login_options(CommandApp& app, Login& login) {
  app.text("-u,--username", login.username, "NAME", "log in as this user");
  app.flag("--password-stdin", login.password_stdin, "read the password from standard input");
  app.flag("--identity-token-stdin", login.identity_token_stdin,
           "read an identity (refresh) token from standard input");
  app.flag("--registry-token-stdin", login.registry_token_stdin, "read a bearer token from standard input");
  app.text("--registry-config,--authfile", login.registry_config, "FILE",
           "take credentials from this file, in Docker's or Podman's form, instead of their usual places");
  app.flag("--no-creds", login.no_creds, "send no credentials, whatever the environment says");
}

void signer_options(CommandApp& app, Login& login) {
  app.text("--signer-username", login.signer_username, "NAME",
           "a second user, who may only sign: shows whether whoever may pull manifests may list their referrers");
  app.text("--signer-password-file", login.signer_password_file, "FILE",
           "file whose first line is that user's password");
}

void pace_options(CommandApp& app, SharedOptions& options, const std::string& items) {
  auto& settings = options.settings;
  app.heading("Pace");
  app.number("--jobs", settings.jobs, 1, 256, items + " at a time");
  app.duration("--timeout", settings.client.limits.whole, "timeout for one request");
  app.duration(
      "--run-timeout", settings.run_timeout,
      "timeout for all that is done with a registry, cleaning up included; 0, and with hooks by default: no limit");
  app.decimal("--rate", options.rate, "maximum requests per second; 0: no limit");
  app.number("--retries", settings.client.retries, 0, 100, "retries of 429 and 503 with Retry-After");
  app.duration("--settle", settings.settle, "wait so long for a list to show a push or a deletion");
  app.duration("--cascade-wait", settings.cascade_wait, "wait so long for dependants to go with what they depend on");
  app.large_number("--seed", options.seed, "make the content of this seed again; random by default");
}

void display_options(CommandApp& app, Display& display) {
  app.flag("--quiet", display.quiet, "show nothing but errors on the terminal");
  app.flag("--no-progress", display.no_progress, "show no progress");
  color_option(app, display.color);
}

void color_option(CommandApp& app, Color& color) {
  app.choice<Color>("--color", color, {{"auto", Color::kAuto}, {"always", Color::kAlways}, {"never", Color::kNever}},
                    "when to use colours; NO_COLOR is honoured");
}

std::vector<std::string> edition_words(std::vector<std::string> words) {
  for (const auto edition : spec::all_editions()) words.emplace_back(spec::name(edition));
  return words;
}

std::vector<std::string> report_beginnings() {
  std::vector<std::string> words;
  for (const auto& format : reports::formats()) words.push_back(std::string(format.name) + "=");
  return words;
}

std::map<std::string, std::string> shown_options(std::map<std::string, std::string> given,
                                                 const SharedOptions& options) {
  if (given.contains("header")) {
    std::string names;
    for (const auto& header : options.connection.headers) {
      names += (names.empty() ? "" : ", ") + header.substr(0, header.find(':')) + ": (not shown)";
    }
    given["header"] = names;
  }
  for (const auto* hook : {"gc-hook", "restart-hook"}) {
    if (given.contains(hook)) given[hook] = "(not shown)";
  }
  for (const auto* name : {"url", "URL", "config", "quiet", "no-progress", "color", "report-dir", "report", "sign-key",
                           "submission", "partial", "signer-password-file"}) {
    given.erase(name);
  }
  return given;
}

}  // namespace referee::cli
