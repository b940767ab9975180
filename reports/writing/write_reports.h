// Which reports there are, and writing them: the folder of a run, or one format at one path.
//
//   can_write("referee-results");                        // before the run
//   const SavedRun run = saved_run(result, tool);
//   write_report_dir("referee-results", run);            // results.json, junit.xml, report.html, summary.md
//   write_report("junit", "out/junit.xml", run);         // --report junit=out/junit.xml
#pragma once

#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "reports/output_file.h"
#include "reports/saved/saved_run.h"

namespace referee::reports {

/// One way to render results.
struct Format {
  std::string_view name;  // in --report FORMAT=PATH
  std::string_view file;  // its name in the report folder; empty if it is written only when asked for
  std::string (*render)(const SavedRun& run);
};

/// All formats; those of the report folder in the order in which they are written, results.json first.
std::span<const Format> formats();

/// A name that no format has; the message lists the known ones.
class UnknownFormat : public std::invalid_argument {
 public:
  explicit UnknownFormat(std::string_view name);
};

/// Throws UnknownFormat.
const Format& format_named(std::string_view name);

/// Removes the scripts that an earlier run left in its report folder, and no other file. Throws CannotWrite where the
/// folder of scripts is a symbolic link: it may lead anywhere.
void forget_scripts(const std::filesystem::path& folder);

/// Writes the report folder and returns the paths of its reports; next to them, reproduce/ holds a script of curl
/// commands for each check that failed or warned. Throws CannotWrite.
std::vector<std::filesystem::path> write_report_dir(const std::filesystem::path& folder, const SavedRun& run);

/// Throws UnknownFormat or CannotWrite.
void write_report(std::string_view format, const std::filesystem::path& path, const SavedRun& run);

}  // namespace referee::reports
