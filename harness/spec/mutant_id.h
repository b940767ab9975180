// The id of a defect of the catalogue, checked while compiling: "oci.subject.push-201#a"_mutant.
#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>

#include "harness/spec/id_table.h"
#include "harness/spec/mutant_ids.h"  // generated: kMutantIds, sorted
#include "harness/spec/requirement.h"

namespace referee::spec {

/// A defect of the catalogue, by its place in the sorted table of ids. Only ids of the catalogue can be made.
class MutantId {
 public:
  constexpr std::string_view text() const { return kMutantIds[index_]; }
  constexpr std::uint16_t index() const { return index_; }
  constexpr auto operator<=>(const MutantId&) const = default;

  /// The row that the defect breaks: the part of the id before the '#'.
  constexpr RequirementId requirement() const {
    return RequirementId::named(text().substr(0, text().find('#'))).value();
  }

  /// The id of that text; nothing if the catalogue has no such defect.
  static constexpr std::optional<MutantId> named(std::string_view text) {
    const auto place = place_of(kMutantIds, text);
    if (!place) return std::nullopt;
    return MutantId(*place);
  }

 private:
  constexpr explicit MutantId(std::uint16_t index) : index_(index) {}
  std::uint16_t index_;
};

inline namespace literals {
/// The defect of that id, looked up while compiling; any other text is a compile error.
consteval MutantId operator""_mutant(const char* text, std::size_t size) {
  return MutantId::named(std::string_view(text, size)).value();
}
}  // namespace literals

/// The row of that id, at its index in all_mutants().
const Mutant& mutant(MutantId id);

void PrintTo(MutantId id, std::ostream* out);

}  // namespace referee::spec
