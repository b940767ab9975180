// `referee explore`: put the probes to registries, all at the same time, and show the answers side by side.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>

#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/exploring/explore_plan.h"
#include "harness/cli/commands/exploring/exploring_line.h"
#include "harness/cli/commands/exploring/matrix_on_terminal.h"
#include "harness/cli/commands/outputs.h"
#include "harness/cli/credentials/credentials.h"
#include "harness/cli/credentials/registry_access.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/environment.h"
#include "harness/cli/host/rate_limit.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/host/tool.h"
#include "reports/exploration/exploration_files.h"
#include "reports/exploration/exploration_journal.h"
#include "reports/exploration/exploration_json.h"
#include "reports/writing/folder_lock.h"

namespace referee::cli {
namespace {

// Hands on what is heard of one registry: to the journal, and to the line where there is one.
class Heard : public engine::ExplorationProgress {
 public:
  Heard(std::size_t registry, reports::ExplorationJournal& journal, ExploringLine* line)
      : registry_(registry), journal_(journal), line_(line) {}

  void planned(const std::vector<spec::Edition>& /*editions*/, std::size_t questions) override {
    if (line_ != nullptr) line_->planned(registry_, questions);
  }
  void began(spec::ProbeId probe, spec::Edition edition) override {
    if (line_ != nullptr) line_->began(registry_, probe, edition);
  }
  void answered(const engine::ProbeResult& result) override {
    journal_.answered(registry_, result);
    if (line_ != nullptr) line_->answered(registry_, result);
  }

 private:
  std::size_t registry_;
  reports::ExplorationJournal& journal_;
  ExploringLine* line_;
};

// What all explorations of this call share.
struct World {
  const ExplorePlan& plan;
  const Call& call;
  reports::ExplorationJournal& journal;
  ExploringLine* line = nullptr;
  bool quiet = false;
};

engine::Exploration explore_one(std::size_t registry, const World& world) {
  const auto& plan = world.plan;
  engine::ExploreRequest request = plan.requests[registry];
  auto& settings = request.settings;
  PushedRecord pushed(plan.report_dir, {settings.run_id, settings.client.base, now_in_seconds()});
  Call call = world.call;
  call.pushed = &pushed;
  RegistryAccess access(plan.network, settings.client, {.owner = plan.owners[registry], .signer = plan.signer}, call);
  settings.identities = access.identities();
  Heard heard(registry, world.journal, world.line);
  auto seen = engine::explore(request, access.environment(), &heard);
  if (!world.quiet && world.line == nullptr) {
    complain(fmt::format("{}: {} answers in {:.0f} s", plan.title(registry), seen.observations.size(), seen.seconds));
  }
  close(pushed, world.quiet || world.line != nullptr);
  return seen;
}

// One hook serves all registries, and its collector may take them all away: then they take turns.
std::vector<engine::Exploration> explore_all(const World& world) {
  const auto& requests = world.plan.requests;
  std::vector<engine::Exploration> seen(requests.size());
  if (requests.front().settings.collect || requests.size() == 1) {
    for (std::size_t i = 0; i < requests.size(); ++i) seen[i] = explore_one(i, world);
    return seen;
  }
  std::vector<std::exception_ptr> failures(requests.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      threads.emplace_back([&, i] {
        try {
          seen[i] = explore_one(i, world);
        } catch (...) {
          failures[i] = std::current_exception();
        }
      });
    }
  }
  for (const auto& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
  return seen;
}

// So that after a crash no one takes the answers of an earlier exploration for new ones.
void remove_earlier(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& format : reports::exploration_formats()) {
    const auto path = folder / format.file;
    // Links and pipes are the user's, and are written into.
    const bool own = !format.file.empty() &&
                     std::filesystem::symlink_status(path, ignored).type() == std::filesystem::file_type::regular;
    if (own) std::filesystem::remove(path, ignored);
  }
}

std::unique_ptr<reports::ExplorationJournal> begin_journal(const ExplorePlan& plan) {
  remove_earlier(plan.report_dir);
  const auto path = plan.report_dir / "exploration.jsonl";
  auto journal = std::make_unique<reports::ExplorationJournal>(
      path, reports::ToolInfo{.version = tool_version(), .commit = tool_commit()});
  for (std::size_t i = 0; i < plan.requests.size(); ++i) {
    const auto& [name, settings, specs, probes] = plan.requests[i];
    engine::Exploration known;
    known.run_id = settings.run_id;
    known.started = std::chrono::time_point_cast<http::WallTime::duration>(std::chrono::system_clock::now());
    known.target_url = settings.client.base;
    known.target_name = name;
    known.seed = settings.seed;
    known.options = settings.shown_options;
    journal->begin(i, known);
  }
  say_if_ended_at_once(fmt::format(
      "\nreferee: ended at once, without cleaning up; `referee report {}` shows what was answered, `referee sweep URL "
      "--from {}` deletes what was pushed\n",
      path.string(), plan.report_dir.string()));
  return journal;
}

Written write_reports(const ExploreOptions& options, const ExplorePlan& plan, const reports::Results& exploration) {
  Written written;
  written.attempt([&] {
    for (const auto& path : reports::write_exploration(plan.report_dir, exploration)) {
      written.paths.push_back(path.string());
    }
  });
  for (const auto& report : options.reports) {
    written.attempt([&] {
      write_one(report, exploration);
      if (report.path != "-") written.paths.push_back(report.path);
    });
  }
  return written;
}

int exit_code(const std::vector<engine::Exploration>& seen, const std::atomic<bool>& interrupted) {
  if (interrupted) return kInterrupted;
  const bool all =
      std::ranges::all_of(seen, [](const auto& one) { return one.complete && one.not_explored_because.empty(); });
  return all ? kDone : kNotJudged;
}

// Where progress can be drawn over itself, and is wanted.
bool shows_progress(const Display& display) {
  return !display.quiet && !display.no_progress && ::isatty(STDERR_FILENO) == 1 &&
         environment("TERM").value_or("dumb") != "dumb";
}

}  // namespace

int explore_command(const ExploreOptions& options, const std::atomic<bool>& interrupted) {
  const ExplorePlan plan = explore_plan(options, interrupted);
  const reports::FolderLock lock(plan.report_dir);  // no other one writes there until this one has ended
  end_cleanly_on_signals();
  const auto clock = http::system_clock();
  std::unique_ptr<RateLimit> rate;
  Call call{.clock = *clock, .interrupted = interrupted, .before_exchange = {}};
  if (options.shared.rate > 0) {
    rate = std::make_unique<RateLimit>(options.shared.rate, *clock, &interrupted);
    call.before_exchange = [&rate] { rate->wait(); };
  }
  const auto journal = begin_journal(plan);
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < plan.requests.size(); ++i) titles.push_back(plan.title(i));
  const auto& display = options.shared.display;
  if (!display.quiet) complain(fmt::format("exploring {}", fmt::join(titles, ", ")));
  std::vector<engine::Exploration> seen;
  {
    ExploringLine line(titles, *clock, draw_over);
    const bool progress = shows_progress(display);
    const auto ticking = progress ? std::make_unique<Ticking>(line) : nullptr;
    seen = explore_all({.plan = plan,
                        .call = call,
                        .journal = *journal,
                        .line = progress ? &line : nullptr,
                        .quiet = display.quiet || display.no_progress});
  }
  const auto exploration = reports::exploration_json(seen, {.version = tool_version(), .commit = tool_commit()});
  const auto written = write_reports(options, plan, exploration);
  if (written.failures.empty()) journal->remove();
  if (!display.quiet && !speaks_on_stdout(options.reports)) {
    print(matrix_on_terminal(exploration, display.color, options.contradictions, written.paths));
  }
  for (const auto& failure : written.failures) complain(failure);
  return written.failures.empty() ? exit_code(seen, interrupted) : kWrongUsage;
}

}  // namespace referee::cli
