#include "harness/cli/host/hook.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace referee::cli {
namespace {

constexpr std::size_t kKept = 64 * 1024;
constexpr int kLookMs = 50;

struct Child {
  pid_t pid;
  int output;  // both its outputs
};

std::vector<char*> environment_with(std::string& variable) {
  std::vector<char*> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (std::strncmp(*entry, "REFEREE_PASSWORD=", 17) != 0) variables.push_back(*entry);
  }
  variables.push_back(variable.data());
  variables.push_back(nullptr);
  return variables;
}

// A process group of its own, so that what it starts can be ended with it.
Child start_hook(std::string command, const std::string& when) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe for the hook");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
  posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  std::string shell = "sh";
  std::string flag = "-c";
  std::string variable = "REFEREE_HOOK=" + when;
  char* arguments[] = {shell.data(), flag.data(), command.data(), nullptr};
  Child child{-1, ends[0]};
  const int error =
      posix_spawn(&child.pid, "/bin/sh", &actions, &attributes, arguments, environment_with(variable).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error == 0) return child;
  close(ends[0]);
  throw std::runtime_error(fmt::format("the hook cannot be started: {}", std::strerror(error)));
}

// Takes what can be read within a look; false at the end of the output.
bool read_some(int from, std::string& output) {
  pollfd ready{from, POLLIN, 0};
  if (poll(&ready, 1, kLookMs) <= 0) return true;
  char buffer[4096];
  const auto count = read(from, buffer, sizeof buffer);
  if (count <= 0) return false;
  if (output.size() < kKept) output.append(buffer, static_cast<std::size_t>(count));
  return true;
}

int status_of(int raw) { return WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw); }

engine::HookReport run(const std::string& command, const std::string& when, const std::atomic<bool>& interrupted,
                       std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  const Child child = start_hook(command, when);
  engine::HookReport report;
  int raw = 0;
  // What it left running in the background may hold its output open: the shell's own end decides.
  while (waitpid(child.pid, &raw, WNOHANG) == 0) {
    if (!read_some(child.output, report.output)) usleep(kLookMs * 1000 / 10);
    if (!interrupted && std::chrono::steady_clock::now() < end) continue;
    report.output += interrupted ? "\n(ended: interrupted)" : "\n(ended: it took too long)";
    kill(-child.pid, SIGKILL);
    waitpid(child.pid, &raw, 0);
    break;
  }
  pollfd ready{child.output, POLLIN, 0};
  while (poll(&ready, 1, 0) > 0 && read_some(child.output, report.output)) {
  }
  close(child.output);
  report.status = status_of(raw);
  return report;
}

}  // namespace

engine::Hook hook_of(const std::string& command, const std::atomic<bool>& interrupted,
                     std::chrono::milliseconds limit) {
  if (command.empty()) return {};
  return [command, &interrupted, limit](const std::string& when) { return run(command, when, interrupted, limit); };
}

}  // namespace referee::cli
