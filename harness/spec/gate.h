// Gates: what a registry must offer for a requirement, or one step of it, to be due. The one list of them: the
// catalogue names them by `name`, the generator refuses any other name, and the engine finds out whether they are met.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>
#include <string_view>

namespace referee::spec {

enum class Gate : std::uint8_t {
  kReferrers,
  kFilter,  // seen in one answer only, so the check itself asks
  kManifestDeletion,
  kTagDeletion,
  kBlobDeletion,
  kOras,
  kAuth,
  kHook,
  kFourMegabytes,
};
inline constexpr std::size_t kGateCount = 9;

/// Every gate, in the order of the enumeration.
std::span<const Gate> all_gates();

/// The name in the catalogue ("G-REF").
std::string_view name(Gate gate);

/// When the gate is met, as a clause: "the OCI referrers API is offered".
std::string_view meaning(Gate gate);

/// The gate of that exact name; nothing for any other text.
std::optional<Gate> gate_named(std::string_view text);

void PrintTo(Gate gate, std::ostream* out);

}  // namespace referee::spec
