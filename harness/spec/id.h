// The ids of the catalogue's rows. A header that only carries ids about includes this; one that spells an id includes
// the literals of its family (harness/spec/literals/), which alone are compiled again when a row is added.
//
//   constexpr RequirementId id = "oci.referrers.list.empty-200"_requirement;   // a misspelt id does not compile
//   const std::optional<RequirementId> asked = RequirementId::named(text);     // an id that comes from outside
#pragma once

#include <compare>
#include <concepts>
#include <iosfwd>
#include <optional>
#include <string_view>

namespace referee::spec {

struct Requirement;
struct Mutant;
struct Probe;

/// The id of a row of that kind. Only ids of the catalogue can be made; they compare as their texts.
template <typename Row>
class Id {
 public:
  constexpr std::string_view text() const { return text_; }
  constexpr auto operator<=>(const Id&) const = default;

  /// The id of that text; nothing if the catalogue has no such row.
  static std::optional<Id> named(std::string_view text);

  /// The row that the defect breaks: the part of its id before the '#'.
  constexpr Id<Requirement> requirement() const requires std::same_as<Row, Mutant> {
    return Id<Requirement>(text_.substr(0, text_.find('#')));
  }

 private:
  template <typename>
  friend class Id;
  friend struct IdLiterals;
  constexpr explicit Id(std::string_view text) : text_(text) {}

  std::string_view text_;  // of the catalogue, so it lasts as long as the program runs
};

using RequirementId = Id<Requirement>;
using MutantId = Id<Mutant>;
using ProbeId = Id<Probe>;

/// The row of that id.
const Requirement& requirement(RequirementId id);
const Mutant& mutant(MutantId id);
const Probe& probe(ProbeId id);

void PrintTo(RequirementId id, std::ostream* out);
void PrintTo(MutantId id, std::ostream* out);
void PrintTo(ProbeId id, std::ostream* out);

}  // namespace referee::spec
