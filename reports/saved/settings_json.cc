#include "reports/saved/settings_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/saved/evidence_json.h"
#include "reports/saved/read_results.h"

namespace referee::reports {
namespace {

// Never called: what a hook said then is among the facts of the check that called it.
engine::Hook hook_of_then(bool given) {
  if (!given) return {};
  return [](const std::string&) { return engine::HookReport(); };
}

}  // namespace

engine::Settings settings_of(const Results& saved) {
  const auto whole = [&](const char* key) { return static_cast<int>(std::clamp(number(saved, key), -1e9, 1e9)); };
  const auto milliseconds = [&](const char* key) { return std::chrono::milliseconds(whole(key)); };
  engine::Settings settings;
  settings.prefix = text(saved, "prefix");
  settings.existing_repos = texts_of(list(saved, "existing_repos"));
  settings.settle = milliseconds("settle_ms");
  settings.cascade_wait = milliseconds("cascade_wait_ms");
  settings.client.retries = whole("retries");
  settings.client.longest_retry_wait = std::chrono::seconds(whole("longest_retry_wait_s"));
  settings.client.redirects = whole("redirects");
  settings.long_running = flag(saved, "long");
  const auto& walks = member(saved, "walks");
  settings.walks.rounds = walks.is_boolean() ? (flag(saved, "walks") ? 1 : 0) : whole("walks");
  settings.walks.steps = whole("walk_steps");
  settings.walks.seed = static_cast<std::uint64_t>(std::clamp(number(saved, "walk_seed"), 0.0, 9e15));
  for (const auto& each : list(saved, "named_specs")) settings.named_editions.push_back(edition_of(each));
  if (const auto& subject = member(saved, "existing_subject"); subject.is_object()) {
    settings.existing_subject = {text(subject, "repository"), text(subject, "digest")};
  }
  for (const auto& who : texts_of(list(saved, "identities"))) settings.identities.push_back({who, nullptr});
  settings.upstream = text(saved, "upstream");
  settings.proxied_host = text(saved, "proxied_host");
  settings.claimed_categories = texts_of(list(saved, "claimed_categories"));
  settings.collect = hook_of_then(flag(saved, "gc_hook"));
  settings.restart = hook_of_then(flag(saved, "restart_hook"));
  return settings;
}

Results settings_json(const engine::Settings& settings) {
  Results specs = Results::array();
  for (const auto edition : settings.named_editions) specs.push_back(spec::name(edition));
  Results json = {{"prefix", settings.prefix},
                  {"existing_repos", texts_json(settings.existing_repos)},
                  {"settle_ms", settings.settle.count()},
                  {"cascade_wait_ms", settings.cascade_wait.count()},
                  {"retries", settings.client.retries},
                  {"longest_retry_wait_s", settings.client.longest_retry_wait.count()},
                  {"redirects", settings.client.redirects},
                  {"long", settings.long_running},
                  {"named_specs", std::move(specs)}};
  if (settings.walks.rounds != 0) json["walks"] = settings.walks.rounds;
  if (settings.walks.steps != 0) json["walk_steps"] = settings.walks.steps;
  if (settings.walks.seed != 0) json["walk_seed"] = settings.walks.seed;
  if (!settings.upstream.empty()) json["upstream"] = settings.upstream;
  if (!settings.proxied_host.empty()) json["proxied_host"] = settings.proxied_host;
  if (!settings.claimed_categories.empty()) {
    json["claimed_categories"] = texts_json(settings.claimed_categories);
  }
  if (settings.existing_subject) {
    json["existing_subject"] = {{"repository", settings.existing_subject->repository},
                                {"digest", settings.existing_subject->digest}};
  }
  if (!settings.identities.empty()) {
    json["identities"] = Results::array();
    for (const auto& identity : settings.identities) json["identities"].push_back(identity.name);
  }
  if (settings.collect) json["gc_hook"] = true;
  if (settings.restart) json["restart_hook"] = true;
  return json;
}

}  // namespace referee::reports
