#include "harness/cli/testing/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace referee::cli::testing {
namespace {

constexpr std::chrono::milliseconds kLook{10};

std::string fresh_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "referee-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for the test");
  return name;
}

bool is_ours(std::string_view entry) { return entry.starts_with("REFEREE_") || entry.starts_with("OCI_"); }

std::vector<std::string> environment_with(const Process::Variables& variables) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!is_ours(*entry)) all.emplace_back(*entry);
  }
  for (const auto& [name, value] : variables) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const Variables& variables)
    : Process(REFEREE_PROGRAM, arguments, variables) {}

Process Process::of(const std::string& program, const std::vector<std::string>& arguments) {
  return {program, arguments, {}};
}

Process::Process(const std::string& program, const std::vector<std::string>& arguments, const Variables& variables)
    : folder_(fresh_folder()) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::string out = folder_ + "/stdout";
  const std::string err = folder_ + "/stderr";
  constexpr int kWrite = O_WRONLY | O_CREAT | O_TRUNC;
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), kWrite, 0600);
  posix_spawn_file_actions_addchdir_np(&actions, folder_.c_str());
  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  auto environment = environment_with(variables);
  const int error =
      posix_spawnp(&pid_, program.c_str(), &actions, nullptr, pointers(words).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT) {
    pid_ = -1;
    status_ = 127;
  } else if (error != 0) {
    throw std::runtime_error("cannot start " + program);
  }
}

namespace {

// The most memory that the process had at once up to now, in bytes; 0 once it has ended. What the system tells of a
// process that has ended counts the memory of the one that started it, too.
std::size_t peak_memory_of(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  }
  return 0;
}

}  // namespace

Process::~Process() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

int Process::wait(std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (pid_ > 0) {
    peak_memory_ = std::max(peak_memory_, peak_memory_of(pid_));
    int raw = 0;
    if (::waitpid(pid_, &raw, WNOHANG) == pid_) {
      pid_ = -1;
      status_ = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
    } else if (std::chrono::steady_clock::now() > end) {
      return -1;
    } else {
      std::this_thread::sleep_for(kLook);
    }
  }
  return status_;
}

void Process::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

std::string Process::output() const { return read_file(folder_ + "/stdout"); }

std::string Process::errors() const { return read_file(folder_ + "/stderr"); }

std::string Process::line_after(const std::string& beginning) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < end) {
    std::istringstream lines(output());
    for (std::string line; std::getline(lines, line) && !lines.eof();) {
      if (line.starts_with(beginning)) return line.substr(beginning.size());
    }
    std::this_thread::sleep_for(kLook);
  }
  return {};
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

}  // namespace referee::cli::testing
