#include "suites/proof/conditioned/differential.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "fixtures/registry/registry.h"
#include "suites/proof/conditioned/traffic.h"
#include "suites/proof/identities.h"

namespace referee::proof {
namespace {

using registry::Registry;
using registry::Request;
using registry::Response;
using registry::conditioned::Mutant;

constexpr double kTimesAsOften = 5;  // how many times as often as it needs to show a defect has to decide unseen

/// Two registries on one clock.
class Pair {
 public:
  Pair(const registry::Behaviour& behaviour, const registry::Options& options)
      : honest_({}, options, [this] { return now_; }), other_(behaviour, options, [this] { return now_; }) {}

  /// Lets the step happen to both. Returns the request whose answers differ; empty if none.
  std::string take(const Step& step) {
    now_ += std::chrono::milliseconds(1);
    switch (step.kind) {
      case Step::Kind::kWait:
        now_ += std::chrono::seconds(5);
        return "";
      case Step::Kind::kCollect:
        honest_.collect();
        other_.collect();
        return "";
      case Step::Kind::kSwitchOff:
      case Step::Kind::kSwitchOn:
        honest_.offer_referrers(step.kind == Step::Kind::kSwitchOn);
        other_.offer_referrers(step.kind == Step::Kind::kSwitchOn);
        return "";
      case Step::Kind::kRequests:
        break;
    }
    const auto right = answers(honest_, step.requests);
    const auto left = answers(other_, step.requests);
    last_ = right.front();
    for (std::size_t i = 0; i < right.size(); ++i) {
      if (!alike(right[i], left[i])) return step.requests[i].method + " " + step.requests[i].target;
    }
    return "";
  }

  const Response& last() const { return last_; }

 private:
  static std::vector<Response> answers(Registry& registry, const std::vector<Request>& requests) {
    std::vector<Response> all(requests.size());
    if (requests.size() == 1) {
      all[0] = registry.handle(requests[0]);
      return all;
    }
    {
      std::vector<std::jthread> senders;
      for (std::size_t i = 0; i < requests.size(); ++i) {
        senders.emplace_back([&, i] { all[i] = registry.handle(requests[i]); });
      }
    }
    return all;
  }

  static bool alike(const Response& left, const Response& right) {
    return left.status == right.status && left.body == right.body && left.delivery == right.delivery &&
           left.headers.lines() == right.headers.lines();
  }

  registry::Time now_ = registry::Time(std::chrono::hours(1));
  Registry honest_;
  Registry other_;
  Response last_;
};

registry::Options options_of(spec::Edition edition, bool users) {
  registry::Options options;
  options.editions = registry::Editions({edition});
  if (!users) return options;
  guard(options);
  options.auth = registry::AuthScheme::kBasic;
  return options;
}

/// Lets a sequence happen to an honest registry and to one with that behaviour. Returns the request whose answers
/// differ first; empty if none does.
std::string difference_in(int sequence, int steps, const registry::Behaviour& behaviour,
                          const TrafficOptions& options) {
  Traffic traffic(options, static_cast<std::uint64_t>(sequence) + 1);
  Pair pair(behaviour, options_of(options.edition, options.users));
  for (const auto& step : traffic.opening()) {
    if (auto difference = pair.take(step); !difference.empty()) return difference;
  }
  for (int i = 0; i < steps; ++i) {
    if (auto difference = pair.take(traffic.next(pair.last())); !difference.empty()) return difference;
  }
  return "";
}

/// How often the defect decides before it shows when it needs no condition; nothing if it does not show.
std::optional<double> uses_to_show(const Mutant& mutant, const TrafficOptions& options, const DifferentialPlan& plan) {
  Mutant unconditioned = mutant;
  unconditioned.condition = registry::conditioned::find_condition("always");
  constexpr int kSequences = 20;
  int uses = 0;
  int shown = 0;
  for (int i = 0; i < std::min(kSequences, plan.most_sequences); ++i) {
    registry::Behaviour behaviour;
    const auto history = unconditioned.inject(behaviour);
    if (!difference_in(i, 2 * plan.steps, behaviour, options).empty()) ++shown;
    uses += history->uses();
  }
  if (shown == 0) return std::nullopt;
  return static_cast<double>(uses) / shown;
}

}  // namespace

const char* name(Visibility visibility) {
  switch (visibility) {
    case Visibility::kSeen:
      return "seen";
    case Visibility::kNone:
      return "not visible";
    default:
      return "not reached";
  }
}

Comparison compare(const Mutant& mutant, spec::Edition edition, bool users, const DifferentialPlan& plan) {
  const bool crowded = mutant.condition->needs_crowds;
  const TrafficOptions options{.edition = edition, .users = users, .crowd = crowded ? 1001u : 0u};
  DifferentialPlan own = plan;
  if (crowded) own = {.sequences = 1, .most_sequences = std::min(3, plan.most_sequences), .steps = plan.steps};
  Comparison result;
  std::optional<double> needed;
  for (int i = 0; i < own.most_sequences; ++i) {
    if (i == own.sequences) needed = uses_to_show(mutant, options, own);
    if (i >= own.sequences && (!needed || result.uses >= kTimesAsOften * *needed)) break;
    registry::Behaviour behaviour;
    const auto history = mutant.inject(behaviour);
    const int steps = i < own.sequences ? own.steps : 2 * own.steps;
    result.difference = difference_in(i, steps, behaviour, options);
    result.uses += history->uses();
    if (result.difference.empty()) continue;
    result.visibility = Visibility::kSeen;
    return result;
  }
  if (needed && result.uses >= kTimesAsOften * *needed) result.visibility = Visibility::kNone;
  return result;
}

}  // namespace referee::proof
