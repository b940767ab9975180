// The operator's own commands: collect garbage, restart the registry.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "harness/engine/settings.h"

namespace referee::cli {

/// Runs the command by `sh -c`, without Referee's secrets (child_environment()) and with REFEREE_HOOK set to what the
/// hook is called for. Hands on its exit status (128 and the signal's number if one ended it) and what it wrote to
/// either output, 64 KiB at most, the beginning and the end. It is ended after `limit` or when `interrupted` rises,
/// with everything that it started. Empty for an empty command. The hook throws CannotStart if it finds no shell.
engine::Hook hook_of(const std::string& command, const std::atomic<bool>& interrupted,
                     std::chrono::milliseconds limit = std::chrono::minutes(10));

}  // namespace referee::cli
