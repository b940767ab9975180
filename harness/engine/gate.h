// Gates: what a registry must offer for a requirement, or one step of it, to be due.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace referee::engine {

enum class Gate : std::uint8_t {
  kReferrers,         // G-REF: the OCI referrers API is offered
  kFilter,            // G-FILT: this answer announces a filter; asked by the check itself
  kManifestDeletion,  // G-DEL
  kTagDeletion,       // G-TDEL
  kBlobDeletion,      // G-BDEL
  kOras,              // G-ORAS: the ORAS wire of the edition is offered
  kAuth,              // G-AUTH: credentials for at least two scopes are configured
  kHook,              // G-HOOK: an operator command is configured
  kFourMegabytes,     // G-4MB: manifests of 4,000,000 bytes are accepted
};
inline constexpr std::size_t kGateCount = 9;

/// The gate of that name in the catalogue ("G-REF"); nothing for an unknown one.
std::optional<Gate> gate_named(std::string_view text);
std::string_view name(Gate gate);

/// Whether a gate is met, and what was seen that says so.
struct GateState {
  bool met = false;
  std::string because;
};

}  // namespace referee::engine
