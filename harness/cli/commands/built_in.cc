#include "harness/cli/commands/built_in.h"

#include <fmt/format.h>

#include "fixtures/registry/registry.h"
#include "fixtures/registry/service/server.h"

namespace referee::cli {
namespace {

registry::Options options_for(const engine::SpecChoice& part) {
  registry::Options options;
  if (part.named.empty()) return options;
  options.editions = registry::Editions({});
  for (const auto edition : part.named) options.editions.add(edition);
  return options;
}

}  // namespace

std::vector<engine::SpecChoice> built_in_plan(const engine::SpecChoice& choice) {
  std::vector<engine::SpecChoice> plan;
  if (choice.auto_oci || choice.auto_oras) {
    plan.push_back({.auto_oci = choice.auto_oci, .auto_oras = choice.auto_oras, .named = {}});
  }
  for (const auto edition : choice.named) {
    const bool found_anyway = (choice.auto_oci && edition == spec::Edition::kOci111) ||
                              (choice.auto_oras && edition == spec::Edition::kOrasRc2);
    if (!found_anyway) plan.push_back({.named = {edition}});
  }
  return plan;
}

struct BuiltInRegistry::Inside {
  explicit Inside(const registry::Options& options)
      : honest({}, options), server([this](const registry::Request& request) { return honest.handle(request); }) {}

  registry::Registry honest;
  registry::Server server;
};

BuiltInRegistry::BuiltInRegistry(const engine::SpecChoice& part)
    : inside_(std::make_unique<Inside>(options_for(part))) {}

BuiltInRegistry::~BuiltInRegistry() = default;

std::string BuiltInRegistry::url() const { return fmt::format("http://127.0.0.1:{}", inside_->server.port()); }

}  // namespace referee::cli
