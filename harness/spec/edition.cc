// The names of editions, levels and verdicts, as the command line, the reports and the catalogue write them.
#include "harness/spec/edition.h"

#include <ostream>

namespace referee::spec {
namespace {

constexpr std::array<Edition, kEditionCount> kEditions = {
    Edition::kOrasPhase1Sm, Edition::kOrasPhase1, Edition::kOrasDraft1, Edition::kOrasDraft11, Edition::kOrasRc1,
    Edition::kOrasRc2,      Edition::kOci110,     Edition::kOci111,     Edition::kOciMain,
};
constexpr std::array<std::string_view, kEditionCount> kEditionNames = {
    "oras-phase1-sm", "oras-phase1", "oras-draft.1", "oras-draft.1.1", "oras-rc.1",
    "oras-rc.2",      "oci-1.1.0",   "oci-1.1.1",    "oci-main",
};
constexpr std::array<std::string_view, 6> kLevelNames = {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "implied"};
constexpr std::array<std::string_view, 3> kVerdictNames = {"INFO", "WARN", "FAIL"};

/// The enumerator whose place in `names` holds `text`.
template <typename Enum, std::size_t kSize>
std::optional<Enum> enumerator_named(const std::array<std::string_view, kSize>& names, std::string_view text) {
  for (std::size_t i = 0; i < kSize; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::span<const Edition> all_editions() { return kEditions; }

std::string_view name(Edition edition) { return kEditionNames.at(static_cast<std::size_t>(edition)); }
std::string_view name(Level level) { return kLevelNames.at(static_cast<std::size_t>(level)); }
std::string_view name(Verdict verdict) { return kVerdictNames.at(static_cast<std::size_t>(verdict)); }

std::optional<Edition> edition_named(std::string_view text) { return enumerator_named<Edition>(kEditionNames, text); }
std::optional<Level> level_named(std::string_view text) { return enumerator_named<Level>(kLevelNames, text); }
std::optional<Verdict> verdict_named(std::string_view text) { return enumerator_named<Verdict>(kVerdictNames, text); }

Family family(Edition edition) { return edition < Edition::kOci110 ? Family::kOras : Family::kOci; }

void PrintTo(Family family, std::ostream* out) { *out << (family == Family::kOras ? "ORAS" : "OCI"); }
void PrintTo(Edition edition, std::ostream* out) { *out << name(edition); }
void PrintTo(Level level, std::ostream* out) { *out << name(level); }
void PrintTo(Verdict verdict, std::ostream* out) { *out << name(verdict); }
void PrintTo(const Binding& binding, std::ostream* out) {
  *out << name(binding.level) << " -> " << name(binding.verdict);
}

}  // namespace referee::spec
