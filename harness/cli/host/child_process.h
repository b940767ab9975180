// Child processes: an operator's hook, a credential helper, the program itself in its tests. All are started here, with
// the environment of child_environment().
//
//   const ChildProgram cleaner{.name = "sh", .arguments = {"-c", "make clean"}};
//   const auto ending = run_child(cleaner, {.time = std::chrono::minutes(1)});
//   if (ending.status.succeeded()) use(ending.output);
#pragma once

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/cli/host/environment.h"

namespace referee::cli {

struct ChildProgram {
  std::string name;  // a path, or a name that is looked for in PATH
  std::vector<std::string> arguments = {};
  Variables variables = {};              // set in its environment
  std::string folder = {};               // where it runs; empty: where this process does
  std::string input = {};                // what it reads on standard input, 4 KiB at most
  std::string output_file = {};          // takes its standard output; empty: the parent reads it
  std::string errors_file = {};          // takes its standard error; empty: this process's standard error
  bool errors_belong_to_output = false;  // both outputs go where the first one goes
  bool own_group = true;                 // false: what ends it spares what it started, and it may use the terminal
};

/// How a process ended.
struct ExitStatus {
  int code = 0;    // what it returned
  int signal = 0;  // what ended it; 0: nothing did

  bool succeeded() const { return code == 0 && signal == 0; }
  /// One number, as a shell has it: 128 and the signal's number, or the code.
  int shell_code() const { return signal != 0 ? 128 + signal : code; }
};

/// The message names the program and says why.
class CannotStart : public std::runtime_error {
 public:
  CannotStart(const std::string& program, int error);
  int error() const { return error_; }  // as errno has it; ENOENT: there is no such program

 private:
  int error_;
};

/// A process from its start to its end. For one thread.
class Child {
 public:
  /// Throws CannotStart.
  explicit Child(const ChildProgram& program);
  /// Kills it if it runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// How it ended; nothing while it runs. Does not wait.
  std::optional<ExitStatus> status();
  /// Kills it, with everything in its group if that is its own, and waits for its end.
  ExitStatus kill();
  /// Only to the process; nothing once status() has seen its end.
  void signal(int number) const;
  /// -1 once status() has seen its end.
  pid_t id() const { return status_ ? -1 : id_; }
  /// A descriptor to read its output from, which belongs to the child; -1 where that goes into a file.
  int output() const { return output_; }

 private:
  void take(int raw);

  bool own_group_;
  pid_t id_ = -1;
  int output_ = -1;
  std::optional<ExitStatus> status_;
};

struct ChildLimits {
  std::chrono::milliseconds time;                  // then it is killed
  std::size_t output = 64 * 1024;                  // bytes that are kept
  bool keeps_end = false;                          // and those of the middle go first; else those of the end
  const std::atomic<bool>* interrupted = nullptr;  // once it is set, it is killed; may be null
};

struct ChildEnding {
  ExitStatus status;
  std::string output;
  bool cut = false;  // it wrote more than was kept
  bool timed_out = false;
  bool interrupted = false;
};

/// Runs it to its end, which is that of the program itself: what it leaves running in the background is not waited for,
/// whether or not that still holds the output open. Throws CannotStart.
ChildEnding run_child(const ChildProgram& program, const ChildLimits& limits);

}  // namespace referee::cli
