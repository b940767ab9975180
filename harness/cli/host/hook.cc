#include "harness/cli/host/hook.h"

#include "harness/cli/host/child_process.h"

namespace referee::cli {

engine::Hook hook_of(const std::string& command, const std::atomic<bool>& interrupted,
                     std::chrono::milliseconds limit) {
  if (command.empty()) return {};
  return [command, &interrupted, limit](const std::string& when) {
    auto ending = run_child({.name = "/bin/sh",
                             .arguments = {"-c", command},
                             .variables = {{"REFEREE_HOOK", when}},
                             .errors_belong_to_output = true},
                            {.time = limit, .keeps_end = true, .interrupted = &interrupted});
    if (ending.interrupted) ending.output += "\n(ended: interrupted)";
    if (ending.timed_out) ending.output += "\n(ended: it took too long)";
    return engine::HookReport{ending.status.shell_code(), std::move(ending.output)};
  };
}

}  // namespace referee::cli
