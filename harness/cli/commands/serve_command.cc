// `referee serve`: the reference registry in the foreground, honest or with defects, until a signal comes.
#include <fmt/format.h>

#include <thread>

#include "fixtures/registry/defect.h"
#include "fixtures/registry/proxy/pull_through.h"
#include "fixtures/registry/service/control.h"
#include "fixtures/registry/service/server.h"
#include "harness/cli/commands/commands.h"
#include "harness/cli/commands/serve_setup.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/host/signals.h"
#include "harness/cli/host/terminal.h"
#include "harness/cli/options/nearest.h"

namespace referee::cli {

int serve_command(const ServeOptions& options, const std::atomic<bool>& interrupted) {
  end_cleanly_on_signals();
  registry::Registry registry(behaviour_of(options), registry_options(options));
  std::optional<registry::PullThrough> cache;
  if (const auto upstream = upstream_of(options); !upstream.empty()) cache.emplace(registry, upstream);
  const auto answer = [&](const registry::Request& request) {
    return cache ? cache->handle(request) : registry.handle(request);
  };
  try {
    const registry::Server door(answer, {.port = options.port,
                                         .latency = options.latency,
                                         .threads = 64,
                                         .tls_certificate = options.tls_cert,
                                         .tls_key = options.tls_key});
    print(fmt::format("listening on {}://127.0.0.1:{}{}\n", registry.options().scheme, door.port(),
                      registry.options().base_path));
    std::unique_ptr<registry::Server> control_door;
    if (options.control) {
      const auto obey = [&](const registry::Request& request) { return registry::control(registry, request); };
      control_door = std::make_unique<registry::Server>(
          obey, registry::ServerOptions{
                    .port = *options.control, .latency = {}, .threads = 4, .tls_certificate = {}, .tls_key = {}});
      print(fmt::format("control on http://127.0.0.1:{}\n", control_door->port()));
    }
    while (!interrupted) std::this_thread::sleep_for(std::chrono::milliseconds(20));
  } catch (const registry::ServerError& failure) {
    throw WrongUsage(fmt::format("cannot serve: {}", failure.what()));
  }
  return kDone;
}

}  // namespace referee::cli
