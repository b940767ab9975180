// The names of the gates, and what each one means.
#include "harness/spec/gate.h"

#include <algorithm>
#include <array>
#include <ostream>

namespace referee::spec {
namespace {

struct Words {
  Gate gate;
  std::string_view name;
  std::string_view meaning;
};

/// In the order of the enumeration. The catalogue's README repeats the two columns, and a test compares them.
constexpr std::array<Words, kGateCount> kWords = {{
    {Gate::kReferrers, "G-REF", "the OCI referrers API is offered"},
    {Gate::kFilter, "G-FILT", "the filtered answer at hand carries OCI-Filters-Applied"},
    {Gate::kManifestDeletion, "G-DEL", "manifests can be deleted, as a control manifest shows"},
    {Gate::kTagDeletion, "G-TDEL", "tags can be deleted, as a control tag shows"},
    {Gate::kBlobDeletion, "G-BDEL", "blobs can be deleted, as a control blob shows"},
    {Gate::kOras, "G-ORAS", "ORAS manifests are accepted and the list path of the edition answers"},
    {Gate::kAuth, "G-AUTH", "credentials for at least two scopes are configured"},
    {Gate::kHook, "G-HOOK", "a command of the operator is configured that collects garbage or switches the API on"},
    {Gate::kFourMegabytes, "G-4MB", "manifests of 4,000,000 bytes are accepted"},
}};

constexpr auto kGates = [] {
  std::array<Gate, kGateCount> gates{};
  for (std::size_t i = 0; i < kGateCount; ++i) gates[i] = kWords[i].gate;
  return gates;
}();

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < kGateCount; ++i) {
    if (kGates[i] != static_cast<Gate>(i)) return false;
  }
  return true;
}
static_assert(are_in_order());

const Words& words_of(Gate gate) { return kWords.at(static_cast<std::size_t>(gate)); }

}  // namespace

std::span<const Gate> all_gates() { return kGates; }

std::string_view name(Gate gate) { return words_of(gate).name; }
std::string_view meaning(Gate gate) { return words_of(gate).meaning; }

std::optional<Gate> gate_named(std::string_view text) {
  const auto* const found = std::ranges::find(kWords, text, &Words::name);
  if (found == kWords.end()) return std::nullopt;
  return found->gate;
}

void PrintTo(Gate gate, std::ostream* out) { *out << name(gate); }

}  // namespace referee::spec
