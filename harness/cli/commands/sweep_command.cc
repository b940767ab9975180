// `referee sweep`: delete what runs left that could not clean up.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iostream>
#include <set>

#include "harness/cli/commands/commands.h"
#include "harness/cli/credentials/credentials.h"
#include "harness/cli/credentials/registry_access.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/prepare.h"
#include "harness/cli/options/target_url.h"
#include "harness/cli/sweeping/pushed_record.h"
#include "harness/cli/sweeping/search.h"
#include "harness/engine/session.h"

namespace referee::cli {
namespace {

namespace fs = std::filesystem;

struct Record {
  fs::path path;
  PushedBefore before;
};

std::vector<Record> records_of(const SweepOptions& options) {
  std::vector<Record> records;
  const auto now = std::chrono::system_clock::now();
  for (const auto& path : pushed_records_in(options.from)) {
    auto before = read_pushed_record(path);
    if (!options.run.empty() && before.by.run != options.run) continue;
    if (options.older_than.count() > 0 && now - before.by.started < options.older_than) continue;
    records.push_back({path, std::move(before)});
  }
  return records;
}

// The registry that the user names, else the one that all records name.
std::string target_of_sweep(const SweepOptions& options, const std::vector<Record>& records) {
  std::set<std::string> targets;
  for (const auto& record : records) targets.insert(record.before.by.target);
  if (!options.url.empty()) return target_of(options.url, options.shared.connection.plain_http).base;
  if (targets.size() == 1) return *targets.begin();
  if (targets.empty()) throw WrongUsage("missing URL: pass the URL of the registry");
  throw WrongUsage(fmt::format("the runs in {} pushed to several registries: pass one of {}", options.from,
                               fmt::join(targets, ", ")));
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string described(const std::vector<PushedItem>& items) {
  std::set<std::string> repositories;
  for (const auto& item : items) repositories.insert(item.repository);
  const auto manifests = static_cast<std::size_t>(std::ranges::count_if(items, &PushedItem::is_manifest));
  const auto count = repositories.size();
  return fmt::format("{} and {} in {} {}", counted(manifests, "manifest"), counted(items.size() - manifests, "blob"),
                     count, count == 1 ? "repository" : "repositories");
}

bool may_delete(const SweepOptions& options, const std::string& what, const std::string& target) {
  if (options.yes) return true;
  if (isatty(STDIN_FILENO) == 0) throw WrongUsage(fmt::format("pass --yes to delete {} at {}", what, target));
  print(fmt::format("Delete {} at {}? [y/N] ", what, target));
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

// Latest first, manifests before blobs, as a run cleans up.
std::vector<std::string> delete_all(const std::vector<PushedItem>& items, const http::ClientContext& context,
                                    const engine::Settings& settings) {
  engine::Session session(context, settings, nullptr, spec::Edition::kOci111, "sweep", 0);
  for (const auto& item : items) {
    const auto digest = oci::Digest::verbatim(item.digest);
    if (item.is_manifest) {
      session.pushed_manifest({item.repository}, digest);
    } else {
      session.pushed_blob({item.repository}, digest);
    }
  }
  return session.clean_up().leftovers;
}

int sweep(const SweepOptions& options, const std::vector<Record>& records, const engine::Settings& settings,
          const http::ClientContext& context) {
  const auto& target = settings.client.base;
  std::vector<PushedItem> items;
  if (!options.run.empty()) {
    http::Client client(context, settings.client);
    auto found = search(client, settings.prefix, options.run);
    if (!found.fault.empty()) complain(found.fault + ": only what a record names is deleted");
    items = std::move(found.items);
  }
  std::set<PushedItem> known(items.begin(), items.end());
  for (const auto& record : records) {
    if (record.before.by.target != target) {
      complain(fmt::format("{} is about {}: left alone", record.path.string(), record.before.by.target));
      continue;
    }
    for (const auto& item : record.before.items) {
      if (known.insert(item).second) items.push_back(item);
    }
  }
  const auto what = described(items);
  if (items.empty()) {
    print(fmt::format("Nothing is left at {}.\n", target));
  } else if (options.dry_run) {
    for (const auto& item : items) {
      print(fmt::format("{} {}@{}\n", item.is_manifest ? "manifest" : "blob    ", item.repository, item.digest));
    }
    print(fmt::format("{} would be deleted at {}.\n", what, target));
    return kDone;
  } else {
    if (!may_delete(options, what, target)) return kDone;
    const auto leftovers = delete_all(items, context, settings);
    for (const auto& line : leftovers) print("left: " + line + "\n");
    if (!leftovers.empty()) return kViolated;
    print(fmt::format("{} deleted at {}.\n", what, target));
  }
  for (const auto& record : records) {
    if (record.before.by.target == target && !options.dry_run) fs::remove(record.path);
  }
  return kDone;
}

}  // namespace

int sweep_command(const SweepOptions& options, const std::atomic<bool>& interrupted) {
  const auto records = records_of(options);
  if (records.empty() && options.run.empty()) {
    print(fmt::format("Nothing to do: no run has left a record in {}.\n", options.from));
    return kDone;
  }
  const auto settings = settings_of(options.shared, target_of_sweep(options, records), interrupted);
  const auto credentials = credentials_of(options.shared, settings.client.base, std::cin);
  end_cleanly_on_signals();
  const auto clock = http::system_clock();
  const Call call{.clock = *clock, .interrupted = interrupted, .before_exchange = {}};
  RegistryAccess access(options.shared.connection.network, settings.client, {.owner = credentials, .signer = {}}, call);
  const auto environment = access.environment();
  http::BodyStore bodies;
  std::atomic<std::uint64_t> sequence{0};
  const http::ClientContext context{.transport = environment.transport,
                                    .clock = environment.clock,
                                    .bodies = bodies,
                                    .authorizer = environment.authorizer,
                                    .sequence = sequence,
                                    .interrupted = &interrupted,
                                    .before_exchange = {},
                                    .secrets = environment.secrets};
  try {
    return sweep(options, records, settings, context);
  } catch (const http::TransportFault& fault) {
    if (interrupted) return kInterrupted;
    complain(fmt::format("{} could not be asked: {}", settings.client.base, fault.what()));
    return kNotJudged;
  }
}

}  // namespace referee::cli
