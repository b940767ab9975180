#include "reports/site/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sstream>

#include "harness/oci/digest.h"
#include "reports/plain_text.h"
#include "reports/saved/evidence_json.h"

namespace referee::reports {
namespace {

constexpr std::size_t kMostInFeed = 60;  // differences of one change
// What a comparison needs of a run.
SavedRun compared_part(const Site& site, const SiteRun& digest) {
  SavedRun run;
  run.run = digest.run;
  for (const auto& [place, outcome] : digest.outcomes) {
    const auto& [requirement, edition] = site.judged()[place];
    SavedCheck check;
    check.requirement = requirement;
    check.edition = edition;
    check.outcome = outcome;
    run.checks.push_back(std::move(check));
  }
  return run;
}

Comparison compared(const Site& site, const SiteRun& before, const SiteRun& after) {
  auto comparison = compare({compared_part(site, before), compared_part(site, after)}, {before.title(), after.title()});
  for (auto& difference : comparison.differences) {
    const auto found = site.requirements().find(difference.id);
    if (found != site.requirements().end()) difference.about = found->second.text;
  }
  return comparison;
}

bool is_newer(const SiteChange& one, const SiteChange& other) { return one.after->started > other.after->started; }

// The same change has the same name in every feed.
std::string uuid_of(const SiteChange& change) {
  const auto hex =
      oci::sha256_hex(fmt::format("{}\n{}\n{}", change.registry->name, change.before->run, change.after->run));
  return fmt::format("urn:uuid:{}-{}-8{}-8{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 3),
                     hex.substr(15, 3), hex.substr(18, 12));
}

void put(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).text().set(xml_text(visible(text), 20'000).c_str());
}

std::string text_of(const SiteChange& change) {
  std::string text = summary_of(change.comparison) + "\n";
  std::size_t count = 0;
  for (const auto entry : entries_in(change.comparison)) {
    text += fmt::format("\n{}:\n", heading_of(entry));
    for (const auto& one : change.comparison.differences) {
      if (log_entry_of(one) != entry || ++count > kMostInFeed) continue;
      text += fmt::format("{} ({}): {} → {}\n", one.id, one.edition, one.values.front(), one.values.back());
    }
  }
  return count > kMostInFeed ? text + fmt::format("and {} more\n", count - kMostInFeed) : text;
}

}  // namespace

std::string summary_of(const Comparison& comparison) {
  std::string text;
  for (const auto entry : entries_in(comparison)) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", heading_of(entry),
                        std::ranges::count(comparison.differences, entry, log_entry_of));
  }
  return text.empty() ? "Nothing that both runs judged changed" : text;
}

std::vector<SiteChange> changes_of(const Site& site, const SiteRegistry& registry) {
  std::vector<SiteChange> changes;
  for (std::size_t i = registry.runs.size(); i-- > 1;) {
    const auto& before = registry.runs[i - 1];
    const auto& after = registry.runs[i];
    changes.push_back({&registry, &before, &after, compared(site, before, after)});
  }
  return changes;
}

std::vector<SiteChange> newest_changes(const Site& site, std::size_t most) {
  std::vector<SiteChange> newest;
  for (const auto& [name, registry] : site.registries()) {
    std::ranges::move(changes_of(site, registry), std::back_inserter(newest));
    std::ranges::stable_sort(newest, is_newer);
    if (newest.size() > most) newest.erase(newest.begin() + static_cast<std::ptrdiff_t>(most), newest.end());
  }
  return newest;
}

std::string atom_feed(const std::vector<SiteChange>& changes) {
  pugi::xml_document document;
  auto declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "UTF-8";
  auto feed = document.append_child("feed");
  feed.append_attribute("xmlns") = "http://www.w3.org/2005/Atom";
  put(feed, "title", "Referrers in registries: what changed");
  put(feed, "id", "urn:uuid:7a4f0d5e-6f0b-8c5a-9a51-5d2f1c3e8b90");
  put(feed, "updated", rfc3339(changes.empty() ? http::WallTime() : changes.front().after->started));
  put(feed.append_child("author"), "name", "Referee");
  feed.append_child("link").append_attribute("href") = "changes.html";
  for (const auto& change : changes) {
    auto entry = feed.append_child("entry");
    put(entry, "title",
        one_line(fmt::format("{}: {} → {}", change.registry->name, change.before->title(), change.after->title()),
                 400));
    put(entry, "id", uuid_of(change));
    put(entry, "updated", rfc3339(change.after->started));
    entry.append_child("link").append_attribute("href") =
        fmt::format("registries/{}.html", change.registry->file).c_str();
    put(entry, "summary", text_of(change));
  }
  std::ostringstream out;
  document.save(out, " ", pugi::format_indent, pugi::encoding_utf8);
  return std::move(out).str();
}

}  // namespace referee::reports
