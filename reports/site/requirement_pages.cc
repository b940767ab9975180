// The pages of requirements: who keeps each, what was seen, and the section that it comes from.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/site/pages.h"

namespace referee::reports {
namespace {

// What the newest run of a registry saw of the requirement in that edition.
Markup seen_cell(const SiteRegistry& registry, const std::string& requirement, const std::string& edition) {
  Markup seen;
  for (const auto& finding : registry.findings) {
    if (finding.requirement != requirement || finding.edition != edition) continue;
    seen += element("p", plain(finding.headline)) + reason_of(finding);
  }
  return element("td", {{"class", "long"}}, seen);
}

Markup rows_of(const Site& site, const SiteRequirement& requirement) {
  Markup rows;
  for (const auto& [name_of, registry] : site.registries()) {
    for (const auto place : site.places_of(requirement.id)) {
      const auto outcome = registry.newest().outcome_at(place);
      if (!outcome) continue;
      const std::string edition(spec::name(site.judged()[place].second));
      rows += element("tr", element("th", {{"scope", "row"}},
                                    registry_link(registry, "../") + plain(" " + registry.newest().version)) +
                                element("td", plain(edition)) + element("td", outcome_mark(*outcome)) +
                                seen_cell(registry, requirement.id, edition));
    }
  }
  return rows;
}

Markup sections_of(const SiteRequirement& requirement) {
  Markup items;
  for (const auto& [edition, source] : requirement.sources) {
    if (is_web_address(source)) items += element("li", link(source, plain(requirement.section + " in " + edition)));
  }
  if (items.bytes.empty()) items = element("li", plain(requirement.section));
  return element("ul", {{"class", "plain-list"}}, items);
}

// Of all registries, by outcome: the worst of the editions of each.
std::map<Outcome, int> sums_of(const Site& site, const SiteRequirement& requirement) {
  std::map<Outcome, int> sums;
  for (const auto& [name_of, registry] : site.registries()) {
    if (const auto worst = site.worst_outcome(registry.newest(), requirement.id)) ++sums[*worst];
  }
  return sums;
}

Markup sums_in_words(const std::map<Outcome, int>& sums) {
  Markup words;
  for (const auto outcome : kOutcomesInReports) {
    const auto found = sums.find(outcome);
    if (found == sums.end()) continue;
    words += element("span", {{"class", fmt::format("badge {}", name(outcome))}},
                     plain(fmt::format("{} {}", found->second, name(outcome)))) +
             plain(" ");
  }
  return words;
}

}  // namespace

std::string requirement_page(const Site& site, const SiteRequirement& requirement) {
  const auto head = column_heads({"Registry", "Edition", "Outcome", "What was seen"});
  const auto content =
      element("div", element("h1", plain(requirement.id)) + element("p", {{"class", "lead"}}, prose(requirement.text)) +
                         element("p", {{"class", "soft"}}, plain(requirement.group))) +
      element("section", element("h2", plain("Where it comes from")) + sections_of(requirement)) +
      element("section",
              element("h2", plain("Who keeps it")) + table_of_blocks("Who keeps it", head, rows_of(site, requirement)));
  return site_page({requirement.id, "../", site.explored()}, content);
}

std::string requirements_page(const Site& site) {
  std::map<std::string, Markup> groups;
  for (const auto& [id, requirement] : site.requirements()) {
    groups[requirement.group] += element("li", link(requirement.file + ".html", element("code", plain(id))) +
                                                   plain(" ") + sums_in_words(sums_of(site, requirement)) +
                                                   element("span", {{"class", "soft"}}, prose(requirement.text)));
  }
  Markup content = element("h1", plain("Requirements"));
  for (const auto& [group, items] : groups) {
    content += element("section", element("h2", plain(group)) + element("ul", {{"class", "plain-list"}}, items));
  }
  return site_page({"Requirements", "../", site.explored()}, content);
}

}  // namespace referee::reports
