#include "harness/cli/options/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <random>

#include "harness/cli/credentials/credentials.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/hook.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/options/oci_conformance_env.h"
#include "harness/cli/options/target_url.h"
#include "harness/http/syntax/lexer.h"
#include "harness/http/syntax/url.h"
#include "harness/oci/digest.h"
#include "harness/oci/repository_name.h"
#include "reports/writing/write_reports.h"

namespace referee::cli {
namespace {

std::optional<engine::ExistingSubject> existing_subject(const RunOptions& options) {
  if (options.read_only == options.subject.empty()) {
    throw WrongUsage(options.read_only ? "--read-only needs --subject REPO@DIGEST: a manifest with referrers"
                                       : "--subject is for --read-only: a run that writes makes its own content");
  }
  if (!options.read_only) return std::nullopt;
  const auto at = options.subject.find('@');
  engine::ExistingSubject subject{options.subject.substr(0, at),
                                  at == std::string::npos ? "" : options.subject.substr(at + 1)};
  if (!oci::is_repository_name(subject.repository) || !oci::Digest::parse(subject.digest)) {
    throw WrongUsage(
        fmt::format("--subject '{}' is not REPO@DIGEST, such as library/hello@sha256:<64 hex digits>; the "
                    "host stands in the URL",
                    options.subject));
  }
  if (options.built_in) throw WrongUsage("--built-in has no content yet that --read-only could judge");
  return subject;
}

}  // namespace

void check_repositories(const RunOptions& options) {
  for (const auto& name : options.existing_repos) {
    if (!oci::is_repository_name(name)) {
      throw WrongUsage(
          fmt::format("--existing-repo '{}' is no repository name: it has small letters, digits and "
                      "separators, and no host",
                      name));
    }
  }
  if (!oci::is_repository_name(options.prefix)) {
    throw WrongUsage(
        fmt::format("--repo '{}' is no beginning of a repository name: small letters, digits and "
                    "separators, and no host",
                    options.prefix));
  }
}

namespace {

std::uint64_t fresh_seed() {
  std::random_device entropy;
  return (static_cast<std::uint64_t>(entropy()) << 20 ^ entropy()) % 1'000'000'000'000;
}

void set_target(const RunOptions& options, Prepared& prepared) {
  if (options.built_in) {
    if (options.url_given) throw WrongUsage("--built-in starts a registry of its own: leave the URL out");
    return;
  }
  if (options.url.empty()) {
    throw WrongUsage(options.url_given ? "the URL is empty: is a variable unset? Name a registry, or give --built-in"
                                       : "no registry to judge: name its URL, or give --built-in");
  }
  const auto target = target_of(options.url, options.plain_http);
  prepared.request.settings.client.base = target.base;
  if (target.assumed_scheme && !options.plain_http) {
    prepared.notes.push_back(
        fmt::format("no scheme given: judging {} (--plain-http, or http:// in the URL, for http)", target.base));
  }
}

http::ClientOptions client_of(const RunOptions& options, std::string base) {
  http::ClientOptions client;
  client.base = std::move(base);
  client.limits.connect = std::min(client.limits.connect, options.timeout);
  client.limits.first_byte = options.timeout;
  client.limits.whole = options.timeout;
  client.retries = options.retries;
  client.extra_headers = header_lines(options.headers);
  client.request_id_header = options.request_id_header;
  if (!std::ranges::all_of(client.request_id_header, http::is_token_char)) {
    throw WrongUsage(fmt::format("--request-id '{}' is no name of a header", client.request_id_header));
  }
  return client;
}

}  // namespace

engine::Settings settings_of(const RunOptions& options, std::string base, const std::atomic<bool>& interrupted) {
  engine::Settings settings;
  settings.run_id = engine::fresh_run_id();
  settings.client = client_of(options, std::move(base));
  settings.client.request_id_prefix = settings.run_id;
  settings.seed = options.seed ? *options.seed : fresh_seed();
  settings.prefix = options.prefix;
  settings.existing_repos = options.existing_repos;
  settings.settle = options.settle;
  settings.cascade_wait = options.cascade_wait;
  settings.run_timeout = options.run_timeout;
  settings.jobs = options.jobs;
  settings.long_running = options.long_running;
  settings.strict_should = options.strict == "should";
  settings.collect = hook_of(options.gc_hook, interrupted);
  settings.restart = hook_of(options.restart_hook, interrupted);
  settings.shown_options = options.shown;
  return settings;
}

http::Credentials signer_of(const RunOptions& options) {
  if (options.signer_username.empty()) return {};
  http::Credentials signer;
  signer.username = options.signer_username;
  if (options.signer_password_file.empty()) {
    signer.password = environment("REFEREE_SIGNER_PASSWORD").value_or("");
  } else {
    std::ifstream file(options.signer_password_file);
    std::getline(file, signer.password);
    if (signer.password.ends_with('\r')) signer.password.pop_back();
  }
  if (signer.password.empty()) {
    throw WrongUsage(
        fmt::format("there is no password for {}: set REFEREE_SIGNER_PASSWORD, or name a file that holds "
                    "it with --signer-password-file",
                    options.signer_username));
  }
  return signer;
}

namespace {

void set_reports(const RunOptions& options, Prepared& prepared) {
  try {
    for (const auto& [format, path] : options.reports) {
      if (path != "-") reports::can_write_file(path);
    }
    prepared.reports = options.reports;
    prepared.report_dir = options.report_dir;
    reports::can_write(prepared.report_dir);
    if (options.submission.empty()) return;
    if (const auto missing = reports::missing_of(options.product); !missing.empty()) {
      throw WrongUsage(fmt::format("--submission tells whose product was judged: give {}", fmt::join(missing, ", ")));
    }
    reports::can_write(options.submission);
  } catch (const reports::CannotWrite& failure) {
    throw WrongUsage(failure.what());
  }
}

// The reference registry does everything at once: waiting long for what must not happen would only cost time.
void set_upstream(const RunOptions& options, engine::Settings& settings) {
  if (options.upstream.empty()) return;
  if (options.built_in) throw WrongUsage("--built-in is a cache of nothing: --upstream needs the URL of a cache");
  settings.upstream = target_of(options.upstream, options.plain_http).base;
  if (settings.upstream == settings.client.base) {
    throw WrongUsage("--upstream is the registry behind the one to be judged, not that one itself");
  }
  settings.proxied_host = http::Url::parse(settings.upstream).value().authority();
}

void hurry(RunOptions& options) {
  if (!options.shown.contains("settle")) options.settle = Milliseconds(2'000);
  if (!options.shown.contains("cascade-wait")) options.cascade_wait = Milliseconds(2'000);
}

}  // namespace

Prepared prepare(RunOptions options, std::istream& input, const std::atomic<bool>& interrupted) {
  apply_oci_suite(options);
  if (options.built_in) hurry(options);
  Prepared prepared;
  prepared.built_in = options.built_in;
  prepared.rate = options.rate;
  set_target(options, prepared);
  check_repositories(options);
  auto& request = prepared.request;
  request.settings = settings_of(options, request.settings.client.base, interrupted);
  request.specs = spec_choice(options.specs);
  request.settings.named_editions = request.specs.named;
  request.settings.existing_subject = existing_subject(options);
  set_upstream(options, request.settings);
  request.selection = selection(options.narrowing);
  request.selection.existing = options.read_only;
  refuse_empty(request.selection, request.specs, options.narrowing);
  prepared.network.insecure = options.insecure;
  prepared.network.ca_file = options.ca_file;
  prepared.network.cert_file = options.cert_file;
  prepared.network.key_file = options.key_file;
  prepared.network.resolve = options.resolve;
  if (!options.built_in) prepared.credentials = credentials_of(options, request.settings.client.base, input);
  prepared.signer = signer_of(options);
  set_reports(options, prepared);
  return prepared;
}

}  // namespace referee::cli
