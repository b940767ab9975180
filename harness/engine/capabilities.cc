#include "harness/engine/capabilities.h"

#include <fmt/format.h>

#include <algorithm>

namespace referee::engine {

ListWire wire_of(spec::Edition edition) {
  switch (edition) {
    case spec::Edition::kOrasPhase1Sm:
    case spec::Edition::kOrasPhase1:
    case spec::Edition::kOrasDraft1:
    case spec::Edition::kOrasDraft11:
      return ListWire::kOras2021;
    case spec::Edition::kOrasRc1:
    case spec::Edition::kOrasRc2:
      return ListWire::kOrasExtension;
    default:
      return ListWire::kOci;
  }
}

GateState Capabilities::oras_gate(spec::Edition edition) const {
  const auto list = lists_.find(wire_of(edition));
  const GateState path = list == lists_.end() ? GateState{} : list->second;
  if (path.met) return path;
  const bool named = std::ranges::find(named_, edition) != named_.end();
  if (named && oras_manifests_.met) return {true, "asked for by name, and ORAS manifests are accepted"};
  return {false,
          fmt::format("{} is not offered here: {}; {}", spec::name(edition), path.because, oras_manifests_.because)};
}

GateState Capabilities::of(Gate gate, spec::Edition edition) const {
  if (gate == Gate::kOras) return oras_gate(edition);
  if (gate == Gate::kReferrers || gate == Gate::kFilter) {
    const auto list = lists_.find(ListWire::kOci);
    return list == lists_.end() ? GateState{false, "not asked"} : list->second;
  }
  const auto found = gates_.find(gate);
  return found == gates_.end()
             ? GateState{false, std::string(name(gate)) + " needs an option that was not given", false}
             : found->second;
}

std::optional<spec::Edition> Capabilities::newest_oras_edition() const {
  const auto answers = [&](ListWire wire) {
    const auto list = lists_.find(wire);
    return list != lists_.end() && list->second.met;
  };
  if (answers(ListWire::kOrasExtension)) return spec::Edition::kOrasRc2;
  if (answers(ListWire::kOras2021)) return spec::Edition::kOrasDraft11;
  return std::nullopt;
}

bool Capabilities::offers(spec::Edition edition) const {
  if (spec::family(edition) == spec::Family::kOras) return newest_oras_edition().has_value();
  const auto list = lists_.find(ListWire::kOci);
  return list != lists_.end() && list->second.met;
}

CapabilityCard Capabilities::card() const { return card_; }

}  // namespace referee::engine
