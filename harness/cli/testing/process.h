// Test support: the program as a process, with what it writes, ended at the latest when the object goes.
//
//   Process run({"run", "--built-in"});
//   EXPECT_THAT(run.wait(), Eq(0));
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace referee::cli::testing {

class Process {
 public:
  using Variables = std::map<std::string, std::string>;

  /// Starts the program with those arguments, in a fresh folder of its own. Variables of Referee and of the OCI suite
  /// are taken from the environment first.
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
  const std::string& folder() const { return folder_; }

 private:
  Process(const std::string& program, const std::vector<std::string>& arguments, const Variables& variables);

  std::string folder_;
  pid_t pid_ = -1;
  int status_ = -1;
  std::size_t peak_memory_ = 0;
};

/// A file's bytes; empty if it is not there.
std::string read_file(const std::string& path);

}  // namespace referee::cli::testing
