// The id of a probe, checked while compiling: "probe.delete.subject-untagged"_probe.
#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>

#include "harness/spec/id_table.h"
#include "harness/spec/probe_ids.h"  // generated: kProbeIds, sorted

namespace referee::spec {

struct Probe;

/// A probe of the catalogue, by its place in the sorted table of ids. Only ids of the catalogue can be made.
class ProbeId {
 public:
  constexpr std::string_view text() const { return kProbeIds[index_]; }
  constexpr std::uint16_t index() const { return index_; }
  constexpr auto operator<=>(const ProbeId&) const = default;

  /// The id of that text; nothing if the catalogue has no such probe.
  static constexpr std::optional<ProbeId> named(std::string_view text) {
    const auto place = place_of(kProbeIds, text);
    if (!place) return std::nullopt;
    return ProbeId(*place);
  }

 private:
  constexpr explicit ProbeId(std::uint16_t index) : index_(index) {}
  std::uint16_t index_;
};

inline namespace literals {
/// The probe of that id, looked up while compiling; any other text is a compile error.
consteval ProbeId operator""_probe(const char* text, std::size_t size) {
  return ProbeId::named(std::string_view(text, size)).value();
}
}  // namespace literals

/// The row of that id, at its index in all_probes().
const Probe& probe(ProbeId id);

void PrintTo(ProbeId id, std::ostream* out);

}  // namespace referee::spec
