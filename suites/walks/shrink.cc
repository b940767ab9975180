#include "suites/walks/shrink.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/engine/capabilities.h"
#include "suites/walks/walk.h"

namespace referee::walks {
namespace {

constexpr int kTries = 40;
constexpr int kMostRequirements = 2;  // of one walk: one fault often breaks several
constexpr auto kMostTime = std::chrono::seconds(10);

// Whether steps remain that say something: a walk without a push shows nothing.
Plan without(const Plan& plan, std::size_t first, std::size_t count) {
  Plan shorter = plan;
  const auto begin = shorter.steps.begin() + static_cast<std::ptrdiff_t>(first);
  shorter.steps.erase(begin, begin + static_cast<std::ptrdiff_t>(std::min(count, shorter.steps.size() - first)));
  return shorter;
}

// One walk of a run is enough for each requirement. A fact, since it depends on what other walks met before.
bool is_first_to_shorten(engine::Session& session, spec::RequirementId requirement) {
  const auto* capabilities = session.capabilities();
  const std::string id(requirement.text());
  return session.fact("shortens a walk that breaks " + id, [&] {
    return capabilities != nullptr && capabilities->is_first_to_shorten(id) ? "yes" : "no";
  }) == "yes";
}

}  // namespace

Plan shortest(Plan plan, const std::function<bool(const Plan&)>& shows, int tries) {
  for (std::size_t size = std::max<std::size_t>(plan.steps.size() / 2, 1); size > 0;) {
    bool removed = false;
    // The latest steps go first: what breaks last depends on what came before.
    for (std::size_t end = plan.steps.size(); end > 0 && tries > 0;) {
      const std::size_t first = end > size ? end - size : 0;
      auto shorter = without(plan, first, size);
      --tries;
      if (!shorter.steps.empty() && shows(shorter)) {
        plan = std::move(shorter);
        removed = true;
      }
      end = first;
    }
    if (tries <= 0) break;
    if (!removed || size > 1) size = size == 1 ? 0 : size / 2;
  }
  return plan;
}

void shorten(engine::Session& session, const Plan& plan, const std::set<spec::RequirementId>& broken) {
  auto& clock = session.client().clock();
  const auto begin = clock.now();
  int next = 0;
  const auto repositories = [&]() -> std::vector<engine::Repository> {
    const auto& existing = session.settings().existing_repos;
    if (!existing.empty()) return {{existing.front()}, {existing.back()}};
    const auto name = fmt::format("{}/shorter-{}", session.repository(0).name, ++next);
    return {{name}, {name + "-too"}};
  };
  int told = 0;
  for (const auto requirement : broken) {
    if (told == kMostRequirements) return;
    if (!is_first_to_shorten(session, requirement)) continue;
    ++told;
    const auto shows = [&](const Plan& shorter) {
      if (clock.now() - begin > kMostTime) return false;
      Walk walk(session, shorter, repositories(), Patience::kBrief);
      walk.go();
      if (!walk.broken().contains(requirement)) walk.look_later();
      return walk.broken().contains(requirement);
    };
    const auto least = shortest(plan, shows, kTries);
    if (least.steps.size() == plan.steps.size()) continue;
    Walk last(session, least, repositories(), Patience::kSettle);
    last.go();
    last.look_later();
  }
}

}  // namespace referee::walks
