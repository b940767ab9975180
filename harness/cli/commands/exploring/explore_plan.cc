#include "harness/cli/commands/exploring/explore_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "harness/cli/credentials/credential_files.h"
#include "harness/cli/credentials/credentials.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/options/glob.h"
#include "harness/cli/options/prepare.h"
#include "harness/cli/options/target_url.h"
#include "reports/output_file.h"

namespace referee::cli {
namespace {

// An id is meant with and without the word that all of them begin with, as the matrix shows it.
bool is_meant(const std::vector<std::string>& globs, std::string_view id) {
  constexpr std::string_view kPrefix = "probe.";
  const auto rest = id.starts_with(kPrefix) ? id.substr(kPrefix.size()) : id;
  return std::ranges::any_of(globs,
                             [&](const auto& glob) { return glob_matches(glob, id) || glob_matches(glob, rest); });
}

std::function<bool(const engine::Probe&)> probes_of(const ExploreOptions& options) {
  auto chosen = [filters = options.filters, excludes = options.excludes](const engine::Probe& probe) {
    const auto id = probe.id.text();
    return (filters.empty() || is_meant(filters, id)) && !is_meant(excludes, id);
  };
  if (std::ranges::none_of(engine::all_probes(), chosen)) {
    throw WrongUsage("--filter and --exclude leave no probe: `referee list probes` shows them all");
  }
  return chosen;
}

void set_reports(const ExploreOptions& options, ExplorePlan& plan) {
  try {
    for (const auto& [format, path] : options.reports) {
      if (path != "-") reports::can_write_file(path);
    }
    plan.report_dir = options.report_dir;
    reports::can_write(plan.report_dir);
  } catch (const reports::CannotWrite& failure) {
    throw WrongUsage(failure.what());
  }
}

}  // namespace

const std::string& ExplorePlan::title(std::size_t registry) const {
  const auto& request = requests.at(registry);
  return request.name.empty() ? request.settings.client.base : request.name;
}

ExplorePlan explore_plan(const ExploreOptions& options, const std::atomic<bool>& interrupted) {
  if (options.urls.empty()) throw WrongUsage("missing URL: pass the URL of a registry, or several");
  ExplorePlan plan;
  check_repositories(options.shared.settings);
  engine::ExploreRequest common;
  common.settings = settings_of(options.shared, "", interrupted);
  common.specs = spec_choice(options.shared.specs);
  common.settings.named_editions = common.specs.named;
  common.probes = probes_of(options);
  std::set<std::string> names;
  for (const auto& text : options.urls) {
    if (text.empty()) throw WrongUsage("a URL is empty: is a variable unset?");
    const auto [name, url] = named(text);
    if (!name.empty() && !names.insert(name).second) {
      throw WrongUsage(fmt::format("two registries are called '{}': give each its own name", name));
    }
    auto& request = plan.requests.emplace_back(common);
    request.name = name;
    request.settings.client.base = target_of(url, options.shared.connection.plain_http).base;
    request.settings.run_id = request.settings.client.request_id_prefix = engine::fresh_run_id();
  }
  plan.network = options.shared.connection.network;
  const auto owner = credentials_of(options.shared, "", std::cin);
  const auto& login = options.shared.login;
  plan.signer = signer_of(login);
  const bool is_given =
      owner.has_password() || !owner.identity_token.empty() || !owner.registry_token.empty() || login.no_creds;
  const auto files = is_given ? std::vector<CredentialFile>() : credential_files(login.registry_config);
  for (auto& [name, settings, specs, probes] : plan.requests) {
    plan.owners.push_back(files.empty() ? owner : stored_credentials(files, settings.client.base, settings.prefix));
    settings.login = name_of(plan.owners.back());
  }
  set_reports(options, plan);
  return plan;
}

}  // namespace referee::cli
