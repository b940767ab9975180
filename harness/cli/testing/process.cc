#include "harness/cli/testing/process.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
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
constexpr int kNoSuchProgram = 127;

// Those of this process that would change what the program does are emptied, which counts as unset. Walks rest for
// seconds before they look again, so that a run has none unless its test asks for them.
Variables alone(Variables variables) {
  variables.emplace("REFEREE_WALKS", "0");
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (text.starts_with("REFEREE_") || text.starts_with("OCI_")) variables.emplace(text.substr(0, text.find('=')), "");
  }
  return variables;
}

// The most memory that the process had at once up to now, in bytes; 0 once it has ended. What the system reports of a
// process that has ended counts the memory of the one that started it, too.
std::size_t peak_memory_of(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoull(line.substr(6)) * 1024;
  }
  return 0;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments, const Variables& variables)
    : Process(REFEREE_PROGRAM, arguments, variables) {}

Process Process::of(const std::string& program, const std::vector<std::string>& arguments) {
  return {program, arguments, {}};
}

Process::Process(const std::string& program, const std::vector<std::string>& arguments, const Variables& variables) {
  try {
    child_.emplace(ChildProgram{.name = program,
                                .arguments = arguments,
                                .variables = alone(variables),
                                .folder = folder(),
                                .output_file = folder() + "/stdout",
                                .errors_file = folder() + "/stderr",
                                .own_group = false});
  } catch (const CannotStart& failure) {
    if (failure.error() != ENOENT) throw;
  }
}

Process::~Process() = default;

int Process::wait(std::chrono::milliseconds limit) {
  if (!child_) return kNoSuchProgram;
  const auto end = std::chrono::steady_clock::now() + limit;
  for (;;) {
    peak_memory_ = std::max(peak_memory_, peak_memory_of(child_->id()));
    if (const auto status = child_->status()) return status->shell_code();
    if (std::chrono::steady_clock::now() > end) return -1;
    std::this_thread::sleep_for(kLook);
  }
}

void Process::signal(int number) const {
  if (child_) child_->signal(number);
}

std::string Process::output() const { return read_file(folder() + "/stdout"); }

std::string program_path() { return REFEREE_PROGRAM; }

std::string Process::errors() const { return read_file(folder() + "/stderr"); }

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
