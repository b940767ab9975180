#include "harness/cli/commands/recorded_settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "reports/saved/evidence.h"
#include "reports/saved/evidence_json.h"

namespace referee::cli {
namespace {

using reports::CannotRead;
using reports::Results;

// Called by nobody: what a hook said then is among the facts of the check that called it.
engine::Hook hook_of_then(const Results& given) {
  if (!given.is_boolean() || !given.get<bool>()) return {};
  return [](const std::string&) { return engine::HookReport(); };
}

engine::Facts facts_of(const Results& json) {
  engine::Facts facts;
  for (const auto& [name, told] : json.items()) facts[name] = told.get<std::vector<std::string>>();
  return facts;
}

engine::Outcome outcome_named(const std::string& text) {
  for (std::size_t i = 0; i < engine::kOutcomeCount; ++i) {
    const auto outcome = static_cast<engine::Outcome>(i);
    if (text == name(outcome)) return outcome;
  }
  throw CannotRead(fmt::format("'{}' is no outcome of a check", text));
}

spec::Edition edition_of(const Results& json) {
  const auto text = json.is_string() ? json.get<std::string>() : "";
  const auto edition = spec::edition_named(text);
  if (!edition) throw CannotRead(fmt::format("'{}' is no edition", text));
  return *edition;
}

std::vector<std::string> texts_of(const Results& list) {
  std::vector<std::string> texts;
  for (const auto& each : list) texts.push_back(each.is_string() ? each.get<std::string>() : "");
  return texts;
}

std::vector<std::string> targets_of(const Results& results) {
  const auto urls = reports::text(reports::member(results, "target"), "url");
  std::vector<std::string> targets;
  for (std::size_t at = 0; at <= urls.size();) {
    const auto end = std::min(urls.find(", ", at), urls.size());
    targets.push_back(urls.substr(at, end - at));
    at = end + 2;
  }
  return targets;
}

engine::Settings settings_of(const Results& results) {
  const auto& saved = reports::member(results, "settings");
  if (!saved.is_object()) throw CannotRead("the results do not say with which settings the run went");
  const auto milliseconds = [&](const char* key) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(reports::number(saved, key)));
  };
  engine::Settings settings;
  settings.run_id = reports::text(results, "run");
  settings.seed = reports::member(results, "seed").get<std::uint64_t>();
  settings.strict_should = reports::flag(results, "strict_should");
  settings.prefix = reports::text(saved, "prefix");
  settings.existing_repos = texts_of(reports::list(saved, "existing_repos"));
  settings.settle = milliseconds("settle_ms");
  settings.cascade_wait = milliseconds("cascade_wait_ms");
  settings.client.retries = static_cast<int>(reports::number(saved, "retries"));
  settings.client.longest_retry_wait =
      std::chrono::seconds(static_cast<std::int64_t>(reports::number(saved, "longest_retry_wait_s")));
  settings.client.redirects = static_cast<int>(reports::number(saved, "redirects"));
  settings.long_running = reports::flag(saved, "long");
  for (const auto& each : reports::list(saved, "named_specs")) settings.named_editions.push_back(edition_of(each));
  if (const auto& subject = reports::member(saved, "existing_subject"); subject.is_object()) {
    settings.existing_subject = {reports::text(subject, "repository"), reports::text(subject, "digest")};
  }
  for (const auto& who : texts_of(reports::list(saved, "identities"))) settings.identities.push_back({who, nullptr});
  settings.upstream = reports::text(saved, "upstream");
  settings.proxied_host = reports::text(saved, "proxied_host");
  settings.claimed_categories = texts_of(reports::list(saved, "claimed_categories"));
  settings.collect = hook_of_then(reports::member(saved, "gc_hook"));
  settings.restart = hook_of_then(reports::member(saved, "restart_hook"));
  return settings;
}

}  // namespace

Results settings_json(const engine::Settings& settings) {
  Results specs = Results::array();
  for (const auto edition : settings.named_editions) specs.push_back(spec::name(edition));
  Results json = {{"prefix", settings.prefix},
                  {"existing_repos", reports::texts_json(settings.existing_repos)},
                  {"settle_ms", settings.settle.count()},
                  {"cascade_wait_ms", settings.cascade_wait.count()},
                  {"retries", settings.client.retries},
                  {"longest_retry_wait_s", settings.client.longest_retry_wait.count()},
                  {"redirects", settings.client.redirects},
                  {"long", settings.long_running},
                  {"named_specs", std::move(specs)}};
  if (!settings.upstream.empty()) json["upstream"] = settings.upstream;
  if (!settings.proxied_host.empty()) json["proxied_host"] = settings.proxied_host;
  if (!settings.claimed_categories.empty()) {
    json["claimed_categories"] = reports::texts_json(settings.claimed_categories);
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

replay::Evidence evidence_of(const Results& results) {
  try {
    replay::Evidence evidence{.targets = targets_of(results),
                              .settings = settings_of(results),
                              .checks = {},
                              .run_exchanges = reports::exchanges_of(reports::list(results, "run_exchanges")),
                              .bodies = reports::bodies_of(results)};
    for (const auto& check : reports::list(results, "checks")) {
      evidence.checks.push_back({.id = reports::text(check, "id"),
                                 .edition = edition_of(reports::member(check, "spec")),
                                 .outcome = outcome_named(reports::text(check, "outcome")),
                                 .not_run = reports::flag(check, "not_run"),
                                 .exchanges = reports::exchanges_of(reports::list(check, "exchanges")),
                                 .facts = facts_of(reports::member(check, "facts"))});
    }
    return evidence;
  } catch (const nlohmann::json::exception& broken) {
    throw CannotRead(fmt::format("the results are not of the shape of their schema: {}", broken.what()));
  }
}

}  // namespace referee::cli
