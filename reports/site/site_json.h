// What a site shows, for programs: reports/schema/site.schema.json describes all of it.
#pragma once

#include <string>
#include <vector>

#include "reports/site/changes.h"
#include "reports/site/site.h"

namespace referee::reports {

inline constexpr std::string_view kSiteSchema = "referee-site/1";

/// All registries with their verdicts and features.
std::string site_json(const Site& site);
/// One registry with its runs, its findings, and its changes.
std::string registry_json(const SiteRegistry& registry, const std::vector<SiteChange>& changes);
/// Each requirement with its outcomes at the newest run of each registry.
std::string requirements_json(const Site& site);
/// What each registry answered to the probes; the exploration is that of the site.
std::string answers_json(const Results& exploration);

}  // namespace referee::reports
