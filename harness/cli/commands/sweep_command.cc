// `referee sweep`: delete what runs left that could not clean up.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <set>

#include "harness/cli/commands/commands.h"
#include "harness/cli/credentials/credentials.h"
#include "harness/cli/credentials/registry_access.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/rate_limit.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/prepare.h"
#include "harness/cli/options/target_url.h"
#include "harness/cli/sweeping/pushed_record.h"
#include "harness/cli/sweeping/search.h"
#include "harness/engine/upkeep/deletion.h"
#include "harness/engine/wording/wording.h"
#include "harness/http/syntax/url.h"
#include "reports/plain_text.h"
#include "reports/saved/results.h"
#include "reports/writing/folder_lock.h"

namespace referee::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestShown = 300;

// What a file or a registry says, as a terminal may show it.
std::string shown(std::string_view text) { return reports::one_line(text, kLongestShown); }

struct Record {
  fs::path path;
  PushedBefore before;
};

// Of the runs that are meant. One that cannot be read keeps no other back, except where it is the one that was named.
std::vector<Record> records_of(const SweepOptions& options) {
  std::vector<Record> records;
  const auto now = std::chrono::system_clock::now();
  for (const auto& path : pushed_records_in(options.from)) {
    try {
      auto before = read_pushed_record(path);
      if (!options.run.empty() && before.by.run != options.run) continue;
      if (options.older_than.count() > 0 && now - before.by.started < options.older_than) continue;
      records.push_back({path, std::move(before)});
    } catch (const reports::CannotRead& failure) {
      if (path == options.from) throw;
      complain(failure.what());
    }
  }
  return records;
}

void check(const SweepOptions& options) {
  if (!options.run.empty() && options.older_than.count() > 0) {
    throw WrongUsage("--run names one run: leave out --older-than");
  }
  if (options.run.empty() && options.from_given && !fs::exists(options.from)) {
    throw WrongUsage(fmt::format("--from: {} does not exist", options.from));
  }
}

[[noreturn]] void want_url(const std::vector<Record>& records) {
  std::set<std::string> targets;
  for (const auto& record : records) targets.insert(shown(record.before.by.target));
  throw WrongUsage(targets.empty() ? "missing URL: pass the URL of the registry"
                                   : fmt::format("missing URL: the runs pushed to {}", fmt::join(targets, ", ")));
}

std::string described(const std::vector<PushedItem>& items) {
  std::set<std::string> repositories;
  for (const auto& item : items) repositories.insert(item.repository);
  const auto manifests = static_cast<std::size_t>(std::ranges::count_if(items, &PushedItem::is_manifest));
  using engine::counted;
  return fmt::format("{} and {} in {}", counted(manifests, "manifest"), counted(items.size() - manifests, "blob"),
                     counted(repositories.size(), "repository"));
}

bool may_delete(const SweepOptions& options, const std::string& what, const std::string& target) {
  if (options.yes) return true;
  if (isatty(STDIN_FILENO) == 0) throw WrongUsage(fmt::format("pass --yes to delete {} at {}", what, target));
  print(fmt::format("Delete {} at {}? [y/N] ", what, target));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

// What is to be deleted, in the order of pushing, and whether that may not be all.
struct Plan {
  std::vector<PushedItem> items;
  std::vector<fs::path> records;
  bool partial = false;
};

Plan plan_of(const SweepOptions& options, const std::vector<Record>& records, http::Client& client,
             const std::string& prefix) {
  Plan plan;
  if (!options.run.empty()) {
    auto found = search(client, prefix, options.run);
    plan.partial = !found.fault.empty();
    if (plan.partial) complain(shown(found.fault) + ": the catalogue does not say all that the run left");
    plan.items = std::move(found.items);
  }
  std::set<PushedItem> known(plan.items.begin(), plan.items.end());
  for (const auto& [path, before] : records) {
    if (before.by.target != client.base()) {
      complain(fmt::format("{} is about {}: left alone", path.string(), shown(before.by.target)));
      plan.partial = true;
      continue;
    }
    plan.records.push_back(path);
    for (const auto& item : before.items) {
      if (known.insert(item).second) plan.items.push_back(item);
    }
  }
  return plan;
}

// Latest first, manifests before blobs, so that nothing is deleted while something still names it. Returns what stays,
// by the reason. Throws TransportFault.
std::map<std::string, std::size_t> delete_all(std::vector<PushedItem> items, http::Client& client) {
  std::ranges::reverse(items);
  std::ranges::stable_partition(items, &PushedItem::is_manifest);
  std::map<std::string, std::size_t> kept;
  for (const auto& item : items) {
    const auto why = engine::why_kept(
        client, fmt::format("{}/v2/{}/{}/{}", client.base(), item.repository, item.is_manifest ? "manifests" : "blobs",
                            http::percent_encode(item.digest, ":")));
    client.take_exchanges();  // or they would fill the memory
    if (!why.empty()) ++kept[fmt::format("{}: {}", shown(item.repository), why)];
  }
  return kept;
}

void show(const std::vector<PushedItem>& items) {
  for (const auto& item : items) {
    print(fmt::format("{} {}@{}\n", item.is_manifest ? "manifest" : "blob    ", shown(item.repository),
                      shown(item.digest)));
  }
}

int sweep(const SweepOptions& options, const Plan& plan, http::Client& client) {
  const auto what = described(plan.items);
  const auto& target = client.base();
  if (!plan.items.empty()) {
    if (options.dry_run) {
      show(plan.items);
      print(fmt::format("{} would be deleted at {}.\n", what, target));
      return plan.partial ? kViolated : kDone;
    }
    if (!may_delete(options, what, target)) return kViolated;
    end_cleanly_on_signals();
    const auto kept = delete_all(plan.items, client);
    for (const auto& [why, count] : kept) print(fmt::format("left: {} in {}\n", count, why));
    if (!kept.empty()) return kViolated;
    print(fmt::format("{} deleted at {}.\n", what, target));
  } else if (!plan.partial) {
    print(fmt::format("Nothing is left at {}.\n", target));
  }
  for (const auto& path : plan.records) {
    if (!options.dry_run) fs::remove(path);
  }
  return plan.partial ? kViolated : kDone;
}

}  // namespace

int sweep_command(const SweepOptions& options, const std::atomic<bool>& interrupted) {
  check(options);
  // A run that goes on holds its folder: what it pushed is still needed.
  std::unique_ptr<reports::FolderLock> lock;
  if (const fs::path from = options.from; !options.dry_run && fs::exists(from)) {
    const auto folder = fs::is_directory(from) ? from : from.parent_path();
    lock = std::make_unique<reports::FolderLock>(folder.empty() ? fs::path(".") : folder);
  }
  const auto records = records_of(options);
  if (records.empty() && options.run.empty()) {
    print(fmt::format("Nothing to do: no run has left a record in {}.\n", options.from));
    return kDone;
  }
  if (options.url.empty()) want_url(records);
  const auto base = target_of(options.url, options.shared.connection.plain_http).base;
  const auto settings = settings_of(options.shared, base, interrupted);
  const auto credentials = credentials_of(options.shared, base, std::cin);
  const auto clock = http::system_clock();
  Call call{.clock = *clock, .interrupted = interrupted, .before_exchange = {}};
  std::unique_ptr<RateLimit> rate;
  if (options.shared.rate > 0) {
    rate = std::make_unique<RateLimit>(options.shared.rate, *clock, &interrupted);
    call.before_exchange = [&rate] { rate->wait(); };
  }
  RegistryAccess access(options.shared.connection.network, settings.client, {.owner = credentials, .signer = {}}, call);
  const auto environment = access.environment();
  http::BodyStore bodies;
  std::atomic<std::uint64_t> sequence{0};
  http::Client client({.transport = environment.transport,
                       .clock = environment.clock,
                       .bodies = bodies,
                       .authorizer = environment.authorizer,
                       .sequence = sequence,
                       .interrupted = &interrupted,
                       .before_exchange = call.before_exchange,
                       .secrets = environment.secrets},
                      settings.client);
  try {
    return sweep(options, plan_of(options, records, client, settings.prefix), client);
  } catch (const http::TransportFault& fault) {
    if (interrupted) return kInterrupted;
    complain(fmt::format("{} could not be asked: {}", base, fault.what()));
    return kNotJudged;
  }
}

}  // namespace referee::cli
