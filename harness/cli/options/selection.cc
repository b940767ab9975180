#include "harness/cli/options/selection.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/cli/exit_code.h"
#include "harness/cli/options/glob.h"
#include "harness/spec/renamed_checks.h"

namespace referee::cli {
namespace {

using spec::Edition;

void choose(std::string_view name, engine::SpecChoice& choice) {
  if (name == "auto" || name == "oci") choice.auto_oci = true;
  if (name == "auto" || name == "oras") choice.auto_oras = true;
  if (name == "auto" || name == "oci" || name == "oras") return;
  const auto add = [&choice](Edition edition) {
    if (std::ranges::find(choice.named, edition) == choice.named.end()) choice.named.push_back(edition);
  };
  if (name == "all") {
    for (const auto edition : spec::all_editions()) add(edition);
  } else if (const auto edition = spec::edition_named(name)) {
    add(*edition);
  } else {
    std::string names;
    for (const auto known : spec::all_editions()) names += fmt::format(", {}", spec::name(known));
    throw WrongUsage(fmt::format("unknown edition '{}'; --spec takes auto, oci, oras, all{}", name, names));
  }
}

// 0 for what must be, 1 for what should, 2 for the rest. A rule without a key word weighs what its violation means.
int rank(const spec::Binding& binding) {
  switch (binding.level) {
    case spec::Level::kMust:
    case spec::Level::kMustNot:
      return 0;
    case spec::Level::kShould:
    case spec::Level::kShouldNot:
      return 1;
    case spec::Level::kMay:
      return 2;
    case spec::Level::kImplied:
      break;
  }
  return binding.verdict == spec::Verdict::kFail ? 0 : binding.verdict == spec::Verdict::kWarn ? 1 : 2;
}

int rank_named(std::string level) {
  std::ranges::transform(level, level.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (level == "must") return 0;
  if (level == "should") return 1;
  if (level.empty() || level == "may") return 2;
  throw WrongUsage(fmt::format("invalid level '{}'; choose must, should or may", level));
}

template <typename Named>
std::function<bool(const Named&)> ids_taken(const Narrowing& narrowing) {
  return [narrowing](const Named& item) {
    const auto names_it = [&item, id = item.id()](const std::string& glob) {
      return glob_matches(glob, id) || glob_matches(glob, item.requirement.text());
    };
    if (std::ranges::any_of(narrowing.excludes, names_it)) return false;
    return narrowing.filters.empty() || std::ranges::any_of(narrowing.filters, names_it);
  };
}

bool takes_a_rule(const engine::Selection& selection, const std::vector<Edition>& editions) {
  return std::ranges::any_of(engine::all_exchange_rules(), [&](const engine::ExchangeRule& rule) {
    return selection.rules(rule) && std::ranges::any_of(editions, [&](Edition edition) {
             const auto binding = spec::requirement(rule.requirement).in(edition);
             return binding && selection.bindings(*binding);
           });
  });
}

}  // namespace

engine::SpecChoice spec_choice(const std::vector<std::string>& names) {
  engine::SpecChoice choice;
  for (const auto& name : names) choose(name, choice);
  if (names.empty()) choose("auto", choice);
  std::ranges::sort(choice.named);
  return choice;
}

engine::Selection selection(const Narrowing& narrowing) {
  const int weakest = rank_named(narrowing.level);
  const auto rules = ids_taken<engine::ExchangeRule>(narrowing);
  const auto checks = ids_taken<engine::Check>(narrowing);
  // Rules that look back have nothing to look at without the walks.
  const bool looks_back = std::ranges::any_of(engine::all_exchange_rules(),
                                              [&](const auto& rule) { return rule.judge != nullptr && rules(rule); });
  return {.checks = [=](const engine::Check& check) { return (check.traits.walk && looks_back) || checks(check); },
          .rules = rules,
          .bindings = [weakest](const spec::Binding& binding) { return rank(binding) <= weakest; }};
}

std::vector<Edition> possible_editions(const engine::SpecChoice& choice) {
  std::vector<Edition> editions;
  for (const auto edition : spec::all_editions()) {
    const bool named = std::ranges::find(choice.named, edition) != choice.named.end();
    const bool found = (choice.auto_oci && edition == Edition::kOci111) ||
                       (choice.auto_oras && spec::family(edition) == spec::Family::kOras);
    if (named || found) editions.push_back(edition);
  }
  return editions;
}

void refuse_empty(const engine::Selection& selection, const engine::SpecChoice& choice, const Narrowing& narrowing) {
  const auto editions = possible_editions(choice);
  if (!engine::jobs_of(selection, editions).empty() || takes_a_rule(selection, editions)) return;
  std::string given;
  for (const auto& glob : narrowing.filters) given += fmt::format(" --filter '{}'", glob);
  for (const auto& glob : narrowing.excludes) given += fmt::format(" --exclude '{}'", glob);
  if (!narrowing.level.empty()) given += fmt::format(" --level {}", narrowing.level);
  if (given.empty()) throw WrongUsage("nothing is selected by these editions");
  for (const auto& glob : narrowing.filters) {
    const auto today = spec::new_name_of_check(glob);
    if (today) throw WrongUsage(fmt::format("nothing is selected by{}: '{}' is called '{}' now", given, glob, *today));
  }
  const auto elsewhere = spec_choice({"all"}).named;
  if (editions != elsewhere && (!engine::jobs_of(selection, elsewhere).empty() || takes_a_rule(selection, elsewhere))) {
    throw WrongUsage(fmt::format("nothing is selected by{} in these editions: widen --spec", given));
  }
  throw WrongUsage(fmt::format(
      "nothing is selected by{}: globs match whole ids, see `referee list checks` and `referee list requirements`",
      given));
}

}  // namespace referee::cli
