// What changed from one version of a registry to the next.
#pragma once

#include <vector>

#include "reports/comparison/comparison.h"
#include "reports/site/site.h"

namespace referee::reports {

/// Two runs of a registry, one after the other.
struct SiteChange {
  const SiteRegistry* registry = nullptr;
  const SiteRun* before = nullptr;
  const SiteRun* after = nullptr;
  Comparison comparison;
};

/// One for each run of the registry but its first, the newest first. They point into the site.
std::vector<SiteChange> changes_of(const Site& site, const SiteRegistry& registry);

/// The newest of all registries, as many as that.
std::vector<SiteChange> newest_changes(const Site& site, std::size_t most);

/// "Breaks now: 2, Keeps now: 1"; a sentence where nothing changed.
std::string summary_of(const Comparison& comparison);

/// The changes as an Atom feed (RFC 4287), whose links are relative to it.
std::string atom_feed(const std::vector<SiteChange>& changes);

}  // namespace referee::reports
