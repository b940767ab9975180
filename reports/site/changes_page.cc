// The page of what changed lately, in all registries.
#include <fmt/format.h>

#include "reports/saved/evidence_json.h"
#include "reports/site/pages.h"

namespace referee::reports {

std::string changes_page(const Site& site, const std::vector<SiteChange>& changes) {
  Markup content = element("h1", plain("What changed"));
  for (const auto& change : changes) {
    content +=
        element("section", {{"class", "card"}},
                element("h2", registry_link(*change.registry, "") +
                                  plain(fmt::format(": {} → {}", change.before->title(), change.after->title()))) +
                    element("p", {{"class", "soft small"}}, plain(rfc3339(change.after->started).substr(0, 10))) +
                    element("p", plain(summary_of(change.comparison))) + change_list(site, change, ""));
  }
  if (changes.empty()) content += element("p", plain("Each registry was judged once: there is nothing to compare."));
  return site_page({"What changed", "", site.explored()}, content);
}

}  // namespace referee::reports
