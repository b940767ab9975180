#include "harness/cli/commands/outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/host/tool.h"
#include "reports/exploration/exploration_files.h"
#include "reports/formats/github.h"
#include "reports/output_file.h"
#include "reports/writing/write_reports.h"

namespace referee::cli {
namespace {

std::vector<std::string_view> names_of(std::span<const reports::ExplorationFormat> formats) {
  std::vector<std::string_view> names;
  for (const auto& format : formats) names.push_back(format.name);
  return names;
}

}  // namespace

std::unique_ptr<reports::Journal> begin_journal(const RunPlan& prepared) {
  const auto& settings = prepared.request.settings;
  engine::RunResult begun;
  begun.run_id = settings.run_id;
  begun.started = std::chrono::time_point_cast<http::WallTime::duration>(std::chrono::system_clock::now());
  begun.target_url = prepared.built_in ? "the built-in reference registry" : settings.client.base;
  begun.seed = settings.seed;
  begun.options = settings.shown_options;
  begun.strict_should = settings.strict_should;
  reports::forget_scripts(prepared.report_dir);
  std::error_code ignored;
  for (const auto& format : reports::formats()) {
    if (format.file.empty()) continue;
    const auto path = prepared.report_dir / format.file;
    // Links and pipes are the user's, and are written into.
    if (std::filesystem::symlink_status(path, ignored).type() == std::filesystem::file_type::regular) {
      std::filesystem::remove(path, ignored);
    }
  }
  try {
    auto journal =
        std::make_unique<reports::Journal>(prepared.report_dir / "results.jsonl", begun,
                                           reports::ToolInfo{.version = tool_version(), .commit = tool_commit()});
    journal->select(prepared.request.selection);
    say_if_ended_at_once(fmt::format(
        "\nreferee: ended at once, without cleaning up; `referee report {}` makes reports of what was judged, `referee "
        "sweep {} --from {}` deletes what was pushed\n",
        (prepared.report_dir / "results.jsonl").string(), prepared.built_in ? "URL" : settings.client.base,
        prepared.report_dir.string()));
    return journal;
  } catch (const reports::CannotWrite& failure) {
    throw WrongUsage(failure.what());
  }
}

std::chrono::sys_seconds now_in_seconds() {
  return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::unique_ptr<PushedRecord> begin_pushed_record(const RunPlan& prepared) {
  if (prepared.built_in) return nullptr;
  const auto folder = prepared.report_dir.string();
  if (const auto before = pushed_records_in(prepared.report_dir).size(); before > 0) {
    complain(fmt::format("{} in {} left content behind: `referee sweep URL --from {}` deletes it",
                         before == 1 ? "an earlier run" : fmt::format("{} earlier runs", before), folder, folder));
  }
  const auto& settings = prepared.request.settings;
  return std::make_unique<PushedRecord>(prepared.report_dir,
                                        PushedBy{settings.run_id, settings.client.base, now_in_seconds()});
}

void close(PushedRecord& record, bool quiet) {
  const auto left = record.left();
  if (left == 0) {
    record.remove();
    return;
  }
  if (quiet || !record.is_whole()) return;
  complain(fmt::format("{} left behind: `referee sweep {} --from {}` deletes what the registry allows",
                       left == 1 ? "1 manifest or blob is" : fmt::format("{} manifests and blobs are", left),
                       record.by().target, record.path().string()));
}

void write_one(const Report& report, const reports::SavedRun& run) {
  if (report.path == "-") {
    print(reports::format_named(report.format).render(run));
  } else {
    reports::write_report(report.format, report.path, run);
  }
}

void write_one(const Report& report, const reports::Results& exploration) {
  const auto* format = reports::exploration_format(report.format);
  if (format == nullptr) {
    throw WrongUsage(fmt::format("an exploration has no report '{}'; it has {}", report.format,
                                 fmt::join(names_of(reports::exploration_formats()), ", ")));
  }
  if (report.path == "-") {
    print(format->render(exploration));
  } else {
    reports::write_file(report.path, format->render(exploration));
  }
}

void add_to_step_summary(const reports::SavedRun& run) {
  const auto path = environment("GITHUB_STEP_SUMMARY");
  if (!path) return;
  try {
    reports::add_step_summary(*path, run);
  } catch (const reports::CannotWrite& failure) {
    complain(failure.what());
  }
}

void Written::attempt(const std::function<void()>& write) {
  try {
    write();
  } catch (const reports::CannotWrite& failure) {
    failures.emplace_back(failure.what());
  }
}

Written write_all(const RunPlan& prepared, const reports::SavedRun& run) {
  Written written;
  written.attempt([&] {
    for (const auto& path : reports::write_report_dir(prepared.report_dir, run)) written.paths.push_back(path.string());
  });
  for (const auto& report : prepared.reports) {
    written.attempt([&] {
      write_one(report, run);
      if (report.path != "-") written.paths.push_back(report.path);
    });
  }
  add_to_step_summary(run);
  return written;
}

bool speaks_on_stdout(const std::vector<Report>& reports) {
  return std::ranges::any_of(reports,
                             [](const auto& report) { return report.path == "-" && report.format != "github"; });
}

void BothProgress::planned(const std::vector<spec::Edition>& editions, std::size_t checks) {
  for (auto* each : {first_, second_}) {
    if (each != nullptr) each->planned(editions, checks);
  }
}

void BothProgress::finished(const engine::CheckResult& result) {
  for (auto* each : {first_, second_}) {
    if (each != nullptr) each->finished(result);
  }
}

}  // namespace referee::cli
