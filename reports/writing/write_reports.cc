#include "reports/writing/write_reports.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "reports/formats/badge.h"
#include "reports/formats/console.h"
#include "reports/formats/ctrf.h"
#include "reports/formats/github.h"
#include "reports/formats/junit.h"
#include "reports/formats/markdown.h"
#include "reports/formats/report_page.h"
#include "reports/formats/tap.h"
#include "reports/narrative/curl_script.h"

namespace referee::reports {
namespace {

std::string json_text(const Results& results) {
  return results.dump(1, ' ', false, Results::error_handler_t::replace) + "\n";
}

std::string console_without_color(const Results& results) { return console_text(results); }

std::string whole_markdown(const Results& results) { return markdown(results); }

constexpr Format kFormats[] = {
    {.name = "json", .file = "results.json", .render = json_text},  // first: all else comes of it
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

// For each check that failed or warned; those of an earlier run are gone first.
void write_scripts(const std::filesystem::path& folder, const Results& results) {
  forget_scripts(folder);
  const Bodies bodies(results);
  for (const auto& check : list(results, "checks")) {
    const auto outcome = text(check, "outcome");
    if (outcome != "failed" && outcome != "warned") continue;
    if (const auto script = curl_script(results, check, bodies); !script.empty()) {
      write_file(folder / curl_script_file(check), script);
    }
  }
}

}  // namespace

void forget_scripts(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "reproduce", ignored)) {
    if (entry.path().extension() == ".sh") std::filesystem::remove(entry.path(), ignored);
  }
  std::filesystem::remove(folder / "reproduce", ignored);  // only where nothing else is in it
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

std::vector<std::filesystem::path> write_report_dir(const std::filesystem::path& folder, const Results& results) {
  std::vector<std::filesystem::path> written;
  for (const auto& format : kFormats) {
    if (format.file.empty()) continue;
    written.push_back(folder / format.file);
    write_file(written.back(), format.render(results));
  }
  write_scripts(folder, results);
  return written;
}

void write_report(std::string_view format, const std::filesystem::path& path, const Results& results) {
  write_file(path, format_named(format).render(results));
}

}  // namespace referee::reports
