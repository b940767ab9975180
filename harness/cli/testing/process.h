// Test support: the program as a process, with what it writes, ended at the latest when the object goes.
//
//   Process run({"run", "--built-in"});
//   EXPECT_THAT(run.wait(), Eq(0));
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "harness/cli/host/child_process.h"
#include "harness/testing/scratch_folder.h"

namespace referee::cli::testing {

/// What a process may take beyond what its test is about: starting, writing reports, a machine that does other things
/// too.
inline constexpr std::chrono::seconds kSlack{6};

class Process {
 public:
  /// Starts the program with those arguments, in a fresh folder. Of the variables of Referee and of the OCI suite it
  /// sees only the given ones.
  explicit Process(const std::vector<std::string>& arguments, const Variables& variables = {});
  /// The same with another program, by its name on the search path. Its exit code is 127 if there is none.
  static Process of(const std::string& program, const std::vector<std::string>& arguments);
  /// Kills it if it runs.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// The exit code; 128 and the signal's number if a signal ended it; -1 if it still runs after `limit`.
  int wait(std::chrono::milliseconds limit = std::chrono::seconds(60));
  void signal(int number) const;
  /// The most memory that it had at once while wait() looked at it, in bytes.
  std::size_t peak_memory() const { return peak_memory_; }
  /// What was written so far.
  std::string output() const;
  std::string errors() const;
  /// The first line on standard output that begins so, without that beginning; empty if none comes for 20 seconds.
  std::string line_after(const std::string& beginning) const;
  /// The folder that it runs in.
  std::string folder() const { return folder_.path().string(); }

 private:
  Process(const std::string& program, const std::vector<std::string>& arguments, const Variables& variables);

  ScratchFolder folder_;
  std::optional<Child> child_;  // nothing: there is no such program
  std::size_t peak_memory_ = 0;
};

/// Where the program is, for shells that start it.
std::string program_path();

/// A file's bytes; empty if it is not there.
std::string read_file(const std::string& path);

}  // namespace referee::cli::testing
