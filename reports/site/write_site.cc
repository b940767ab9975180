#include "reports/site/write_site.h"

#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "reports/plain_text.h"
#include "reports/saved/parse_document.h"
#include "reports/site/pages.h"
#include "reports/site/site_json.h"

namespace referee::reports {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFirstLine = "referee-site/1";
constexpr std::size_t kMostChanges = 100;  // on the page of changes and in the feed

// A folder that is gone when this ends, unless it was moved away.
class FreshFolder {
 public:
  explicit FreshFolder(fs::path path) : path_(std::move(path)) {}
  ~FreshFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  FreshFolder(const FreshFolder&) = delete;
  FreshFolder& operator=(const FreshFolder&) = delete;

  void put(const std::string& name, std::string_view bytes) {
    write_file(path_ / name, bytes);
    names_.insert(name);
  }

  std::size_t list_files() {
    std::string lines = std::string(kFirstLine) + "\n";
    names_.insert(kSiteManifest);
    for (const auto& name : names_) lines += name + "\n";
    write_file(path_ / kSiteManifest, lines);
    return names_.size();
  }

 private:
  fs::path path_;
  std::set<std::string> names_;
};

void write_pages(FreshFolder& folder, const Site& site) {
  folder.put("index.html", index_page(site));
  for (const auto& [name, registry] : site.registries()) {
    const auto changes = changes_of(site, registry);
    folder.put(fmt::format("registries/{}.html", registry.file), registry_page(site, registry, changes));
    folder.put(fmt::format("badges/{}.svg", registry.file), badge_svg(registry));
    folder.put(fmt::format("badges/{}.json", registry.file), badge_json(registry.badge));
    folder.put(fmt::format("api/registries/{}.json", registry.file), registry_json(registry, changes));
  }
  folder.put("requirements/index.html", requirements_page(site));
  for (const auto& [id, requirement] : site.requirements()) {
    folder.put(fmt::format("requirements/{}.html", requirement.file), requirement_page(site, requirement));
  }
  const auto newest = newest_changes(site, kMostChanges);
  folder.put("changes.html", changes_page(site, newest));
  folder.put("feed.atom", atom_feed(newest));
  folder.put("api/site.json", site_json(site));
  folder.put("api/requirements.json", requirements_json(site));
  if (!site.explored()) return;
  const auto exploration = site.exploration();
  folder.put("exploration.html", explored_page(site, exploration));
  folder.put("api/exploration.json", answers_json(exploration));
}

void move_folder(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) throw CannotWrite(to, error.message());
}

// "public/" is "public".
fs::path without_slash(const fs::path& folder) { return folder.has_filename() ? folder : folder.parent_path(); }

// What the manifest of an earlier site lists; nothing where there is none.
std::set<std::string> files_of_site(const fs::path& folder) {
  const auto manifest = bytes_of(folder / kSiteManifest);
  if (!manifest) return {};
  const auto lines = lines_of(*manifest);
  if (lines.empty() || lines.front() != kFirstLine) return {};
  return {lines.begin() + 1, lines.end()};
}

}  // namespace

void can_write_site(const fs::path& given) {
  const auto folder = without_slash(given);
  std::error_code error;
  const auto status = fs::symlink_status(folder, error);
  if (!fs::exists(status)) return can_write(folder.has_parent_path() ? folder.parent_path() : fs::path("."));
  if (!fs::is_directory(status)) {
    throw FolderOfOthers(fmt::format("{} is not a folder: choose another place for the site", folder.string()));
  }
  const auto known = files_of_site(folder);
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_directory() && !entry->is_symlink()) continue;
    const auto name = entry->path().lexically_relative(folder).generic_string();
    if (known.contains(name)) continue;
    throw FolderOfOthers(
        fmt::format("{} holds {}, which no earlier `referee site` wrote: choose a new folder, or move that file away",
                    folder.string(), name));
  }
  if (error) throw CannotWrite(folder, error.message());
}

std::size_t write_site(const fs::path& given, const Site& site) {
  const auto folder = without_slash(given);
  can_write_site(folder);
  const auto next_to = [&](const char* what) {
    return folder.parent_path() / fmt::format(".{}.{}.{}", folder.filename().string(), ::getpid(), what);
  };
  FreshFolder fresh(next_to("new"));
  write_pages(fresh, site);
  const auto count = fresh.list_files();
  // The old one goes only when the new one is whole, and comes back where that cannot take its place.
  const FreshFolder old(next_to("old"));
  const bool replaces = fs::exists(folder);
  if (replaces) move_folder(folder, next_to("old"));
  try {
    move_folder(next_to("new"), folder);
  } catch (const CannotWrite&) {
    if (replaces) move_folder(next_to("old"), folder);
    throw;
  }
  return count;
}

}  // namespace referee::reports
