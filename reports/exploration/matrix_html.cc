// The matrix as a self-contained page without a script: each cell unfolds to its details.
#include <fmt/format.h>

#include "reports/exploration/matrix.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence.h"

namespace referee::reports {
namespace {

constexpr std::size_t kShownOfABody = 1'500;
constexpr std::size_t kMostExchangesOfACell = 60;

constexpr std::string_view kHead = R"html(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>What registries do</title><style>
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 2rem; }
th, td { border: 1px solid #8886; padding: .3rem .5rem; text-align: left; vertical-align: top; }
thead th { position: sticky; top: 0; background: Canvas; }
tr.differs > th { border-left: .35rem solid #d97706; }
tr.differs td { background: #d9770618; }
tr.group th { background: #8882; }
td.none { color: GrayText; }
th small { font-weight: normal; color: GrayText; display: block; }
summary { cursor: pointer; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; background: #8881; padding: .4rem; }
</style></head><body>
)html";

std::string html_header(const Matrix& matrix, const std::string& first) {
  std::string text = "<table><thead><tr><th>" + first + "</th>";
  for (const auto& url : matrix.registries) text += "<th>" + inert_html(url) + "</th>";
  return text + "</tr></thead><tbody>\n";
}

std::string lines_of_headers(const Results& message) {
  std::string text;
  for (const auto& line : list(message, "headers")) {
    if (line.is_array() && line.size() == 2 && line[0].is_string() && line[1].is_string()) {
      text += line[0].get<std::string>() + ": " + line[1].get<std::string>() + "\n";
    }
  }
  return text;
}

class MatrixPage {
 public:
  explicit MatrixPage(const Results& exploration) : exploration_(exploration), matrix_(matrix_of(exploration)) {
    for (const auto& registry : list(exploration, "registries")) bodies_.push_back(recorded_bodies(registry));
  }

  std::string go() {
    text_ += kHead;
    text_ += "<h1>What registries do</h1>\n";
    signatures();
    capabilities();
    answers();
    conflicts();
    leftovers();
    return text_ + "</body></html>\n";
  }

 private:
  void signatures() {
    for (const auto& table : collected_signatures(matrix_)) {
      text_ += fmt::format("<h2>{}, {}</h2>", kCollectedSignatures, inert_html(table.spec));
      text_ += html_header(matrix_, "Signature");
      for (const auto& [circumstances, fates] : table.cases) {
        text_ += "<tr><th>" + inert_html(circumstances) + "</th>";
        for (const auto& fate : fates) text_ += "<td>" + (fate.empty() ? "-" : inert_html(fate)) + "</td>";
        text_ += "</tr>\n";
      }
      text_ += "</tbody></table>\n";
    }
  }

  void capabilities() {
    text_ += "<h2>What they offer</h2>" + html_header(matrix_, "");
    for (const auto& [what, said] : matrix_.capabilities) {
      text_ += "<tr><th>" + inert_html(what) + "</th>";
      for (const auto& each : said) text_ += "<td>" + inert_html(each) + "</td>";
      text_ += "</tr>\n";
    }
    text_ += "</tbody></table>\n";
  }

  void answers() {
    text_ += "<h2>What they answer</h2><p>Rows with a mark differ. Cells unfold to the exchanges that show them.</p>";
    text_ += html_header(matrix_, "Probe");
    std::string group;
    for (const auto& row : matrix_.rows) {
      if (row.group != group) {
        group = row.group;
        text_ += fmt::format("<tr class=\"group\"><th colspan=\"{}\">{}</th></tr>\n", matrix_.registries.size() + 1,
                             inert_html(group));
      }
      text_ += fmt::format("<tr{}><th>{} {}<small>{}</small></th>", row.differs ? " class=\"differs\"" : "",
                           inert_html(row.probe), inert_html(row.spec), inert_html(row.question));
      for (std::size_t i = 0; i < row.cells.size(); ++i) cell(row.cells[i], i);
      text_ += "</tr>\n";
    }
    text_ += "</tbody></table>\n";
  }

  void cell(const Cell& cell, std::size_t column) {
    if (cell.observation == nullptr) {
      text_ += "<td class=\"none\">-</td>";
      return;
    }
    text_ += fmt::format("<td{}><details><summary>{}</summary><pre>{}</pre>", cell.answered ? "" : " class=\"none\"",
                         inert_html(cell.answer), inert_html(cell.detail));
    const auto& exchanges = list(*cell.observation, "exchanges");
    for (std::size_t i = 0; i < exchanges.size() && i < kMostExchangesOfACell; ++i)
      exchange(exchanges[i], Bodies(bodies_[column]));
    if (exchanges.size() > kMostExchangesOfACell) {
      text_ += fmt::format("<p>{} more exchanges are in the JSON</p>", exchanges.size() - kMostExchangesOfACell);
    }
    text_ += "</details></td>";
  }

  void exchange(const Results& one, const Bodies& bodies) {
    const auto& request = member(one, "request");
    const auto& response = member(one, "response");
    const std::string end =
        response.is_object() ? std::to_string(static_cast<int>(number(response, "status"))) : text(one, "fault");
    const auto shown = [&](const Results& message) {
      const auto body = bodies.beginning(text(message, "body"), kShownOfABody);
      return inert_html(lines_of_headers(message) + (body.empty() ? "" : "\n" + body));
    };
    text_ += fmt::format("<details><summary>{} {} &rarr; {}</summary><pre>{}</pre><pre>{}</pre></details>\n",
                         inert_html(text(request, "method")), inert_html(text(request, "url")), inert_html(end),
                         shown(request), response.is_object() ? shown(response) : "");
  }

  void conflicts() {
    if (matrix_.conflicts.empty()) return;
    text_ += "<h2>Where editions contradict each other</h2>\n";
    for (const auto& conflict : matrix_.conflicts) {
      text_ += fmt::format("<details><summary>{} {}</summary><table><tbody>\n", inert_html(conflict.id),
                           inert_html(conflict.request));
      for (const auto& [edition, demand] : conflict.demands) {
        text_ += fmt::format("<tr><th>{} demands</th><td>{}</td></tr>\n", edition, inert_html(demand));
      }
      for (std::size_t i = 0; i < conflict.did.size(); ++i) {
        text_ +=
            fmt::format("<tr class=\"differs\"><th>{} did</th><td>{}</td></tr>\n", inert_html(matrix_.registries[i]),
                        conflict.did[i].empty() ? "-" : inert_html(conflict.did[i]));
      }
      text_ += "</tbody></table></details>\n";
    }
  }

  void leftovers() {
    std::string items;
    for (const auto& registry : list(exploration_, "registries")) {
      for (const auto& left : list(registry, "leftovers")) {
        if (left.is_string()) items += "<li>" + inert_html(left.get<std::string>()) + "</li>\n";
      }
    }
    if (!items.empty()) text_ += "<h2>What could not be removed</h2><ul>" + items + "</ul>\n";
  }

  const Results& exploration_;
  Matrix matrix_;
  std::vector<std::map<std::string, http::RecordedBody>> bodies_;  // by registry
  std::string text_;
};

}  // namespace

std::string matrix_html(const Results& exploration) { return MatrixPage(exploration).go(); }

}  // namespace referee::reports
