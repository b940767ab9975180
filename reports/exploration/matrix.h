// Explorations side by side: one row for each probe, one column for each registry; and the contradictions between
// editions with what each registry did.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/saved/results.h"

namespace referee::reports {

struct Cell {
  std::string answer;  // empty: the probe was not put to this registry
  std::string detail;
  bool answered = false;  // a class, and not that something was missing
  const Results* observation = nullptr;
};

struct Row {
  std::string probe;
  std::string group;  // the theme under which it is shown
  std::string question;
  std::string spec;  // the edition, or "oras" where the registries were asked in different ones
  std::vector<Cell> cells;
  bool differs = false;  // some registries that answered did so differently
};

/// One demand that editions make differently, and what was seen.
struct Conflict {
  std::string id;
  std::string request;
  std::vector<std::pair<std::string, std::string>> demands;  // by edition, in their order
  std::vector<std::string> did;                              // by registry: the answers of the probes that show it
};

struct Matrix {
  std::vector<std::string> registries;  // the names, where they were given, else the URLs
  std::vector<std::string> urls;
  std::vector<Row> rows;
  std::vector<std::pair<std::string, std::vector<std::string>>> capabilities;  // by registry
  std::vector<Conflict> conflicts;
};

/// Keeps pointers into the exploration, which must be one of exploration_json().
Matrix matrix_of(const Results& exploration);

/// The answer of probe.gc.signatures in one edition: how signatures fare when the collector runs.
struct CollectedSignatures {
  std::string spec;
  /// By circumstances, in the order of asking: what became of the signature at each registry, empty where unknown.
  std::vector<std::pair<std::string, std::vector<std::string>>> cases;
};

/// One for each edition in which a registry answered; it leads the reports.
std::vector<CollectedSignatures> collected_signatures(const Matrix& matrix);
inline constexpr std::string_view kCollectedSignatures = "What a collection does to signatures";

/// The probes that show how a registry takes the contradiction of that id; none for those that no probe shows.
std::vector<std::string_view> probes_for(std::string_view contradiction);

/// The text of a demand without the stars that stress a part of it.
std::string without_emphasis(std::string text);

struct MatrixLook {
  std::size_t width = 100;  // columns of the terminal; 0: it is none, and nothing is cut
  bool color = false;
  bool conflicts = false;  // the contradictions too
  std::vector<std::string> written;
};

/// For a terminal: no line is wider, what was cut is counted and said. Where the columns do not fit, each answer gets a
/// line of its own. Only visible characters.
std::string matrix_text(const Results& exploration, const MatrixLook& look = {});
/// Nothing is cut, differing rows are marked, each detail unfolds.
std::string matrix_markdown(const Results& exploration);

}  // namespace referee::reports
