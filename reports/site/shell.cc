// What all pages of a site share: the header with its links, the footer, and parts that several pages show.
#include <fmt/format.h>

#include "reports/formats/html_page.h"
#include "reports/site/pages.h"

namespace referee::reports {

extern const HtmlTemplate kSiteTemplate;

namespace {

constexpr std::size_t kMostEntries = 200;  // of one change

Markup navigation(const Place& place) {
  const auto item = [&](const char* page, const char* words) {
    return element("li", link(place.root + page, plain(words)));
  };
  Markup items = item("index.html", "Registries") + item("requirements/index.html", "Requirements");
  if (place.exploration) items += item("exploration.html", "Exploration");
  items += item("changes.html", "Changes") + item("feed.atom", "Feed") + item("api/site.json", "JSON");
  return element("nav", {{"aria-label", "Site"}}, element("ul", items));
}

// Whoever has no mouse scrolls it once it has the focus.
Markup table_in(const char* classes, const std::string& label, const Markup& head, const Markup& rows) {
  return element("div", {{"class", classes}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", label}},
                 element("table", element("thead", element("tr", head)) + element("tbody", rows)));
}

// A check that was blocked found nothing, but why it was may be known.
bool is_finding(Outcome outcome) {
  return outcome == Outcome::kFailed || outcome == Outcome::kWarned || outcome == Outcome::kNoted;
}

}  // namespace

std::string site_page(const Place& place, const Markup& content) {
  std::string page(kSiteTemplate.before);
  page += element("title", plain(place.title)).bytes;
  page += fmt::format(
      "\n<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Changes\" href=\"{}feed.atom\">\n", place.root);
  page += "</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n";
  page += element("header", element("strong", plain("Referrers in registries")) + navigation(place)).bytes;
  page += fmt::format("\n<main id=\"content\">\n{}\n</main>\n", content.bytes);
  page += element("footer", {{"class", "soft small"}},
                  plain("Made by referee site from saved runs. Each verdict is about the version and the day that it "
                        "names."))
              .bytes;
  page += "\n</body>";
  page += kSiteTemplate.after;
  return page;
}

Markup outcome_mark(Outcome outcome) {
  return element("span", {{"class", fmt::format("badge {}", name(outcome))}}, plain(name(outcome)));
}

Markup column_heads(const std::vector<std::string>& words) {
  Markup heads;
  for (const auto& word : words) heads += element("th", {{"scope", "col"}}, plain(word));
  return heads;
}

Markup wide_table(const std::string& label, const Markup& head, const Markup& rows) {
  return table_in("wide", label, head, rows);
}

Markup table_of_blocks(const std::string& label, const Markup& head, const Markup& rows) {
  return table_in("wide rows", label, head, rows);
}

Markup registry_link(const SiteRegistry& registry, const std::string& root) {
  return link(fmt::format("{}registries/{}.html", root, registry.file), plain(registry.name));
}

Markup requirement_link(const Site& site, const std::string& id, const std::string& root) {
  const auto found = site.requirements().find(id);
  const auto code = element("code", plain(id));
  if (found == site.requirements().end()) return code;
  return link(fmt::format("{}requirements/{}.html", root, found->second.file), code);
}

Markup reason_of(const SiteFinding& finding) {
  if (!finding.known) return {};
  Markup text = element("strong", plain(is_finding(finding.outcome) ? "True finding:" : "Known:")) + plain(" ") +
                prose(finding.known->reason);
  if (!finding.known->issue.empty()) text += plain(" ") + link_or_text(finding.known->issue);
  return element("p", {{"class", "true"}}, text);
}

Markup change_list(const Site& site, const SiteChange& change, const std::string& root) {
  Markup lists;
  std::size_t count = 0;
  for (const auto entry : entries_in(change.comparison)) {
    Markup items;
    for (const auto& one : change.comparison.differences) {
      if (log_entry_of(one) != entry || ++count > kMostEntries) continue;
      items +=
          element("li", requirement_link(site, one.id, root) +
                            plain(fmt::format(" ({}): {} → {}", one.edition, one.values.front(), one.values.back())));
    }
    if (!items.bytes.empty())
      lists += element("h4", plain(heading_of(entry))) + element("ul", {{"class", "plain-list"}}, items);
  }
  if (count == 0) return element("p", plain("Nothing that both runs judged changed."));
  if (count > kMostEntries) lists += element("p", plain(fmt::format("and {} more", count - kMostEntries)));
  return lists;
}

}  // namespace referee::reports
