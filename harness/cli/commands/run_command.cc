// `referee run`: judge a registry, write the reports, print the verdict.
#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include "harness/cli/commands/baseline_plan.h"
#include "harness/cli/commands/built_in.h"
#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/hunting/hunt.h"
#include "harness/cli/commands/merge.h"
#include "harness/cli/commands/outputs.h"
#include "harness/cli/credentials/registry_access.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/malloc_tuning.h"
#include "harness/cli/host/rate_limit.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/host/tool.h"
#include "harness/cli/options/prepare.h"
#include "reports/formats/console.h"
#include "reports/saved/saved_run.h"
#include "reports/saved/seal.h"
#include "reports/writing/folder_lock.h"
#include "reports/writing/progress.h"

namespace referee::cli {
namespace {

// What all runs of this call share.
struct World {
  const RunPlan& prepared;
  const Call& call;
  engine::Progress* progress;
  bool quiet = false;
};

engine::RunResult judge(engine::RunRequest request, const World& world) {
  RegistryAccess access(world.prepared.network, request.settings.client,
                        {.owner = world.prepared.credentials, .signer = world.prepared.signer}, world.call);
  request.settings.identities = access.identities();
  auto result = engine::run(request, access.environment(), world.progress);
  add_exchanges(result, access.take_exchanges(), access.bodies());
  return result;
}

// The run timeout is one for all parts.
engine::RunResult judge_built_in(const World& world) {
  const auto begin = world.call.clock.now();
  const auto timeout = world.prepared.request.settings.run_timeout;
  std::vector<engine::RunResult> parts;
  for (const auto& part : built_in_plan(world.prepared.request.specs)) {
    const BuiltInRegistry registry(part);
    auto request = world.prepared.request;
    request.specs = part;
    request.settings.named_editions = part.named;
    request.settings.client.base = registry.url();
    if (timeout.count() > 0) {
      const auto spent = std::chrono::duration_cast<Milliseconds>(world.call.clock.now() - begin);
      request.settings.run_timeout = std::max(Milliseconds(1), timeout - spent);
    }
    parts.push_back(judge(std::move(request), world));
  }
  return merge(std::move(parts));
}

engine::RunResult judge(const World& world) {
  return world.prepared.built_in ? judge_built_in(world) : judge(world.prepared.request, world);
}

int exit_code(const engine::RunResult& result, const std::atomic<bool>& interrupted) {
  if (interrupted) return kInterrupted;
  switch (result.verdict()) {
    case engine::RunVerdict::kConformant:
      return kDone;
    case engine::RunVerdict::kNonConformant:
      return kViolated;
    case engine::RunVerdict::kNotJudged:
      break;
  }
  return kNotJudged;
}

// Rounds of walks, each of which goes other ways; the result is that of the first one in which something is wrong, else
// of the last.
engine::RunResult hunt(RunPlan& prepared, const World& world, Milliseconds length) {
  Hunt hunt(prepared.request.settings, length, world.call.clock);
  while (true) {
    auto result = judge(world);
    const bool ended = hunt.ends_with(result) || world.call.interrupted;
    if (!world.quiet) complain(hunt.line(result));
    if (ended) return result;
    hunt.next(prepared.request.settings);
  }
}

void announce(const RunPlan& prepared) {
  for (const auto& note : prepared.notes) complain(note);
  const auto& settings = prepared.request.settings;
  complain(fmt::format("seed {}, run {}, repositories {}", settings.seed, settings.run_id,
                       settings.existing_repos.empty() ? fmt::format("{}/{}-*", settings.prefix, settings.run_id)
                                                       : fmt::format("{}", fmt::join(settings.existing_repos, ", "))));
}

}  // namespace

int run_command(const RunOptions& options, const std::atomic<bool>& interrupted) {
  const auto plan = baseline_plan(options);
  RunPlan prepared = prepare(options, std::cin, interrupted);
  if (options.walk_for) take_walks_alone(prepared.request);
  if (!options.sign_key.empty()) reports::can_sign_with(options.sign_key);
  if (!options.shared.display.quiet) announce(prepared);

  const auto clock = http::system_clock();
  std::unique_ptr<RateLimit> rate;
  if (prepared.rate > 0) rate = std::make_unique<RateLimit>(prepared.rate, *clock, &interrupted);
  auto progress = reports::progress_on(2, !options.shared.display.quiet && !options.shared.display.no_progress, *clock);
  const reports::FolderLock lock(prepared.report_dir);  // no second run writes there until this one has ended
  end_cleanly_on_signals();
  const auto journal = begin_journal(prepared);
  BothProgress heard(progress.get(), journal.get());
  const auto pushed = begin_pushed_record(prepared);
  Call call{.clock = *clock, .interrupted = interrupted, .before_exchange = {}, .pushed = pushed.get()};
  if (rate) call.before_exchange = [&rate] { rate->wait(); };
  const World world{.prepared = prepared,
                    .call = call,
                    .progress = options.walk_for ? nullptr : &heard,
                    .quiet = options.shared.display.quiet};
  int verdict = kNotJudged;
  auto run = [&] {
    auto result = options.walk_for ? hunt(prepared, world, *options.walk_for) : judge(world);
    progress.reset();
    verdict = exit_code(result, interrupted);
    return reports::saved_run(std::move(result), {.version = tool_version(), .commit = tool_commit()});
  }();
  trim_malloc();
  auto judged_with = prepared.request.settings;
  if (!prepared.signer.username.empty()) judged_with.identities = {{"signer", nullptr}, {"anonymous", nullptr}};
  run.settings = std::move(judged_with);
  const int code = gated(plan, run, verdict);
  update_baseline(plan, run);
  if (options.sign_key.empty()) {
    reports::seal(run);
  } else {
    reports::sign(run, options.sign_key);
  }
  auto written = write_all(prepared, run);
  if (!options.submission.empty()) {
    written.attempt([&] {
      for (const auto& path : reports::write_submission(options.submission, options.product, run)) {
        written.paths.push_back(path.string());
      }
    });
  }
  if (written.failures.empty()) journal->remove();
  if (!options.shared.display.quiet && !speaks_on_stdout(prepared.reports)) {
    print(reports::console_text(run, {.color = wants_color(options.shared.display.color), .written = written.paths}));
  }
  if (pushed) close(*pushed, options.shared.display.quiet);
  for (const auto& failure : written.failures) complain(failure);
  return written.failures.empty() ? code : kWrongUsage;
}

}  // namespace referee::cli
