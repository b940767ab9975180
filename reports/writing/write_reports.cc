#include "reports/writing/write_reports.h"

#include <fmt/format.h>

#include <fstream>

#include "reports/formats/badge.h"
#include "reports/formats/console.h"
#include "reports/formats/ctrf.h"
#include "reports/formats/github.h"
#include "reports/formats/junit.h"
#include "reports/formats/markdown.h"
#include "reports/formats/report_page.h"
#include "reports/formats/tap.h"
#include "reports/narrative/curl_script.h"
#include "reports/saved/results_json.h"

namespace referee::reports {
namespace {

std::string console_without_color(const SavedRun& run) { return console_text(run); }

std::string whole_markdown(const SavedRun& run) { return markdown(run); }

constexpr Format kFormats[] = {
    {.name = "json", .file = "results.json", .render = results_text},  // first: all else comes of it
    {.name = "junit", .file = "junit.xml", .render = junit_xml},
    {.name = "html", .file = "report.html", .render = report_page},
    {.name = "markdown", .file = "summary.md", .render = whole_markdown},
    {.name = "tap", .file = "", .render = tap},
    {.name = "ctrf", .file = "", .render = ctrf},
    {.name = "badge", .file = "", .render = badge},
    {.name = "github", .file = "", .render = github_annotations},
    {.name = "console", .file = "", .render = console_without_color},
};

std::string names() {
  std::vector<std::string_view> all;
  for (const auto& format : kFormats) all.push_back(format.name);
  return fmt::format("{}", fmt::join(all, ", "));
}

// Whether a run has written it: people keep their own scripts in that folder.
bool is_own_script(const std::filesystem::directory_entry& entry) {
  std::error_code ignored;
  if (entry.path().extension() != ".sh" || entry.symlink_status(ignored).type() != std::filesystem::file_type::regular)
    return false;
  std::string beginning(kCurlScriptMark.size(), '\0');
  std::ifstream file(entry.path(), std::ios::binary);
  file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return file && beginning == kCurlScriptMark;
}

// For each check that failed or warned; those of an earlier run are gone first.
void write_scripts(const std::filesystem::path& folder, const SavedRun& run) {
  forget_scripts(folder);
  const Bodies bodies(run.bodies);
  for (const auto& check : run.checks) {
    if (!has_script(check)) continue;
    if (const auto script = curl_script(run, check, bodies); !script.empty()) {
      write_file(folder / curl_script_file(check), script);
    }
  }
}

}  // namespace

void forget_scripts(const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto scripts = folder / "reproduce";
  if (std::filesystem::is_symlink(scripts, ignored)) throw CannotWrite(scripts, "it is a symbolic link");
  for (const auto& entry : std::filesystem::directory_iterator(scripts, ignored)) {
    if (is_own_script(entry)) std::filesystem::remove(entry.path(), ignored);
  }
  std::filesystem::remove(scripts, ignored);  // only where nothing else is in it
}

std::span<const Format> formats() { return kFormats; }

UnknownFormat::UnknownFormat(std::string_view name)
    : std::invalid_argument(fmt::format("there is no report format '{}'; there are {}", name, names())) {}

const Format& format_named(std::string_view name) {
  for (const auto& format : kFormats) {
    if (format.name == name) return format;
  }
  throw UnknownFormat(name);
}

std::vector<std::filesystem::path> write_report_dir(const std::filesystem::path& folder, const SavedRun& run) {
  std::vector<std::filesystem::path> written;
  for (const auto& format : kFormats) {
    if (format.file.empty()) continue;
    written.push_back(folder / format.file);
    write_file(written.back(), format.render(run));
  }
  write_scripts(folder, run);
  return written;
}

void write_report(std::string_view format, const std::filesystem::path& path, const SavedRun& run) {
  write_file(path, format_named(format).render(run));
}

}  // namespace referee::reports
