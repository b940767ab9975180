// `referee list`: everything that Referee knows, as tables or as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/coverage.h"
#include "harness/cli/commands/table.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/selection.h"
#include "harness/engine/probe.h"
#include "harness/spec/releases.h"

namespace referee::cli {
namespace {

using Json = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

std::string words(const std::vector<std::string>& all) { return fmt::format("{}", fmt::join(all, " ")); }

std::vector<std::string> edition_names(spec::RequirementId id) {
  std::vector<std::string> names;
  for (const auto edition : spec::editions_of(id)) names.emplace_back(spec::name(edition));
  return names;
}

Json bindings_of(const spec::Requirement& row) {
  Json bindings = Json::object();
  for (const auto edition : spec::all_editions()) {
    const auto binding = row.in(edition);
    if (!binding) continue;
    bindings[std::string(spec::name(edition))] = {{"level", spec::name(binding->level)},
                                                  {"verdict", spec::name(binding->verdict)}};
  }
  return bindings;
}

Json requirements_json() {
  Json all = Json::array();
  for (const auto& row : spec::all_requirements()) {
    const auto coverage = coverage_of(row);
    Json gates = Json::array();
    for (const auto gate : row.gates) gates.push_back(spec::name(gate));
    Json parts = Json::object();
    for (const auto& part : row.gates_part) parts[std::string(spec::name(part.gate))] = part.step;
    all.push_back({{"id", row.id},
                   {"since", spec::releases().since(row.id)},
                   {"family", row.family},
                   {"group", row.group},
                   {"level", spec::name(row.headline.level)},
                   {"verdict", spec::name(row.headline.verdict)},
                   {"editions", bindings_of(row)},
                   {"gates", gates},
                   {"gates_part", parts},
                   {"text", row.text},
                   {"checks", coverage.checks},
                   {"defects", coverage.defects},
                   {"mutants_without_defect", coverage.unseeded_mutants}});
  }
  return all;
}

std::string requirements_table() {
  Rows rows = {{"ID", "LEVEL", "VERDICT", "CHECKS", "DEFECTS", "TEXT"}};
  std::size_t checked = 0;
  std::size_t seeded = 0;
  for (const auto& row : spec::all_requirements()) {
    const auto coverage = coverage_of(row);
    checked += coverage.checks.empty() ? 0 : 1;
    seeded += coverage.defects.size();
    rows.push_back({std::string(row.id), std::string(spec::name(row.headline.level)),
                    std::string(spec::name(row.headline.verdict)), std::to_string(coverage.checks.size()),
                    fmt::format("{}/{}", coverage.defects.size(), row.mutants.size()), std::string(row.text)});
  }
  return table(rows) + fmt::format("\n{} requirements, {} with a check; {} of {} defects seeded\n",
                                   spec::all_requirements().size(), checked, seeded, spec::all_mutants().size());
}

Json checks_json() {
  Json all = Json::array();
  for (const auto& listed : everything_that_judges()) {
    all.push_back({{"id", listed.id},
                   {"kind", listed.kind},
                   {"since", spec::releases().since(listed.id)},
                   {"requirement", listed.requirement.text()},
                   {"editions", edition_names(listed.requirement)},
                   {"long", listed.long_running},
                   {"whole_repository", listed.whole_repository}});
  }
  return all;
}

std::string checks_table() {
  Rows rows = {{"ID", "REQUIREMENT", "EDITIONS"}};
  for (const auto& listed : everything_that_judges()) {
    rows.push_back({listed.id, std::string(listed.requirement.text()), words(edition_names(listed.requirement))});
  }
  return table(rows);
}

// The editions in which a probe of that id is put; none if it is not written yet.
std::vector<std::string> editions_asked(std::string_view id) {
  std::vector<std::string> names;
  for (const auto& probe : engine::all_probes()) {
    if (probe.id.text() != id) continue;
    for (const auto edition : spec::all_editions()) {
      if (engine::is_asked(probe.traits.asked, edition)) names.emplace_back(spec::name(edition));
    }
  }
  return names;
}

Json probes_json() {
  Json all = Json::array();
  for (const auto& probe : spec::all_probes()) {
    all.push_back({{"id", probe.id},
                   {"group", probe.group},
                   {"question", probe.question},
                   {"spec", probe.spec},
                   {"classes", probe.classes},
                   {"implemented", !editions_asked(probe.id).empty()},
                   {"editions", editions_asked(probe.id)}});
  }
  return all;
}

std::string probes_table() {
  Rows rows = {{"ID", "QUESTION"}};
  for (const auto& probe : spec::all_probes()) rows.push_back({std::string(probe.id), std::string(probe.question)});
  return table(rows);
}

Json defects_json() {
  Json all = Json::array();
  for (const auto& defect : registry::all_defects()) {
    Json also = Json::object();
    for (const auto& [requirement, reason] : defect.also_violates) also[std::string(requirement.text())] = reason;
    all.push_back({{"id", defect.id},
                   {"title", defect.title},
                   {"violates", defect.violates.text()},
                   {"also_violates", also},
                   {"editions", edition_names(defect.violates)}});
  }
  return all;
}

std::string defects_table() {
  Rows rows = {{"ID", "TITLE"}};
  for (const auto& defect : registry::all_defects()) rows.push_back({defect.id, defect.title});
  return table(rows);
}

// Those that the reference registry has in addition to the catalogue's.
std::vector<const registry::Mood*> further_moods() {
  std::vector<const registry::Mood*> further;
  const auto& known = spec::all_lawful_behaviours();
  for (const auto& mood : registry::all_moods()) {
    const bool is_known =
        std::ranges::find(known, std::string_view(mood.id), &spec::LawfulBehaviour::id) != known.end();
    if (!is_known) further.push_back(&mood);
  }
  return further;
}

Json moods_json() {
  Json all = Json::array();
  for (const auto& mood : spec::all_lawful_behaviours()) {
    all.push_back({{"id", mood.id},
                   {"description", mood.description},
                   {"editions", mood.editions},
                   {"rows", mood.rows},
                   {"was", mood.was}});
  }
  for (const auto* mood : further_moods()) {
    all.push_back({{"id", mood->id},
                   {"description", mood->title},
                   {"editions", Json::array()},
                   {"rows", Json::array()},
                   {"was", Json::array()}});
  }
  return all;
}

std::string moods_table() {
  Rows rows = {{"ID", "LAWFUL BEHAVIOUR"}};
  for (const auto& mood : spec::all_lawful_behaviours()) {
    rows.push_back({std::string(mood.id), std::string(mood.description)});
  }
  for (const auto* mood : further_moods()) rows.push_back({mood->id, mood->title});
  return table(rows);
}

std::size_t rows_in(spec::Edition edition) {
  return static_cast<std::size_t>(
      std::ranges::count_if(spec::all_requirements(), [&](const auto& row) { return row.in(edition).has_value(); }));
}

std::string family_name(spec::Edition edition) {
  return spec::family(edition) == spec::Family::kOci ? "OCI distribution-spec" : "ORAS artifacts-spec";
}

Json specs_json() {
  Json all = Json::array();
  for (const auto edition : spec::all_editions()) {
    all.push_back({{"name", spec::name(edition)},
                   {"family", family_name(edition)},
                   {"wire", wire_in_words(edition)},
                   {"requirements", rows_in(edition)}});
  }
  return all;
}

std::string specs_table() {
  Rows rows = {{"NAME", "FAMILY", "REQUIREMENTS", "LIST OF REFERRERS"}};
  for (const auto edition : spec::all_editions()) {
    rows.push_back({std::string(spec::name(edition)), family_name(edition), std::to_string(rows_in(edition)),
                    std::string(wire_in_words(edition))});
  }
  return table(rows) + "\nGroups: auto (the default), oci, oras, all.\n";
}

struct Newcomer {
  std::string id;
  std::string kind;
  std::string_view since;
};

// What is newer than options.new_since: requirements, then what judges.
std::vector<Newcomer> newcomers(const ListOptions& options) {
  const auto& releases = spec::releases();
  const bool is_released = options.new_since != spec::kUnreleased;
  if (is_released) refuse_unknown_version("--new-since", options.new_since, releases);
  std::vector<Newcomer> all;
  const auto add = [&](std::string_view id, std::string_view kind) {
    const bool is_new = is_released ? !releases.had(options.new_since, id) : releases.since(id) == spec::kUnreleased;
    if (is_new) all.push_back({std::string(id), std::string(kind), releases.since(id)});
  };
  if (options.what != "checks") {
    for (const auto& row : spec::all_requirements()) add(row.id, "requirement");
  }
  if (options.what != "requirements") {
    for (const auto& listed : everything_that_judges()) add(listed.id, listed.kind);
  }
  return all;
}

int list_newcomers(const ListOptions& options) {
  if (!options.what.empty() && options.what != "requirements" && options.what != "checks") {
    throw WrongUsage(fmt::format("--new-since is for requirements and checks, not for {}", options.what));
  }
  Json json = Json::array();
  Rows rows = {{"ID", "KIND", "SINCE"}};
  for (const auto& [id, kind, since] : newcomers(options)) {
    json.push_back({{"id", id}, {"kind", kind}, {"since", since}});
    rows.push_back({id, kind, std::string(since)});
  }
  print(options.json ? json.dump(2) + "\n" : table(rows));
  return kDone;
}

struct Kind {
  std::string_view name;
  Json (*json)();
  std::string (*table)();
};

constexpr Kind kKinds[] = {
    {"requirements", requirements_json, requirements_table},
    {"checks", checks_json, checks_table},
    {"probes", probes_json, probes_table},
    {"defects", defects_json, defects_table},
    {"moods", moods_json, moods_table},
    {"specs", specs_json, specs_table},
};

}  // namespace

int list_command(const ListOptions& options) {
  if (!options.new_since.empty()) return list_newcomers(options);
  for (const auto& kind : kKinds) {
    if (kind.name != options.what) continue;
    print(options.json ? kind.json().dump(2) + "\n" : kind.table());
    return kDone;
  }
  throw WrongUsage(
      fmt::format("cannot list '{}': it is one of requirements, checks, probes, defects, moods, specs", options.what));
}

}  // namespace referee::cli
