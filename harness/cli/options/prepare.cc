#include "harness/cli/options/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "harness/cli/credentials/credentials.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/hook.h"
#include "harness/cli/options/check_connection.h"
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
                    "host belongs into the URL",
                    options.subject));
  }
  if (options.built_in) throw WrongUsage("--built-in has no content yet that --read-only could judge");
  return subject;
}

std::uint64_t fresh_seed() {
  std::random_device entropy;
  return (static_cast<std::uint64_t>(entropy()) << 20 ^ entropy()) % 1'000'000'000'000;
}

void set_target(const RunOptions& options, RunPlan& plan) {
  if (options.built_in) {
    if (options.url_given) throw WrongUsage("--built-in starts its own registry: leave the URL out");
    return;
  }
  if (options.url.empty()) {
    throw WrongUsage(options.url_given ? "the URL is empty: is a variable unset? Pass a registry URL or --built-in"
                                       : "missing URL: pass a registry URL or --built-in");
  }
  const bool plain_http = options.shared.connection.plain_http;
  const auto target = target_of(options.url, plain_http);
  plan.request.settings.client.base = target.base;
  if (target.assumed_scheme && !plain_http) {
    plan.notes.push_back(
        target.base.starts_with("http:")
            ? fmt::format("no scheme given: judging {}, since it is on this machine (https:// in the URL for https)",
                          target.base)
            : fmt::format("no scheme given: judging {} (--plain-http, or http:// in the URL, for http)", target.base));
  }
}

// --timeout is the limit of whole exchanges; their parts may not take longer.
http::ClientOptions client_of(const SharedOptions& options, std::string base) {
  http::ClientOptions client = options.settings.client;
  client.base = std::move(base);
  check_connection(options);
  client.limits.connect = std::min(client.limits.connect, client.limits.whole);
  client.limits.first_byte = client.limits.whole;
  client.extra_headers = header_lines(options.connection.headers);
  if (!std::ranges::all_of(client.request_id_header, http::is_token_char)) {
    throw WrongUsage(fmt::format("--request-id: invalid header name '{}'", client.request_id_header));
  }
  return client;
}

void set_reports(const RunOptions& options, RunPlan& plan) {
  try {
    for (const auto& [format, path] : options.reports) {
      if (path != "-") reports::can_write_file(path);
    }
    plan.reports = options.reports;
    plan.report_dir = options.report_dir;
    reports::can_write(plan.report_dir);
    if (options.submission.empty()) return;
    const auto narrowing = reports::narrowing_options(options.shared.settings.shown_options);
    if (!narrowing.empty() && !options.partial) {
      throw WrongUsage(
          fmt::format("--submission wants a whole run: leave out {}, or give --partial, which marks the submission",
                      fmt::join(narrowing, ", ")));
    }
    if (const auto missing = reports::missing_of(options.product); !missing.empty()) {
      throw WrongUsage(
          fmt::format("--submission names the product that was judged: give {}", fmt::join(missing, ", ")));
    }
    reports::can_write(options.submission);
  } catch (const reports::CannotWrite& failure) {
    throw WrongUsage(failure.what());
  }
}

void set_upstream(const RunOptions& options, engine::Settings& settings) {
  if (options.upstream.empty()) return;
  if (options.built_in) throw WrongUsage("--built-in is not a cache: --upstream needs the URL of one");
  settings.upstream = target_of(options.upstream, options.shared.connection.plain_http).base;
  if (settings.upstream == settings.client.base) {
    throw WrongUsage("--upstream is the registry behind the one to be judged, not that one itself");
  }
  settings.proxied_host = http::Url::parse(settings.upstream).value().authority();
}

// The reference registry does everything at once: waiting long for what must not happen would only cost time.
void hurry(engine::Settings& settings) {
  if (!settings.shown_options.contains("settle")) settings.settle = Milliseconds(2'000);
  if (!settings.shown_options.contains("cascade-wait")) settings.cascade_wait = Milliseconds(2'000);
}

}  // namespace

void check_repositories(const engine::Settings& settings) {
  constexpr auto kGrammar = "lower-case letters and digits, with single separators between them, and no host";
  for (const auto& name : settings.existing_repos) {
    if (oci::is_repository_name(name)) continue;
    throw WrongUsage(fmt::format("--existing-repo: invalid repository name '{}' ({})", name, kGrammar));
  }
  if (!oci::is_repository_name(settings.prefix)) {
    throw WrongUsage(fmt::format("--repo: invalid repository prefix '{}' ({})", settings.prefix, kGrammar));
  }
}

engine::Settings settings_of(const SharedOptions& options, std::string base, const std::atomic<bool>& interrupted) {
  engine::Settings settings = options.settings;
  settings.run_id = engine::fresh_run_id();
  settings.client = client_of(options, std::move(base));
  settings.client.request_id_prefix = settings.run_id;
  settings.seed = options.seed ? *options.seed : fresh_seed();
  settings.collect = hook_of(options.gc_hook, interrupted, options.hook_timeout);
  settings.restart = hook_of(options.restart_hook, interrupted, options.hook_timeout);
  return settings;
}

RunPlan prepare(RunOptions options, std::istream& input, const std::atomic<bool>& interrupted) {
  apply_oci_conformance_env(options);
  if (options.built_in) hurry(options.shared.settings);
  RunPlan plan;
  plan.built_in = options.built_in;
  plan.rate = options.shared.rate;
  set_target(options, plan);
  check_repositories(options.shared.settings);
  auto& request = plan.request;
  request.settings = settings_of(options.shared, request.settings.client.base, interrupted);
  request.specs = spec_choice(options.shared.specs);
  request.settings.named_editions = request.specs.named;
  request.settings.existing_subject = existing_subject(options);
  set_upstream(options, request.settings);
  request.selection = selection(options.narrowing);
  request.selection.existing = options.read_only;
  request.keep = options.keep;
  request.settings.walks.seed = options.walk_seed.value_or(0);
  request.selection.walks = request.settings.walks.rounds > 0;
  request.settings.repeats = request.selection.walks;
  refuse_empty(request.selection, request.specs, options.narrowing);
  plan.network = options.shared.connection.network;
  if (!options.built_in) plan.credentials = credentials_of(options.shared, request.settings.client.base, input);
  request.settings.login = name_of(plan.credentials);
  plan.signer = signer_of(options.shared.login);
  set_reports(options, plan);
  return plan;
}

}  // namespace referee::cli
