#include "reports/exploration/exploration_json.h"

#include <algorithm>
#include <set>

#include "harness/spec/requirement.h"

#include "reports/plain_text.h"
#include "reports/saved/evidence_json.h"

namespace referee::reports {

Results observation_json(const engine::ProbeResult& one) {
  return {{"probe", one.probe.text()},        {"spec", spec::name(one.edition)},
          {"reply", name(one.reply)},         {"answer", valid_utf8(one.answer)},
          {"detail", valid_utf8(one.detail)}, {"started", time_json(one.started)},
          {"seconds", one.seconds},           {"exchanges", exchanges_json(one.exchanges)}};
}

Results registry_json(const engine::Exploration& seen) {
  Results specs = Results::array();
  for (const auto edition : seen.editions) specs.push_back(spec::name(edition));
  Results capabilities = Results::object();
  for (const auto& [what, said] : seen.capabilities) capabilities[what] = valid_utf8(said.words);
  Results target = Results::object();
  if (!seen.target_name.empty()) target["name"] = valid_utf8(seen.target_name);
  target["url"] = valid_utf8(seen.target_url);
  target["specs"] = std::move(specs);
  target["capabilities"] = std::move(capabilities);
  Results json = {{"target", std::move(target)},
                  {"run", valid_utf8(seen.run_id)},
                  {"started", time_json(seen.started)},
                  {"seconds", seen.seconds},
                  {"complete", seen.complete}};
  if (!seen.incomplete_because.empty()) json["incomplete_because"] = valid_utf8(seen.incomplete_because);
  if (!seen.not_explored_because.empty()) json["not_explored_because"] = valid_utf8(seen.not_explored_because);
  json["seed"] = seen.seed;
  json["options"] = texts_json(seen.options);
  json["observations"] = Results::array();
  for (const auto& one : seen.observations) json["observations"].push_back(observation_json(one));
  json["run_exchanges"] = exchanges_json(seen.run_exchanges);
  json["bodies"] = bodies_json(seen.bodies);
  json["leftovers"] = texts_json(seen.leftovers);
  return json;
}

Results probe_json(spec::ProbeId id) {
  const auto& row = spec::probe(id);
  return {{"group", row.group}, {"question", row.question}, {"spec", row.spec}, {"classes", row.classes}};
}

namespace {

// What the probes that were put ask, each once, in the order of the views.
Results probes_json(const std::vector<engine::Exploration>& explorations) {
  std::set<spec::ProbeId> ids;
  for (const auto& seen : explorations) {
    for (const auto& one : seen.observations) ids.insert(one.probe);
  }
  std::vector<spec::ProbeId> ordered(ids.begin(), ids.end());
  std::ranges::sort(ordered, {}, engine::weight_of);
  Results json = Results::object();
  for (const auto id : ordered) json[std::string(id.text())] = probe_json(id);
  return json;
}

}  // namespace

std::string_view name(engine::Reply reply) {
  switch (reply) {
    case engine::Reply::kAnswered:
      return "answered";
    case engine::Reply::kNeeds:
      return "needs";
    case engine::Reply::kNotOffered:
      return "not-offered";
    case engine::Reply::kUndecided:
      return "undecided";
    case engine::Reply::kError:
      break;
  }
  return "error";
}

Results exploration_json(const std::vector<engine::Exploration>& explorations, const ToolInfo& tool) {
  Results json = {{"schema", kExplorationSchema},
                  {"tool", {{"name", tool.name}, {"version", tool.version}, {"commit", tool.commit}}},
                  {"complete", std::ranges::all_of(explorations, &engine::Exploration::complete)},
                  {"probes", probes_json(explorations)},
                  {"registries", Results::array()}};
  for (const auto& seen : explorations) json["registries"].push_back(registry_json(seen));
  return json;
}

}  // namespace referee::reports
