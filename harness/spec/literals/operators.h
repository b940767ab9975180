// The literals of ids, looked up while compiling: "oci.subject.push-201"_requirement, "oci.subject.push-201#a"_mutant,
// "probe.delete.subject-untagged"_probe. A source that uses one includes the header of its family: oci.h, image.h,
// oras.h or probes.h. So a new row of one family leaves the sources of the others as they are.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "harness/spec/id.h"

namespace referee::spec {

enum class IdFamily { kOci, kImage, kOras, kProbe };

/// The ids of a family as the build lists them, each kind sorted. Undefined: the header of that family is not included.
template <IdFamily kFamily>
struct ListedIds;

/// The text of a literal, as an argument of a template.
template <std::size_t kSize>
struct IdText {
  consteval IdText(const char (&from)[kSize]) {  // NOLINT(google-explicit-constructor): a literal becomes one
    std::copy_n(from, kSize, text);
  }
  constexpr std::string_view view() const { return {text, kSize - 1}; }
  char text[kSize] = {};
};

struct IdLiterals {
  static consteval IdFamily family(std::string_view id) {
    if (id.starts_with("oci.")) return IdFamily::kOci;
    if (id.starts_with("img.")) return IdFamily::kImage;
    if (id.starts_with("oras.")) return IdFamily::kOras;
    if (id.starts_with("probe.")) return IdFamily::kProbe;
    throw std::invalid_argument("the id is of no family");
  }

  template <typename Row, std::size_t kSize>
  static consteval Id<Row> id(const std::array<std::string_view, kSize>& listed, std::string_view text) {
    const auto* const found = std::ranges::lower_bound(listed, text);
    if (found == listed.end() || *found != text) throw std::invalid_argument("the catalogue has no such id");
    return Id<Row>(*found);
  }
};

inline namespace literals {

/// The requirement of that id; any other text is a compile error.
template <IdText kText>
consteval RequirementId operator""_requirement() {
  return IdLiterals::id<Requirement>(ListedIds<IdLiterals::family(kText.view())>::kRequirements, kText.view());
}

/// The defect of that id; any other text is a compile error.
template <IdText kText>
consteval MutantId operator""_mutant() {
  return IdLiterals::id<Mutant>(ListedIds<IdLiterals::family(kText.view())>::kMutants, kText.view());
}

/// The probe of that id; any other text is a compile error.
template <IdText kText>
consteval ProbeId operator""_probe() {
  return IdLiterals::id<Probe>(ListedIds<IdLiterals::family(kText.view())>::kProbes, kText.view());
}

}  // namespace literals
}  // namespace referee::spec
