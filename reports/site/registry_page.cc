// The page of one registry: its profile, its findings, its history.
#include <fmt/format.h>

#include "reports/saved/evidence_json.h"
#include "reports/site/pages.h"

namespace referee::reports {
namespace {

constexpr std::size_t kMostFindings = 300;

Markup fact(const char* what, const Markup& value) { return element("dt", plain(what)) + element("dd", value); }

Markup heading_part(const SiteRegistry& registry) {
  const auto& run = registry.newest();
  Markup facts;
  if (!run.version.empty()) facts += fact("Version", plain(run.version));
  facts += fact("Judged on", plain(rfc3339(run.started).substr(0, 10)));
  facts += fact("Target", plain(registry.target));
  facts += fact("Run", element("code", plain(run.run)) + plain(" by Referee " + run.referee));
  facts += fact("Badge", link(fmt::format("../badges/{}.svg", registry.file), plain("SVG")) + plain(", ") +
                             link(fmt::format("../badges/{}.json", registry.file), plain("for shields")));
  facts += fact("Data", link(fmt::format("../api/registries/{}.json", registry.file), plain("JSON")));
  Markup editions;
  for (const auto& [edition, words] : run.editions) {
    editions += element("li", element("strong", plain(edition)) + plain(": " + words));
  }
  return element("div", element("h1", plain(registry.name)) + element("p", {{"class", "lead"}}, plain(run.words))) +
         element("section", {{"class", "card"}}, element("dl", {{"class", "facts"}}, facts)) +
         element("section", element("h2", plain("Editions")) + element("ul", {{"class", "plain-list"}}, editions));
}

Markup profile_part(const SiteRegistry& registry) {
  Markup rows;
  for (const auto& feature : registry.features) {
    rows += element("tr", element("th", {{"scope", "row"}}, plain(feature.name)) +
                              element("td", plain(feature.core ? "due on every registry" : "")) +
                              element("td", plain(name(feature.state))) +
                              element("td", plain(std::to_string(feature.counts.of(Outcome::kPassed)))) +
                              element("td", plain(std::to_string(feature.counts.of(Outcome::kFailed)))));
  }
  const auto head = column_heads({"Feature", "Core", "State", "Passed", "Failed"});
  return element("section", element("h2", plain("Profile")) + wide_table("Profile", head, rows));
}

Markup finding_part(const Site& site, const SiteFinding& finding) {
  Markup text =
      element("h3", outcome_mark(finding.outcome) + plain(" ") + requirement_link(site, finding.requirement, "../"));
  Markup about = plain(fmt::format("{}, {}, {}", finding.edition, spec::name(finding.level), finding.check));
  if (is_web_address(finding.source)) about += plain(", ") + link(finding.source, plain("the section"));
  text += element("p", {{"class", "soft small"}}, about);
  text += element("p", plain(finding.headline));
  text += reason_of(finding);
  if (!finding.seen.empty()) {
    Markup seen = element("summary", plain("What was seen"));
    for (const auto& each : finding.seen) seen += element("pre", plain(each));
    text += element("details", seen);
  }
  return element("article", {{"class", fmt::format("card finding {}", name(finding.outcome))}}, text);
}

Markup findings_part(const Site& site, const SiteRegistry& registry) {
  Markup findings;
  std::size_t count = 0;
  for (const auto& finding : registry.findings) {
    if (++count <= kMostFindings) findings += finding_part(site, finding);
  }
  if (count == 0) findings += element("p", plain("Every check that was due passed."));
  if (count > kMostFindings) findings += element("p", plain(fmt::format("and {} more", count - kMostFindings)));
  return element("section", element("h2", plain(fmt::format("Findings ({})", count))) + findings);
}

Markup history_part(const Site& site, const SiteRegistry& registry, const std::vector<SiteChange>& changes) {
  Markup head = column_heads({"Version", "Judged on", "Verdict"});
  for (const auto outcome : kOutcomesInReports) head += column_heads({name(outcome)});
  Markup rows;
  for (auto run = registry.runs.rbegin(); run != registry.runs.rend(); ++run) {
    Markup row = element("th", {{"scope", "row"}}, plain(run->title())) +
                 element("td", {{"class", "day"}}, plain(rfc3339(run->started).substr(0, 10))) +
                 element("td", plain(run->words));
    for (const auto outcome : kOutcomesInReports) row += element("td", plain(std::to_string(run->counts.of(outcome))));
    rows += element("tr", row);
  }
  Markup lists;
  for (const auto& change : changes) {
    lists += element("h3", plain(fmt::format("{} → {}", change.before->title(), change.after->title()))) +
             change_list(site, change, "../");
  }
  return element("section", element("h2", plain("History")) + wide_table("History", head, rows) + lists);
}

}  // namespace

std::string registry_page(const Site& site, const SiteRegistry& registry, const std::vector<SiteChange>& changes) {
  return site_page({registry.name, "../", site.explored()}, heading_part(registry) + profile_part(registry) +
                                                                findings_part(site, registry) +
                                                                history_part(site, registry, changes));
}

}  // namespace referee::reports
