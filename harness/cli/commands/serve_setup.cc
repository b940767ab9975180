#include "harness/cli/commands/serve_setup.h"

#include <fmt/format.h>

#include <algorithm>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/options/nearest.h"
#include "harness/cli/options/target_url.h"

namespace referee::cli {
namespace {

[[noreturn]] void refuse(std::string_view what, const std::string& id, const std::vector<std::string>& known) {
  const auto near = nearest(id, known);
  throw WrongUsage(fmt::format("unknown {} '{}'; {}", what, id,
                               near.empty() ? fmt::format("see `referee list {}s`", what)
                                            : fmt::format("did you mean {}?", fmt::join(near, " or "))));
}

template <typename Rows>
std::vector<std::string> ids_of(const Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.emplace_back(row.id);
  return ids;
}

void inject_defects(const ServeOptions& options, registry::Behaviour& behaviour) {
  for (const auto& id : options.defects) {
    const auto* defect = registry::find_defect(id);
    if (defect == nullptr) refuse("defect", id, ids_of(registry::all_defects()));
    defect->inject(behaviour);
  }
}

void inject_moods(const ServeOptions& options, registry::Behaviour& behaviour) {
  for (const auto& id : options.moods) {
    const auto* mood = registry::find_mood(id);
    if (mood == nullptr) refuse("mood", id, ids_of(registry::all_moods()));
    mood->inject(behaviour);
  }
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (auto end = text.find(separator); end != std::string::npos; end = text.find(separator, start)) {
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  parts.push_back(text.substr(start));
  return parts;
}

registry::User user_of(const std::string& text) {
  const auto parts = split(text, ':');
  if (parts.size() != 4) {
    throw WrongUsage("--user takes NAME:PASSWORD:REPO-GLOB:ACTIONS, for example me:secret:*:pull,push,delete");
  }
  for (const auto& action : split(parts[3], ',')) {
    if (action != "pull" && action != "push" && action != "delete") {
      throw WrongUsage(fmt::format("--user {}: invalid action '{}'; choose pull, push or delete", parts[0], action));
    }
  }
  return {.name = parts[0], .password = parts[1], .repositories = parts[2], .actions = parts[3]};
}

registry::Editions editions_of(const ServeOptions& options) {
  if (options.specs.empty()) return {};
  const auto choice = spec_choice(options.specs);
  registry::Editions editions({});
  for (const auto edition : choice.named) editions.add(edition);
  if (choice.auto_oci) editions.add(spec::Edition::kOci111);
  if (choice.auto_oras) editions.add(spec::Edition::kOrasRc2);
  return editions;
}

std::string base_path_of(std::string path) {
  while (path.ends_with('/')) path.pop_back();
  if (!path.empty() && path.front() != '/') {
    throw WrongUsage(fmt::format("--base-path begins with a slash: /{}", path));
  }
  return path;
}

}  // namespace

registry::Behaviour behaviour_of(const ServeOptions& options) {
  registry::Behaviour behaviour;
  if (options.page_size > 0) behaviour.paging.page_size = static_cast<std::size_t>(options.page_size);
  if (!options.cascade.empty()) {
    const auto cascade = options.cascade == "none"       ? registry::Cascade::kNone
                         : options.cascade == "untagged" ? registry::Cascade::kUntagged
                         : options.cascade == "all"      ? registry::Cascade::kAll
                                                         : registry::Cascade::kOnCollect;
    behaviour.deletion.oras = cascade;
    behaviour.deletion.oci = cascade;
  }
  inject_moods(options, behaviour);
  inject_defects(options, behaviour);
  return behaviour;
}

std::string upstream_of(const ServeOptions& options) {
  return options.proxy_of.empty() ? "" : target_of(options.proxy_of, false).base;
}

registry::Options registry_options(const ServeOptions& options) {
  registry::Options set_up;
  set_up.editions = editions_of(options);
  set_up.base_path = base_path_of(options.base_path);
  if (options.tls_cert.empty() != options.tls_key.empty()) {
    throw WrongUsage("--tls-cert and --tls-key need each other");
  }
  if (!options.tls_cert.empty()) set_up.scheme = "https";
  for (const auto& user : options.users) set_up.users.push_back(user_of(user));
  if (options.auth.empty() && !options.users.empty()) throw WrongUsage("--user needs --auth basic or --auth token");
  if (!options.auth.empty() && options.users.empty()) {
    throw WrongUsage("--auth needs a user to let in: --user NAME:PASSWORD:REPO-GLOB:ACTIONS");
  }
  if (options.auth == "basic") set_up.auth = registry::AuthScheme::kBasic;
  if (options.auth == "token") set_up.auth = registry::AuthScheme::kToken;
  return set_up;
}

}  // namespace referee::cli
