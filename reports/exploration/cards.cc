#include "reports/exploration/cards.h"

#include <algorithm>
#include <utility>

#include "reports/exploration/card_sentences.h"

namespace referee::reports {
namespace {

struct Question {
  std::string_view text;
  std::vector<std::string_view> probes;
  std::string (*sentences)(const Answers& answers);
};

const std::vector<Question>& questions() {
  static const std::vector<Question> kQuestions = {
      {"What happens to signatures when the image is deleted, or garbage is collected?",
       {"probe.delete.subject-untagged", "probe.delete.subject-tagged-referrer", "probe.gc.signatures"},
       on_lost_signatures},
      {"May a signature live in another repository?",
       {"probe.repo.cosign-style-separate", "probe.subject.other-repo"},
       on_other_repositories},
      {"Who may sign where?", {"probe.repo.permissions-split", "probe.repo.artifacttype-policy"}, on_rights},
      {"What do lists look like?",
       {"probe.order.default", "probe.order.stable", "probe.page.default-size", "probe.page.n-honoured"},
       on_lists},
      {"Which filter values are honoured?",
       {"probe.filter.no-match", "probe.filter.plus", "probe.filter.slash", "probe.filter.case", "probe.filter.comma",
        "probe.filter.repeated", "probe.filter.parameters"},
       on_filters}};
  return kQuestions;
}

// Of the rows that answer it, the editions: those of OCI first.
std::vector<std::string> specs_of(const Matrix& matrix, const Question& question) {
  std::vector<std::string> specs;
  for (const auto& row : matrix.rows) {
    const bool asked = std::ranges::find(question.probes, row.probe) != question.probes.end();
    if (asked && std::ranges::find(specs, row.spec) == specs.end()) specs.push_back(row.spec);
  }
  std::ranges::stable_sort(specs, {}, [](const std::string& spec) { return !spec.starts_with("oci"); });
  return specs;
}

std::vector<CardLine> lines_for(const Matrix& matrix, const Question& question, const std::vector<std::string>& specs,
                                std::size_t column) {
  std::vector<CardLine> lines;
  for (const auto& spec : specs) {
    const std::string text = question.sentences(Answers(matrix, column, spec));
    if (text.empty()) continue;
    const auto same = std::ranges::find(lines, text, &CardLine::text);
    if (same == lines.end()) {
      lines.push_back({spec, text});
    } else {
      same->specs += ", " + spec;
    }
  }
  return lines;
}

}  // namespace

std::vector<Card> cards_of(const Matrix& matrix) {
  std::vector<Card> cards;
  for (const auto& question : questions()) {
    const auto specs = specs_of(matrix, question);
    if (specs.empty()) continue;
    Card card{std::string(question.text), {question.probes.begin(), question.probes.end()}, {}};
    for (std::size_t column = 0; column < matrix.registries.size(); ++column) {
      card.says.push_back(lines_for(matrix, question, specs, column));
    }
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace referee::reports
