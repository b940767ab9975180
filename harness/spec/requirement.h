// The catalogue: every requirement on a server, with its bindings per edition, its defects and its graded answers.
//
//   const Requirement& row = requirement("oci.referrers.list.empty-200"_requirement);  // harness/spec/literals/oci.h
//   if (const auto binding = row.in(Edition::kOci111)) fmt::print("{}", name(binding->verdict));
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "harness/spec/edition.h"
#include "harness/spec/gate.h"
#include "harness/spec/id.h"

namespace referee::spec {

/// One concrete way to break a requirement, as the catalogue words it. `id` is "<requirement>#<letter>".
struct Mutant {
  std::string_view id;
  std::string_view defect;
};

/// One grade of a graded row: what a registry answers, and the verdict on that ("PASS", "WARN", "N/A", ...).
struct GradedAnswer {
  std::string_view answer;
  std::string_view verdict;
  std::span<const Edition> editions;  // those in which the grade holds; empty: all of the row's

  bool holds_in(Edition edition) const;
};

/// A gate that only one step of a row needs.
struct PartGate {
  Gate gate;
  std::string_view step;
};

/// One row of the catalogue. The texts are paraphrases of the specification, or instructions for the check.
struct Requirement {
  std::string_view id;
  std::string_view family;  // "OCI-dist", "OCI-image" or "ORAS"
  std::string_view spec;    // the documents it draws on: one of those, or two joined by " + "
  std::string_view group;   // "OCI-A Support detection and self-consistency"
  std::string_view range;   // revisions in which the row holds
  std::string_view anchor;  // section of the source
  Binding headline;         // of the row as a whole; `bindings` decide where they differ
  std::string_view text;
  std::string_view check;
  std::string_view notes;
  std::span<const Gate> gates;           // of the whole row
  std::span<const PartGate> gates_part;  // in the order of their names
  std::span<const Mutant> mutants;
  std::span<const GradedAnswer> graded;
  std::array<std::optional<Binding>, kEditionCount> bindings;

  /// Level and verdict in that edition; nothing where the row does not exist in it.
  std::optional<Binding> in(Edition edition) const { return bindings[static_cast<std::size_t>(edition)]; }
};

/// All rows, sorted by id.
std::span<const Requirement> all_requirements();

/// Every defect of every row, sorted by id.
std::span<const Mutant> all_mutants();

/// The editions in which the row exists, oldest first; never empty.
std::vector<Edition> editions_of(RequirementId id);

/// Whose wire the row is about: oci.* and img.* are OCI, oras.* is ORAS.
Family family_of(RequirementId id);

/// An open question of the catalogue: answered by a class, never judged.
struct Probe {
  std::string_view id;
  std::string_view group;
  std::string_view question;
  std::string_view spec;
  std::string_view procedure;
  std::string_view classes;
  std::string_view seen;
};
std::span<const Probe> all_probes();

/// A behaviour that no row may accuse.
struct LawfulBehaviour {
  std::string_view id;
  std::string_view description;
  std::span<const std::string_view> rows;      // those most likely to accuse it wrongly
  std::span<const std::string_view> editions;  // names of editions
  std::span<const std::string_view> was;       // ids of defects that were withdrawn when it proved lawful
};
std::span<const LawfulBehaviour> all_lawful_behaviours();

/// One request that editions answer differently, in the columns of the catalogue.
struct Contradiction {
  std::string_view id;
  std::string_view request;
  std::string_view oras_phase1;
  std::string_view oras_draft;
  std::string_view oras_rc;
  std::string_view oci_rc;
  std::string_view oci_110_111;
  std::string_view oci_main;
  std::string_view judgement;
};
std::span<const Contradiction> all_contradictions();

}  // namespace referee::spec
