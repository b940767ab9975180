#include "harness/cli/commands/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/mood.h"
#include "harness/cli/commands/coverage.h"
#include "harness/cli/commands/table.h"
#include "harness/spec/glossary.h"
#include "harness/spec/source_url.h"

namespace referee::cli {
namespace {

std::string heading(std::string_view id, std::string_view kind) { return fmt::format("{}  ({})\n\n", id, kind); }

std::string part(std::string_view title, std::string_view text) {
  if (text.empty()) return {};
  return fmt::format("{}\n{}\n", title, wrapped(spec::in_plain_words(text), 2));
}

std::string part(std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text = fmt::format("{}\n", title);
  for (const auto& line : lines) text += fmt::format("  {}\n", spec::in_plain_words(line));
  return text + "\n";
}

// Editions that bind alike and share a source share a line.
std::vector<std::string> levels(const spec::Requirement& row) {
  std::vector<std::string> lines;
  for (const auto edition : spec::all_editions()) {
    const auto binding = row.in(edition);
    if (!binding) continue;
    lines.push_back(fmt::format("{:15} {:10} {:5} {}", spec::name(edition), spec::name(binding->level),
                                spec::name(binding->verdict), spec::source_url(row, edition)));
  }
  return lines;
}

std::vector<std::string> gates(const spec::Requirement& row) {
  std::vector<std::string> lines;
  for (const auto gate : row.gates) lines.emplace_back(spec::meaning(gate));
  for (const auto& [gate, step] : row.gates_part) {
    lines.push_back(fmt::format("{}, for: {}", spec::meaning(gate), step));
  }
  return lines;
}

std::vector<std::string> defects(const spec::Requirement& row) {
  std::vector<std::string> lines;
  for (const auto& mutant : row.mutants) {
    const bool seeded = registry::find_defect(mutant.id) != nullptr;
    lines.push_back(fmt::format("{}{}: {}", mutant.id, seeded ? "" : " (not seeded yet)", mutant.defect));
  }
  return lines;
}

std::vector<std::string> grades(const spec::Requirement& row) {
  std::vector<std::string> lines;
  for (const auto& grade : row.graded) {
    std::string where;
    for (const auto edition : grade.editions) where += fmt::format("{}{}", where.empty() ? "" : ", ", name(edition));
    lines.push_back(fmt::format("{:5} {}{}", grade.verdict, grade.answer,
                                where.empty() ? "" : fmt::format(" (only in {})", where)));
  }
  return lines;
}

// Contradictions between editions that name the row.
std::vector<std::string> contradictions(std::string_view id) {
  std::vector<std::string> lines;
  for (const auto& contradiction : spec::all_contradictions()) {
    if (contradiction.judgement.find(id) == std::string_view::npos) continue;
    lines.push_back(fmt::format("{}: {}", contradiction.id, contradiction.request));
  }
  return lines;
}

std::vector<std::string> lawful(std::string_view id) {
  std::vector<std::string> lines;
  for (const auto& mood : spec::all_lawful_behaviours()) {
    if (std::ranges::find(mood.rows, id) != mood.rows.end()) {
      lines.push_back(fmt::format("{}: {}", mood.id, mood.description));
    }
  }
  return lines;
}

// What the single letters of the texts stand for, and what "implied" means where the row is.
std::vector<std::string> words_used(const spec::Requirement& row) {
  std::vector<std::string> lines;
  for (const auto* term : spec::terms_in(row.check)) lines.push_back(fmt::format("{}: {}", term->word, term->meaning));
  if (row.headline.level == spec::Level::kImplied) {
    const auto* term = spec::term_named("implied");
    lines.push_back(fmt::format("{}: {}", term->word, term->meaning));
  }
  return lines;
}

std::string explain(const spec::Term& term) {
  return heading(term.word, "a word of the catalogue") + part("What it means", term.meaning);
}

std::string explain(const spec::Requirement& row) {
  return heading(row.id, fmt::format("requirement, {}", row.group)) + part("What it wants", row.text) +
         part("Level and verdict", levels(row)) + part("How it is checked", row.check) +
         part("Words", words_used(row)) + part("Checks", coverage_of(row).checks) + part("Applies if", gates(row)) +
         part("Graded answers", grades(row)) + part("Defects that must be noticed", defects(row)) +
         part("Lawful, not to be accused", lawful(row.id)) + part("Notes", row.notes) +
         part("Editions contradict each other", contradictions(row.id));
}

std::string explain(const Listed& listed) {
  const auto& row = spec::requirement(listed.requirement);
  std::vector<std::string> traits;
  if (listed.long_running) traits.emplace_back("takes long: runs only with --long");
  if (listed.whole_repository) traits.emplace_back("needs a repository that nothing else is in");
  return heading(listed.id, listed.kind) + part("Judges", std::string(row.id)) + part("What that wants", row.text) +
         part("Level and verdict", levels(row)) + part("How it is checked", row.check) +
         part("Words", words_used(row)) + part("Traits", traits) + part("Applies if", gates(row)) +
         part("Defects that it must notice", defects(row));
}

std::string explain(const spec::Probe& probe) {
  return heading(probe.id, fmt::format("probe, {}", probe.group)) + part("Question", probe.question) +
         part("What the specifications say", probe.spec) + part("How it is asked", probe.procedure) +
         part("Answers", probe.classes) + part("Seen", probe.seen);
}

std::string explain(const spec::Mutant& mutant) {
  const auto& row = spec::requirement(*spec::RequirementId::named(mutant.id.substr(0, mutant.id.find('#'))));
  const auto* defect = registry::find_defect(mutant.id);
  std::vector<std::string> also;
  if (defect != nullptr) {
    for (const auto& [requirement, reason] : defect->also_violates) {
      also.push_back(fmt::format("{}: {}", requirement.text(), reason));
    }
  }
  return heading(mutant.id, "defect") + part("A registry with it", mutant.defect) +
         part("Seeded as", defect == nullptr ? "not seeded yet" : defect->title) +
         part("Breaks", fmt::format("{}: {}", row.id, row.text)) + part("Inevitably breaks too", also) +
         part("Checks that must notice", coverage_of(row).checks) +
         (defect == nullptr ? "" : fmt::format("Try it\n  referee serve --defect '{}'\n", mutant.id));
}

std::string explain(const spec::LawfulBehaviour& mood) {
  return heading(mood.id, "lawful behaviour") + part("What it does", mood.description) +
         part("Rows most likely to accuse it wrongly", {mood.rows.begin(), mood.rows.end()}) +
         part("Editions", fmt::format("{}", fmt::join(mood.editions, ", ")));
}

std::string explain(const registry::Mood& mood) {
  return heading(mood.id, "lawful behaviour") + part("What the registry does", mood.title) +
         fmt::format("Try it\n  referee serve --mood {}\n", mood.id.substr(mood.id.find('.') + 1));
}

std::string explain(const spec::Contradiction& row) {
  return heading(row.id, "contradiction between editions") + part("Request", row.request) +
         part("ORAS, August 2021", row.oras_phase1) + part("ORAS drafts", row.oras_draft) +
         part("ORAS release candidates", row.oras_rc) + part("OCI release candidates", row.oci_rc) +
         part("OCI 1.1.0 and 1.1.1", row.oci_110_111) + part("OCI main", row.oci_main) +
         part("Judged so", row.judgement);
}

template <typename Rows>
std::optional<std::string> explain_in(const Rows& rows, std::string_view id) {
  const auto found = std::ranges::find_if(rows, [&](const auto& row) { return row.id == id; });
  if (found == std::ranges::end(rows)) return std::nullopt;
  return explain(*found);
}

template <typename Rows>
void add_ids(const Rows& rows, std::vector<std::string>& ids) {
  for (const auto& row : rows) ids.emplace_back(row.id);
}

std::optional<std::string> find(std::string_view id) {
  if (auto text = explain_in(spec::all_requirements(), id)) return text;
  if (auto text = explain_in(everything_that_judges(), id)) return text;
  if (auto text = explain_in(spec::all_mutants(), id)) return text;
  if (auto text = explain_in(spec::all_probes(), id)) return text;
  if (auto text = explain_in(spec::all_lawful_behaviours(), id)) return text;
  if (auto text = explain_in(registry::all_moods(), id)) return text;  // in addition to those of the catalogue
  return explain_in(spec::all_contradictions(), id);
}

}  // namespace

std::optional<std::string> explanation(std::string_view id) {
  auto text = find(id);
  const auto* term = spec::term_named(id);
  if (!text && term != nullptr) text = explain(*term);
  if (!text) return text;
  // The catalogue's texts are Markdown; bold type means nothing on a terminal.
  for (auto at = text->find("**"); at != std::string::npos; at = text->find("**", at)) text->erase(at, 2);
  return text;
}

std::vector<std::string> explained_ids() {
  std::vector<std::string> ids;
  add_ids(spec::all_requirements(), ids);
  add_ids(everything_that_judges(), ids);
  add_ids(spec::all_mutants(), ids);
  add_ids(spec::all_probes(), ids);
  add_ids(spec::all_lawful_behaviours(), ids);
  add_ids(spec::all_contradictions(), ids);
  return ids;
}

}  // namespace referee::cli
