// The first page of a site: who does what.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/comparison/comparison.h"
#include "reports/saved/evidence_json.h"
#include "reports/site/pages.h"

namespace referee::reports {
namespace {

// As its badge: only a verdict on everything is green.
const char* class_of(const SiteRun& run) {
  switch (run.verdict) {
    case RunVerdict::kConformant:
      return run.whole ? "passed" : "warned";
    case RunVerdict::kNonConformant:
      return "failed";
    case RunVerdict::kNotJudged:
      break;
  }
  return "blocked";
}

const char* class_of(FeatureState state) {
  switch (state) {
    case FeatureState::kSupported:
      return "passed";
    case FeatureState::kViolated:
      return "failed";
    case FeatureState::kNotOffered:
      return "skipped";
    case FeatureState::kNotJudged:
      break;
  }
  return "blocked";
}

Markup marked(const std::string& class_name, const std::string& words) {
  return element("td", {{"class", "mark " + class_name}}, plain(words));
}

Markup row_head(const SiteRegistry& registry) {
  return element("th", {{"scope", "row"}},
                 registry_link(registry, "") + plain(" ") +
                     element("span", {{"class", "soft"}}, plain(registry.newest().version)));
}

Markup verdicts(const Site& site) {
  Markup head = column_heads({"Registry", "Verdict", "Judged on"});
  for (const auto outcome : kOutcomesInReports) head += column_heads({name(outcome)});
  Markup rows;
  for (const auto& [name_of, registry] : site.registries()) {
    const auto& run = registry.newest();
    Markup row = row_head(registry) + marked(class_of(run), run.words) +
                 element("td", {{"class", "day"}}, plain(rfc3339(run.started).substr(0, 10)));
    for (const auto outcome : kOutcomesInReports) {
      row += element("td", plain(std::to_string(run.counts.of(outcome))));
    }
    rows += element("tr", row);
  }
  return wide_table("Verdicts", head, rows);
}

// The features in the order of the profile, as far as a registry was asked about them.
std::vector<std::string> features_in(const Site& site) {
  std::vector<std::string> features;
  for (const auto& [name_of, registry] : site.registries()) {
    for (const auto& feature : registry.features) {
      if (std::ranges::find(features, feature.name) == features.end()) features.push_back(feature.name);
    }
  }
  return features;
}

Markup profiles(const Site& site) {
  const auto features = features_in(site);
  const Markup head = column_heads({"Registry"}) + column_heads(features);
  Markup rows;
  for (const auto& [name_of, registry] : site.registries()) {
    Markup row = row_head(registry);
    for (const auto& feature : features) {
      const auto found = std::ranges::find(registry.features, feature, &SavedFeature::name);
      row += found == registry.features.end() ? marked("skipped", "not asked")
                                              : marked(class_of(found->state), name(found->state));
    }
    rows += element("tr", row);
  }
  return wide_table("Registries by feature", head, rows);
}

// How many requirements of a group ended how, each with the worst of its editions.
using GroupSums = std::map<std::string, std::map<Outcome, int>>;

GroupSums sums_of(const Site& site, const SiteRun& run) {
  GroupSums sums;
  for (const auto& [id, requirement] : site.requirements()) {
    if (const auto worst = site.worst_outcome(run, id)) ++sums[requirement.group][*worst];
  }
  return sums;
}

Markup group_cell(const std::map<Outcome, int>& sums) {
  if (sums.empty()) return marked("skipped", "not asked");
  const auto worst = std::ranges::max_element(sums, {}, [](const auto& each) { return badness(each.first); });
  return marked(name(worst->first), fmt::format("{} {}", worst->second, name(worst->first)));
}

Markup groups(const Site& site) {
  std::set<std::string> names;
  for (const auto& [id, requirement] : site.requirements()) names.insert(requirement.group);
  Markup head = column_heads({"Registry"});
  for (const auto& group : names) head += column_heads({group});
  Markup rows;
  for (const auto& [name_of, registry] : site.registries()) {
    const auto sums = sums_of(site, registry.newest());
    Markup row = row_head(registry);
    for (const auto& group : names) {
      const auto found = sums.find(group);
      row += group_cell(found == sums.end() ? std::map<Outcome, int>() : found->second);
    }
    rows += element("tr", row);
  }
  return wide_table("Registries by group of requirements", head, rows);
}

Markup badges(const Site& site) {
  Markup items;
  for (const auto& [name_of, registry] : site.registries()) {
    items += element("li", link(fmt::format("badges/{}.svg", registry.file), plain(registry.name)));
  }
  return element("ul", {{"class", "plain-list"}}, items);
}

}  // namespace

std::string index_page(const Site& site) {
  const bool judged = !site.registries().empty();
  Markup content = element("div", element("h1", plain("Which registry keeps the rules on referrers?")) +
                                      element("p", {{"class", "lead"}},
                                              plain("Each registry by its newest run: its verdict, the features it "
                                                    "offers, and the requirements that it keeps. A registry's page "
                                                    "has its findings and its history.")));
  if (judged) {
    content += element("section", element("h2", plain("Verdicts")) + verdicts(site));
    content += element("section", element("h2", plain("Features")) + profiles(site));
    content += element("section", element("h2", plain("Requirements by group")) +
                                      element("p", {{"class", "soft"}},
                                              plain("The worst outcome in each group, and how many requirements "
                                                    "have it.")) +
                                      groups(site));
    content += element("section", element("h2", plain("Badges")) + badges(site));
  } else {
    content += element("p", plain("No run is part of this site."));
  }
  return site_page({"Referrers in registries", "", site.explored()}, content);
}

}  // namespace referee::reports
