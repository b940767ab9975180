#include "harness/cli/options/oci_conformance_env.h"

#include <fmt/format.h>

#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"

namespace referee::cli {
namespace {

// Host and port without scheme and path.
std::string_view authority(std::string_view url) {
  if (const auto mark = url.find("://"); mark != std::string_view::npos) url.remove_prefix(mark + 3);
  return url.substr(0, url.find('/'));
}

void apply_tls(RunOptions& options) {
  const auto tls = environment("OCI_TLS");
  const bool has_scheme = options.url.find("://") != std::string::npos;
  if (!tls || *tls == "enabled") return;
  if (*tls == "disabled") {
    if (!has_scheme) options.shared.connection.plain_http = true;
  } else if (*tls == "insecure") {
    options.shared.connection.network.insecure = true;
  } else {
    throw WrongUsage(fmt::format("invalid OCI_TLS '{}'; choose enabled, disabled or insecure", *tls));
  }
}

}  // namespace

void apply_oci_conformance_env(RunOptions& options) {
  if (options.built_in || (options.url_given && options.url.empty())) return;
  const auto registry = environment("OCI_REGISTRY");
  if (!options.url_given && registry) options.url = *registry;
  if (options.url.empty() || (registry && authority(*registry) != authority(options.url))) return;
  apply_tls(options);
  auto& settings = options.shared.settings;
  if (settings.existing_repos.empty() && !settings.shown_options.contains("repo")) {
    for (const char* variable : {"OCI_REPO1", "OCI_REPO2"}) {
      const auto repository = environment(variable);
      if (!repository || repository->empty()) break;  // the second one alone names no place for the content
      settings.existing_repos.push_back(*repository);
    }
  }
  auto& login = options.shared.login;
  if (login.username.empty() && !login.no_creds) {
    login.username = environment("OCI_USERNAME").value_or("");
    if (!login.username.empty()) login.oci_password = environment("OCI_PASSWORD").value_or("");
  }
}

}  // namespace referee::cli
