#include "harness/cli/credentials/credential_helper.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "harness/cli/exit_code.h"

namespace referee::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMost = 64 * 1024;  // bytes of an answer

// What the helper has no use for.
std::vector<char*> environment_without_secrets() {
  std::vector<char*> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const bool secret = std::strncmp(*entry, "REFEREE_", 8) == 0 || std::strncmp(*entry, "OCI_PASSWORD=", 13) == 0;
    if (!secret) variables.push_back(*entry);
  }
  variables.push_back(nullptr);
  return variables;
}

struct Helper {
  pid_t pid = -1;
  int input = -1;
  int output = -1;
  int error = 0;  // why it could not be started
};

Helper start(std::string program) {
  Helper helper;
  int to[2];
  int from[2];
  if (pipe2(to, O_CLOEXEC) != 0) return {-1, -1, -1, errno};
  if (pipe2(from, O_CLOEXEC) != 0) {
    const int error = errno;
    close(to[0]);
    close(to[1]);
    return {-1, -1, -1, error};
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], 0);
  posix_spawn_file_actions_adddup2(&actions, from[1], 1);
  std::string get = "get";
  char* arguments[] = {program.data(), get.data(), nullptr};
  helper.error =
      posix_spawnp(&helper.pid, program.c_str(), &actions, nullptr, arguments, environment_without_secrets().data());
  posix_spawn_file_actions_destroy(&actions);
  close(to[0]);
  close(from[1]);
  helper.input = to[1];
  helper.output = from[0];
  return helper;
}

// Reads until the end; false if the time is over or the answer is longer than any should be.
bool read_all(int from, Clock::time_point end, std::string& text) {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd ready{from, POLLIN, 0};
    if (left <= 0 || text.size() > kMost || poll(&ready, 1, static_cast<int>(left)) <= 0) return false;
    char buffer[4096];
    const auto count = read(from, buffer, sizeof buffer);
    if (count <= 0) return true;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

struct Ending {
  bool in_time;
  int status;
  std::string answer;
};

Ending converse(const Helper& helper, const std::string& host, std::chrono::milliseconds limit) {
  const std::string line = host + "\n";
  // A helper that does not read must not end the judge; a line fits into any pipe.
  void (*const before)(int) = std::signal(SIGPIPE, SIG_IGN);
  [[maybe_unused]] const auto written = write(helper.input, line.data(), line.size());
  std::signal(SIGPIPE, before);
  close(helper.input);
  Ending ending{true, 0, {}};
  ending.in_time = read_all(helper.output, Clock::now() + limit, ending.answer);
  close(helper.output);
  if (!ending.in_time) kill(helper.pid, SIGKILL);
  waitpid(helper.pid, &ending.status, 0);
  return ending;
}

}  // namespace

std::optional<HelperAnswer> ask_credential_helper(const std::string& name, const std::string& host,
                                                  std::chrono::milliseconds limit) {
  const std::string program = "docker-credential-" + name;
  if (name.empty() || name.find('/') != std::string::npos) {
    throw WrongUsage(fmt::format("'{}' is no name of a credential helper", name));
  }
  const Helper helper = start(program);
  if (helper.error != 0) {
    if (helper.input >= 0) close(helper.input);
    if (helper.output >= 0) close(helper.output);
    throw WrongUsage(fmt::format("the credential helper {} cannot be started ({}): install it, or use --no-creds",
                                 program, std::strerror(helper.error)));
  }
  const Ending ending = converse(helper, host, limit);
  if (!ending.in_time) {
    throw WrongUsage(fmt::format("the credential helper {} gave no answer within {} ms", program, limit.count()));
  }
  const bool succeeded = WIFEXITED(ending.status) && WEXITSTATUS(ending.status) == 0;
  if (!succeeded && ending.answer.find("credentials not found") != std::string::npos) return std::nullopt;
  if (!succeeded) throw WrongUsage(fmt::format("the credential helper {} failed for {}", program, host));
  const auto answer = nlohmann::json::parse(ending.answer, nullptr, false);
  if (!answer.is_object() || !answer.value("Secret", nlohmann::json()).is_string()) {
    throw WrongUsage(fmt::format("the credential helper {} gave an answer without a Secret", program));
  }
  const auto username = answer.value("Username", nlohmann::json());
  return HelperAnswer{username.is_string() ? username.get<std::string>() : "", answer["Secret"].get<std::string>()};
}

}  // namespace referee::cli
