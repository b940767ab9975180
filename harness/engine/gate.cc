#include "harness/engine/gate.h"

#include <array>

namespace referee::engine {
namespace {
constexpr std::array<std::string_view, kGateCount> kNames = {"G-REF",  "G-FILT", "G-DEL",  "G-TDEL", "G-BDEL",
                                                             "G-ORAS", "G-AUTH", "G-HOOK", "G-4MB"};
}  // namespace

std::optional<Gate> gate_named(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == text) return static_cast<Gate>(i);
  }
  return std::nullopt;
}

std::string_view name(Gate gate) { return kNames[static_cast<std::size_t>(gate)]; }

}  // namespace referee::engine
