// The page of an exploration: the questions that people come with, then all answers side by side.
#include <fmt/format.h>

#include <algorithm>

#include "reports/exploration/cards.h"
#include "reports/exploration/classes.h"
#include "reports/exploration/matrix.h"
#include "reports/site/pages.h"

namespace referee::reports {
namespace {

// A registry as a column calls it, with a link where the site has its page.
Markup column_name(const Site& site, const std::string& name) {
  const auto found = site.registries().find(registry_and_version(name).first);
  if (found == site.registries().end()) return plain(name);
  return link(fmt::format("registries/{}.html", found->second.file), plain(name));
}

Markup card(const Site& site, const Card& card, const Matrix& matrix) {
  Markup says;
  for (std::size_t i = 0; i < card.says.size(); ++i) {
    Markup lines;
    for (const auto& line : card.says[i]) lines += element("p", plain(line.specs + ": ") + prose(line.text));
    if (!lines.bytes.empty()) says += element("dt", column_name(site, matrix.registries[i])) + element("dd", lines);
  }
  return element("section", {{"class", "card"}},
                 element("h2", plain(card.question)) + element("dl", {{"class", "facts"}}, says));
}

Markup cell(const Row& row, const Cell& seen) {
  if (seen.observation == nullptr) return element("td", {{"class", "soft"}}, plain("not asked"));
  Markup text = element(seen.answered ? "strong" : "span", plain(seen.answer));
  for (const auto& [name_of, words] : classes_of(row.probe, seen.answer)) {
    text += element("p", {{"class", "small soft"}}, plain(name_of + ": ") + prose(words));
  }
  if (!seen.detail.empty()) {
    text += element("details",
                    element("summary", plain("Details")) + element("p", {{"class", "small"}}, plain(seen.detail)));
  }
  return element("td", {{"class", "long"}}, text);
}

Markup heads_of(const Site& site, const Matrix& matrix) {
  Markup head = column_heads({"Question"});
  for (const auto& registry : matrix.registries) head += element("th", {{"scope", "col"}}, column_name(site, registry));
  return head;
}

Markup row_of(const Row& row) {
  Markup cells =
      element("th", {{"scope", "row"}},
              prose(row.question) +
                  element("p", {{"class", "small soft"}},
                          plain(fmt::format("{}, {}{}", row.probe, row.spec, row.differs ? ", they differ" : ""))));
  for (const auto& each : row.cells) cells += cell(row, each);
  return element("tr", cells);
}

// In the order in which the first row of each comes.
std::vector<std::string> groups_in(const Matrix& matrix) {
  std::vector<std::string> groups;
  for (const auto& row : matrix.rows) {
    if (std::ranges::find(groups, row.group) == groups.end()) groups.push_back(row.group);
  }
  return groups;
}

Markup groups(const Site& site, const Matrix& matrix) {
  Markup sections;
  for (const auto& group : groups_in(matrix)) {
    Markup rows;
    for (const auto& row : matrix.rows) {
      if (row.group == group) rows += row_of(row);
    }
    sections += element("section", element("h2", plain(group)) + wide_table(group, heads_of(site, matrix), rows));
  }
  return sections;
}

}  // namespace

std::string explored_page(const Site& site, const Results& exploration) {
  const auto matrix = matrix_of(exploration);
  Markup content =
      element("div", element("h1", plain("What registries do where the specifications are silent")) +
                         element("p", {{"class", "lead"}},
                                 plain("Each answer is what a registry was seen to do, and none is a judgement.")));
  for (const auto& each : cards_of(matrix)) content += card(site, each, matrix);
  return site_page({"Exploration", "", true}, content + groups(site, matrix));
}

}  // namespace referee::reports
