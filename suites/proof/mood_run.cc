#include "suites/proof/mood_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>

#include "suites/proof/proof.h"

namespace referee::proof {
namespace {

using spec::Edition;

// One of each kind of list; also draft.1.1, where moods begin that August 2021 does not allow.
constexpr Edition kTried[] = {Edition::kOrasPhase1, Edition::kOrasDraft11, Edition::kOrasRc2, Edition::kOci111};

bool names_one_of(std::string_view moods, std::initializer_list<std::string_view> ids) {
  return std::ranges::any_of(ids, [&](std::string_view id) { return moods.find(id) != std::string_view::npos; });
}

bool is_about_rights(const std::string& moods) {
  return names_one_of(moods, {"mood.anonymous-pull", "mood.v2-open", "mood.hiding", "mood.storage-redirect"});
}

// Who has no referrers API has nothing to switch on.
bool has_no_api(const std::string& moods) { return names_one_of(moods, {"mood.no-referrers-api", "mood.api-off-"}); }

// A registry that claims the category is not free to have no referrers API.
// The longest walk goes the way of a shorter one.
Bench bench_in(Edition edition) {
  const auto checks = [](const engine::Check& check) { return !check.traits.walk || !check.traits.heavy; };
  return {.editions = {edition}, .checks = checks, .claims = false, .repeats = true};
}

}  // namespace

std::vector<Edition> editions_of(const registry::Mood& mood) {
  const auto& known = spec::all_lawful_behaviours();
  const auto row = std::ranges::find(known, std::string_view(mood.id), &spec::LawfulBehaviour::id);
  const auto has = [&](Edition edition) {
    return row == known.end() || std::ranges::find(row->editions, spec::name(edition)) != row->editions.end();
  };
  std::vector<Edition> editions;
  for (const auto edition : kTried) {
    // What holds in August 2021 holds for the same kind of list later, except where the catalogue says otherwise.
    const bool spoken_for = edition == Edition::kOrasDraft11 && has(Edition::kOrasPhase1);
    if (has(edition) && !spoken_for) editions.push_back(edition);
  }
  return editions;
}

engine::RunResult run_in(const registry::Mood& mood, Edition edition) {
  registry::Behaviour behaviour;
  mood.inject(behaviour);
  Bench bench = bench_in(edition);
  bench.guarded = is_about_rights(mood.id);
  bench.switched = !has_no_api(mood.id);
  return run_on(behaviour, bench);
}

engine::RunResult run_honest(Edition edition) { return run_on({}, bench_in(edition)); }

std::vector<std::string> lines_of(const engine::RunResult& run) {
  std::vector<std::string> lines;
  for (const auto& check : run.checks) {
    if (check.outcome == engine::Outcome::kPassed) continue;
    lines.push_back(fmt::format("{} {} {}", spec::name(check.edition), engine::name(check.outcome), check.id));
  }
  std::ranges::sort(lines);
  return lines;
}

bool may_warn(spec::RequirementId requirement, Edition edition) {
  const auto& row = spec::requirement(requirement);
  const auto binding = row.in(edition);
  if (binding && binding->verdict == spec::Verdict::kWarn) return true;
  return std::ranges::any_of(row.graded, [&](const spec::GradedAnswer& grade) {
    return spec::verdict_named(grade.verdict) == spec::Verdict::kWarn && grade.holds_in(edition);
  });
}

Unlike unlike(const std::vector<std::string>& lines, const std::vector<std::string>& record,
              const std::set<Edition>& named) {
  std::vector<std::string> known;
  std::ranges::copy_if(record, std::back_inserter(known), [&](const std::string& line) {
    const auto edition = spec::edition_named(line.substr(0, line.find(' ')));
    return named.empty() || (edition && named.contains(*edition));
  });
  Unlike found;
  std::ranges::set_difference(lines, known, std::back_inserter(found.unrecorded));
  std::ranges::set_difference(known, lines, std::back_inserter(found.idle));
  return found;
}

bool has_record(const std::string& mood_id) {
  return mood_id != "mood.quota-used-up" && mood_id != "mood.lost-answers";
}

std::string record_of(const std::string& mood_id) {
  constexpr std::string_view kPrefix = "mood.";
  const auto name = mood_id.starts_with(kPrefix) ? mood_id.substr(kPrefix.size()) : mood_id;
  return "suites/proof/moods/" + name + ".txt";
}

}  // namespace referee::proof
