// The matrix as Markdown: nothing is cut, differing rows are marked, each detail unfolds.
#include <fmt/format.h>

#include <algorithm>

#include "reports/exploration/cards.h"
#include "reports/exploration/matrix.h"
#include "reports/plain_text.h"
#include "reports/prose.h"

namespace referee::reports {
namespace {

std::string markdown_header(const Matrix& matrix, const std::string& first) {
  std::string line = "| " + first + " |";
  std::string rule = "|-|";
  for (const auto& url : matrix.registries) {
    line += " " + inert_markdown(url) + " |";
    rule += "-|";
  }
  return line + "\n" + rule + "\n";
}

std::string cards(const Matrix& matrix) {
  std::string text;
  for (const auto& card : cards_of(matrix)) {
    text += fmt::format("## {}\n\n", card.question);
    for (std::size_t i = 0; i < card.says.size(); ++i) {
      for (const auto& [specs, says] : card.says[i]) {
        text += fmt::format("- **{}**, {}: {}\n", inert_markdown(matrix.registries[i]), specs, prose_in_markdown(says));
      }
      if (card.says[i].empty()) text += fmt::format("- **{}**: not asked\n", inert_markdown(matrix.registries[i]));
    }
    text += "\n";
  }
  return text;
}

std::string capabilities(const Matrix& matrix) {
  std::string text = "## What they offer\n\n" + markdown_header(matrix, "");
  for (const auto& [what, said] : matrix.capabilities) {
    text += "| " + inert_markdown(what) + " |";
    for (const auto& each : said) text += " " + inert_markdown(each) + " |";
    text += "\n";
  }
  return text + "\n";
}

std::string signatures(const Matrix& matrix) {
  std::string text;
  for (const auto& table : collected_signatures(matrix)) {
    text += fmt::format("## {}, {}\n\n", kCollectedSignatures, table.spec) + markdown_header(matrix, "Signature");
    for (const auto& [circumstances, fates] : table.cases) {
      text += "| " + inert_markdown(circumstances) + " |";
      for (const auto& fate : fates) text += " " + (fate.empty() ? "-" : inert_markdown(fate)) + " |";
      text += "\n";
    }
    text += "\n";
  }
  return text;
}

std::string answers(const Matrix& matrix) {
  std::string text = "## What they answer\n\nRows in bold differ.\n\n" + markdown_header(matrix, "Probe");
  for (const auto& row : matrix.rows) {
    const std::string mark = row.differs ? "**" : "";
    text += fmt::format("| {}{}{} {} |", mark, inert_markdown(row.probe), mark, row.spec);
    for (const auto& cell : row.cells) text += " " + (cell.answer.empty() ? "-" : inert_markdown(cell.answer)) + " |";
    text += "\n";
  }
  return text + "\n";
}

std::string details(const Matrix& matrix) {
  std::string text = "## Details\n\n";
  for (const auto& row : matrix.rows) {
    text += fmt::format("<details><summary>{} {}: {}</summary>\n\n", inert_markdown(row.probe), row.spec,
                        inert_markdown(row.question));
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const auto& cell = row.cells[i];
      if (cell.answer.empty()) continue;
      text += fmt::format("- {}: {}\n", inert_markdown(matrix.registries[i]), inert_markdown(cell.answer));
      for (const auto line : lines_of(cell.detail)) text += "  - " + inert_markdown(std::string(line)) + "\n";
    }
    text += "\n</details>\n";
  }
  return text + "\n";
}

std::string conflicts(const Matrix& matrix) {
  std::string text = "## Where editions contradict each other\n\n";
  for (const auto& conflict : matrix.conflicts) {
    text += fmt::format("### {} {}\n\n", conflict.id, inert_markdown(conflict.request));
    for (const auto& [edition, demand] : conflict.demands)
      text += fmt::format("- {}: {}\n", edition, inert_markdown(without_emphasis(demand)));
    text += "\n";
    for (std::size_t i = 0; i < conflict.did.size(); ++i) {
      text += fmt::format("- **{}** did: {}\n", inert_markdown(matrix.registries[i]),
                          conflict.did[i].empty() ? "-" : inert_markdown(conflict.did[i]));
    }
    text += "\n";
  }
  return text;
}

std::string left_behind(const Results& exploration) {
  std::string text;
  for (const auto& registry : list(exploration, "registries")) {
    for (const auto& left : list(registry, "leftovers")) {
      if (left.is_string()) text += "- " + inert_markdown(left.get<std::string>()) + "\n";
    }
  }
  return text.empty() ? "" : "## What could not be removed\n\n" + text;
}

}  // namespace

std::string matrix_markdown(const Results& exploration) {
  const Matrix matrix = matrix_of(exploration);
  return "# What registries do\n\n" + cards(matrix) + signatures(matrix) + capabilities(matrix) + answers(matrix) +
         details(matrix) + conflicts(matrix) + left_behind(exploration);
}

}  // namespace referee::reports
