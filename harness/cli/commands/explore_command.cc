// `referee explore`: put the probes to one registry after another, show the answers side by side.
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>

#include "harness/cli/commands/commands.h"
#include "harness/cli/credentials/credential_files.h"
#include "harness/cli/credentials/credentials.h"
#include "harness/cli/credentials/registry_access.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/host/rate_limit.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/host/tool.h"
#include "harness/cli/options/glob.h"
#include "harness/cli/options/prepare.h"
#include "harness/cli/options/target_url.h"
#include "harness/engine/probe_runner.h"
#include "reports/exploration/exploration_json.h"
#include "reports/exploration/matrix.h"
#include "reports/output_file.h"

namespace referee::cli {
namespace {

struct Plan {
  std::vector<std::string> bases;
  engine::ExploreRequest request;  // except for the base URL
  http::CurlOptions network;
  http::Credentials owner;
  http::Credentials signer;
  std::vector<CredentialFile> credential_files;  // asked for each registry where no option says who the owner is
  std::string repository;
};

std::function<bool(const engine::Probe&)> probes_of(const ExploreOptions& options) {
  const auto any = [](const std::vector<std::string>& globs, std::string_view id) {
    return std::ranges::any_of(globs, [&](const auto& glob) { return glob_matches(glob, id); });
  };
  auto chosen = [any, filters = options.filters, excludes = options.excludes](const engine::Probe& probe) {
    const auto id = probe.id.text();
    return (filters.empty() || any(filters, id)) && !any(excludes, id);
  };
  if (std::ranges::none_of(engine::all_probes(), chosen)) {
    throw WrongUsage("--filter and --exclude leave no probe: `referee list probes` shows them all");
  }
  return chosen;
}

Plan plan_of(const ExploreOptions& options, const std::atomic<bool>& interrupted) {
  if (options.urls.empty()) throw WrongUsage("missing URL: pass the URL of a registry, or several");
  Plan plan;
  for (const auto& url : options.urls) {
    if (url.empty()) throw WrongUsage("a URL is empty: is a variable unset?");
    plan.bases.push_back(target_of(url, options.shared.connection.plain_http).base);
  }
  check_repositories(options.shared.settings);
  plan.request.settings = settings_of(options.shared, "", interrupted);
  plan.request.specs = spec_choice(options.shared.specs);
  plan.request.settings.named_editions = plan.request.specs.named;
  plan.request.probes = probes_of(options);
  plan.network = options.shared.connection.network;
  plan.owner = credentials_of(options.shared, "", std::cin);
  const auto& login = options.shared.login;
  plan.signer = signer_of(login);
  const auto& owner = plan.owner;
  const bool is_given =
      owner.has_password() || !owner.identity_token.empty() || !owner.registry_token.empty() || login.no_creds;
  if (!is_given) plan.credential_files = credential_files(login.registry_config);
  plan.repository = options.shared.settings.prefix;
  for (const auto& [format, path] : options.reports) {
    if (path != "-") reports::can_write_file(path);
  }
  return plan;
}

engine::Exploration explore_one(const Plan& plan, const std::string& base, const Call& call,
                                const engine::HearAnswer& hear) {
  engine::ExploreRequest request = plan.request;
  request.settings.client.base = base;
  request.settings.run_id = engine::fresh_run_id();
  const auto owner =
      plan.credential_files.empty() ? plan.owner : stored_credentials(plan.credential_files, base, plan.repository);
  request.settings.login = name_of(owner);
  RegistryAccess access(plan.network, request.settings.client, {.owner = owner, .signer = plan.signer}, call);
  request.settings.identities = access.identities();
  return engine::explore(request, access.environment(), hear);
}

// Of standard output; a hundred columns where it is not a terminal.
std::size_t terminal_width() {
  winsize size{};
  if (const auto columns = environment("COLUMNS")) {
    const int width = std::atoi(columns->c_str());
    if (width > 0) return static_cast<std::size_t>(width);
  }
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

std::string rendered(const std::string& format, const reports::Results& exploration) {
  if (format == "markdown") return reports::matrix_markdown(exploration);
  if (format == "html") return reports::matrix_html(exploration);
  return exploration.dump(1) + "\n";
}

std::vector<std::string> write_reports(const ExploreOptions& options, const reports::Results& exploration) {
  std::vector<std::string> written;
  for (const auto& [format, path] : options.reports) {
    if (path == "-") {
      print(rendered(format, exploration));
      continue;
    }
    reports::write_file(path, rendered(format, exploration));
    written.push_back(path);
  }
  return written;
}

int exit_code(const std::vector<engine::Exploration>& seen, const std::atomic<bool>& interrupted) {
  if (interrupted) return kInterrupted;
  const bool all =
      std::ranges::all_of(seen, [](const auto& one) { return one.complete && one.not_explored_because.empty(); });
  return all ? kDone : kNotJudged;
}

}  // namespace

int explore_command(const ExploreOptions& options, const std::atomic<bool>& interrupted) {
  const Plan plan = plan_of(options, interrupted);
  end_cleanly_on_signals();
  const auto clock = http::system_clock();
  std::unique_ptr<RateLimit> rate;
  Call call{.clock = *clock, .interrupted = interrupted, .before_exchange = {}};
  if (options.shared.rate > 0) {
    rate = std::make_unique<RateLimit>(options.shared.rate, *clock, &interrupted);
    call.before_exchange = [&rate] { rate->wait(); };
  }
  const auto& display = options.shared.display;
  const bool progress = !display.quiet && !display.no_progress && isatty(STDERR_FILENO) != 0;
  engine::HearAnswer hear;
  if (progress) {
    hear = [](const engine::ProbeResult&, std::size_t done, std::size_t all) {
      std::cerr << fmt::format("\r{}/{} ", done, all) << (done == all ? "\r         \r" : "") << std::flush;
    };
  }
  std::vector<engine::Exploration> seen;
  for (const auto& base : plan.bases) {
    if (!display.quiet) complain("exploring " + base);
    seen.push_back(explore_one(plan, base, call, hear));
  }
  const auto exploration = reports::exploration_json(seen, {.version = tool_version(), .commit = tool_commit()});
  const auto written = write_reports(options, exploration);
  const bool to_stdout = std::ranges::any_of(options.reports, [](const auto& report) { return report.path == "-"; });
  if (!display.quiet && !to_stdout) {
    print(reports::matrix_text(exploration, {.width = terminal_width(),
                                             .color = wants_color(display.color),
                                             .conflicts = options.contradictions,
                                             .written = written}));
  }
  return exit_code(seen, interrupted);
}

}  // namespace referee::cli
