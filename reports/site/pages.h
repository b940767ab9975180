// The pages of a site. Each is whole without scripts, and refers to the others by relative links only.
#pragma once

#include <string>
#include <vector>

#include "reports/exploration/matrix.h"
#include "reports/site/changes.h"
#include "reports/site/markup.h"
#include "reports/site/site.h"

namespace referee::reports {

/// Where a page is: how it links to the others.
struct Place {
  std::string title;
  std::string root;          // "" or "../"
  bool exploration = false;  // whether the site has that page
};

/// What is between the header with its links and the footer becomes a page.
std::string site_page(const Place& place, const Markup& content);

/// Who does what: registries by feature and by group of requirements.
std::string index_page(const Site& site);
/// The changes are those of the registry.
std::string registry_page(const Site& site, const SiteRegistry& registry, const std::vector<SiteChange>& changes);
/// All requirements by group.
std::string requirements_page(const Site& site);
std::string requirement_page(const Site& site, const SiteRequirement& requirement);
/// What registries do where the specifications are silent; the exploration is that of the site.
std::string explored_page(const Site& site, const Results& exploration);
std::string changes_page(const Site& site, const std::vector<SiteChange>& changes);

/// The badge of a registry as SVG: the verdict of its newest run with its profile.
std::string badge_svg(const SiteRegistry& registry);

/// Parts of pages: an outcome as a word in its color, a change with its entries.
Markup outcome_mark(Outcome outcome);
Markup change_list(const Site& site, const SiteChange& change, const std::string& root);
/// The cells at the head of columns.
Markup column_heads(const std::vector<std::string>& words);
/// A table that scrolls by itself. `head` are the cells of its first row.
Markup wide_table(const std::string& label, const Markup& head, const Markup& rows);
/// The same, but on a phone each row becomes a block.
Markup table_of_blocks(const std::string& label, const Markup& head, const Markup& rows);
/// A registry by its name, as a link to its page.
Markup registry_link(const SiteRegistry& registry, const std::string& root);
/// A requirement by its id, as a link to its page.
Markup requirement_link(const Site& site, const std::string& id, const std::string& root);
/// Why a finding is known to be true, and where it was reported.
Markup reason_of(const SiteFinding& finding);

}  // namespace referee::reports
