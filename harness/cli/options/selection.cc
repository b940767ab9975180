#include "harness/cli/options/selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "harness/cli/exit_code.h"
#include "harness/cli/options/glob.h"
#include "harness/cli/options/nearest.h"
#include "harness/http/syntax/lexer.h"
#include "harness/spec/renamed_checks.h"

namespace referee::cli {
namespace {

using spec::Edition;

[[noreturn]] void refuse_edition(std::string_view name) {
  std::vector<std::string> known = {"auto", "oci", "oras", "all"};
  for (const auto edition : spec::all_editions()) known.emplace_back(spec::name(edition));
  const auto near = nearest(name, known, 1);
  throw WrongUsage(fmt::format("unknown edition '{}'{}; --spec takes {}", name,
                               near.empty() ? "" : fmt::format(": did you mean {}?", near.front()),
                               fmt::join(known, ", ")));
}

void choose(std::string_view given, engine::SpecChoice& choice) {
  const auto name = http::in_lower_case(given);
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
    refuse_edition(given);
  }
}

constexpr std::string_view kWithImplied = ",implied";

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

int rank_named(const std::string& given) {
  auto level = http::in_lower_case(given);
  if (level.ends_with(kWithImplied)) level.erase(level.size() - kWithImplied.size());
  if (level == "must") return 0;
  if (level == "should") return 1;
  if (level.empty() || level == "may") return 2;
  throw WrongUsage(fmt::format(
      "invalid level '{}'; choose must, should or may; with ',implied' after it, rules without a key word too", given));
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

// The ids that globs are matched with, those of checks first.
std::vector<std::string> all_ids() {
  std::vector<std::string> ids;
  for (const auto& check : engine::all_checks()) ids.push_back(check.id());
  for (const auto& rule : engine::all_exchange_rules()) ids.push_back(rule.id());
  for (const auto& row : spec::all_requirements()) ids.emplace_back(row.id);
  return ids;
}

// Group.* for each group that has checks.
std::vector<std::string> all_groups(const std::vector<std::string>& ids) {
  std::set<std::string> groups;
  for (const auto& id : ids) groups.insert(id.substr(0, id.rfind('.')) + ".*");
  return {groups.begin(), groups.end()};
}

void refuse_idle_glob(const std::string& option, const std::string& glob, const std::vector<std::string>& ids) {
  if (std::ranges::any_of(ids, [&glob](const std::string& id) { return glob_matches(glob, id); })) return;
  const auto today = spec::new_name_of_check(glob);
  if (today) throw WrongUsage(fmt::format("{} '{}' matches nothing: it is called '{}' now", option, glob, *today));
  auto near = nearest(glob, ids, 1);
  if (near.empty()) near = nearest(glob, all_groups(ids), 1);
  throw WrongUsage(fmt::format("{} '{}' matches nothing: {}", option, glob,
                               near.empty()
                                   ? "globs match whole ids, see `referee list checks` and `referee list requirements`"
                                   : fmt::format("did you mean {}?", near.front())));
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
  // What is implied does not have a level: a choice of levels includes it where it says so.
  const bool implied = weakest == 2 || http::in_lower_case(narrowing.level).ends_with(kWithImplied);
  const auto rules = ids_taken<engine::ExchangeRule>(narrowing);
  const auto checks = ids_taken<engine::Check>(narrowing);
  // Rules that look back have nothing to look at without the walks.
  const bool looks_back = std::ranges::any_of(engine::all_exchange_rules(), [&](const auto& rule) {
    return rule.judge != nullptr && !rule.whole_run && rules(rule);
  });
  const engine::Selection chosen = {
      .checks = [=](const engine::Check& check) { return (check.traits.walk && looks_back) || checks(check); },
      .rules = rules,
      .bindings =
          [weakest, implied](const spec::Binding& binding) {
            return (implied || binding.level != spec::Level::kImplied) && rank(binding) <= weakest;
          }};
  return narrowing.as_of.empty() ? chosen : as_of(chosen, narrowing.as_of, spec::releases());
}

void refuse_unknown_version(const std::string& option, const std::string& version, const spec::Releases& releases) {
  if (std::ranges::find(releases.versions(), version) != releases.versions().end()) return;
  throw WrongUsage(fmt::format("{}: no version '{}' is known; {} {}", option, version,
                               releases.versions().size() == 1 ? "there is only" : "choose one of",
                               fmt::join(releases.versions(), ", ")));
}

engine::Selection as_of(const engine::Selection& selection, const std::string& version,
                        const spec::Releases& releases) {
  refuse_unknown_version("--as-of", version, releases);
  const auto known = [version, &releases](const auto& item) {
    return releases.had(version, item.id()) && releases.had(version, item.requirement.text());
  };
  auto then = selection;
  then.checks = [known, chosen = selection.checks](const engine::Check& check) {
    return known(check) && (!chosen || chosen(check));
  };
  then.rules = [known, chosen = selection.rules](const engine::ExchangeRule& rule) {
    return known(rule) && (!chosen || chosen(rule));
  };
  return then;
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
  const auto ids = all_ids();
  for (const auto& glob : narrowing.filters) refuse_idle_glob("--filter", glob, ids);
  for (const auto& glob : narrowing.excludes) refuse_idle_glob("--exclude", glob, ids);
  const auto editions = possible_editions(choice);
  if (!engine::jobs_of(selection, editions).empty() || takes_a_rule(selection, editions)) return;
  std::string given;
  for (const auto& glob : narrowing.filters) given += fmt::format(" --filter '{}'", glob);
  for (const auto& glob : narrowing.excludes) given += fmt::format(" --exclude '{}'", glob);
  if (!narrowing.level.empty()) given += fmt::format(" --level {}", narrowing.level);
  if (!narrowing.as_of.empty()) given += fmt::format(" --as-of {}", narrowing.as_of);
  if (given.empty()) throw WrongUsage("nothing is selected by these editions");
  const auto elsewhere = spec_choice({"all"}).named;
  if (editions != elsewhere && (!engine::jobs_of(selection, elsewhere).empty() || takes_a_rule(selection, elsewhere))) {
    throw WrongUsage(fmt::format("nothing is selected by{} in these editions: widen --spec", given));
  }
  throw WrongUsage(fmt::format("nothing is selected by{}: what one takes in, another leaves out", given));
}

}  // namespace referee::cli
