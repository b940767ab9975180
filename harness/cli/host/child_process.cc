#include "harness/cli/host/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <thread>
#include <utility>

namespace referee::cli {
namespace {

constexpr std::chrono::milliseconds kReadingLook{50};
constexpr std::size_t kPiece = 4096;
constexpr int kPiecesInAPipe = 256;                  // at most: 1 MiB
constexpr std::chrono::milliseconds kEndingLook{5};  // once the output has ended, only the process is waited for

// Neither end outlives an exec, so that no other child holds it open.
class Pipe {
 public:
  explicit Pipe(const std::string& program) {
    if (pipe2(ends_, O_CLOEXEC) != 0) throw CannotStart(program, errno);
  }
  ~Pipe() {
    for (const int end : ends_) {
      if (end >= 0) close(end);
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  int take_reading() { return std::exchange(ends_[0], -1); }

 private:
  int ends_[2] = {-1, -1};
};

// What happens between fork and exec.
class SpawnPlan {
 public:
  explicit SpawnPlan(bool own_group) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);  // the program ignores it, its children should not
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    const int group = own_group ? POSIX_SPAWN_SETPGROUP : 0;
    posix_spawnattr_setflags(&attributes_, static_cast<short>(group | POSIX_SPAWN_SETSIGDEF));
  }
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  void connect(int from, int to) { posix_spawn_file_actions_adddup2(&actions_, from, to); }
  void read_from(const char* path) { posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, path, O_RDONLY, 0); }
  void write_to(const std::string& path, int as) {
    posix_spawn_file_actions_addopen(&actions_, as, path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  }
  void run_in(const std::string& folder) { posix_spawn_file_actions_addchdir_np(&actions_, folder.c_str()); }

  // Returns an errno.
  int spawn(const ChildProgram& program, pid_t& id) const {
    std::vector<std::string> words = {program.name};
    words.insert(words.end(), program.arguments.begin(), program.arguments.end());
    auto environment = child_environment(program.variables);
    return posix_spawnp(&id, program.name.c_str(), &actions_, &attributes_, pointers(words).data(),
                        pointers(environment).data());
  }

 private:
  static std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
  }

  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// Before the start, while both ends are open: a program that does not read raises no SIGPIPE.
void put_input(const Pipe& pipe, const ChildProgram& program) {
  fcntl(pipe.writing(), F_SETFL, O_NONBLOCK);
  const auto written = write(pipe.writing(), program.input.data(), program.input.size());
  if (written != static_cast<ssize_t>(program.input.size())) throw CannotStart(program.name, E2BIG);
}

void keep(std::string_view piece, const ChildLimits& limits, ChildEnding& ending) {
  const std::size_t most = limits.output;
  if (!limits.keeps_end) {
    const auto kept = piece.substr(0, most - ending.output.size());
    ending.output += kept;
    ending.cut = ending.cut || kept.size() < piece.size();
    return;
  }
  ending.output += piece;
  if (ending.output.size() <= most) return;
  static constexpr std::string_view kGap = "\n[...]\n";
  const std::size_t head = most / 4;
  const std::size_t gap = ending.cut ? kGap.size() : 0;  // it is there already, and goes with what follows it
  ending.output.replace(head, ending.output.size() - most + gap, kGap);
  ending.cut = true;
}

// Takes one piece of what was written, if any comes in that time. False at the end of the output.
bool read_piece(int from, std::chrono::milliseconds wait, const ChildLimits& limits, ChildEnding& ending) {
  pollfd ready{from, POLLIN, 0};
  if (poll(&ready, 1, static_cast<int>(wait.count())) <= 0) return true;
  char buffer[kPiece];
  const auto count = read(from, buffer, sizeof buffer);
  if (count <= 0) return count < 0 && errno == EINTR;
  keep({buffer, static_cast<std::size_t>(count)}, limits, ending);
  return true;
}

bool has_more(int from) {
  pollfd ready{from, POLLIN, 0};
  return poll(&ready, 1, 0) > 0;
}

}  // namespace

CannotStart::CannotStart(const std::string& program, int error)
    : std::runtime_error(fmt::format("{} cannot be started: {}", program, std::strerror(error))), error_(error) {}

Child::Child(const ChildProgram& program) : own_group_(program.own_group) {
  SpawnPlan plan(own_group_);
  std::optional<Pipe> input;
  std::optional<Pipe> output;
  if (program.input.empty()) {
    plan.read_from("/dev/null");
  } else {
    put_input(input.emplace(program.name), program);
    plan.connect(input->reading(), STDIN_FILENO);
  }
  if (program.output_file.empty()) {
    plan.connect(output.emplace(program.name).writing(), STDOUT_FILENO);
  } else {
    plan.write_to(program.output_file, STDOUT_FILENO);
  }
  if (program.errors_belong_to_output) {
    plan.connect(STDOUT_FILENO, STDERR_FILENO);
  } else if (!program.errors_file.empty()) {
    plan.write_to(program.errors_file, STDERR_FILENO);
  }
  if (!program.folder.empty()) plan.run_in(program.folder);
  if (const int error = plan.spawn(program, id_); error != 0) throw CannotStart(program.name, error);
  if (output) output_ = output->take_reading();
}

Child::~Child() {
  if (!status()) kill();
  if (output_ >= 0) close(output_);
}

void Child::take(int raw) {
  status_ = WIFSIGNALED(raw) ? ExitStatus{.signal = WTERMSIG(raw)} : ExitStatus{.code = WEXITSTATUS(raw)};
}

std::optional<ExitStatus> Child::status() {
  int raw = 0;
  if (!status_ && waitpid(id_, &raw, WNOHANG) == id_) take(raw);
  return status_;
}

ExitStatus Child::kill() {
  if (status_) return *status_;
  ::kill(own_group_ ? -id_ : id_, SIGKILL);
  int raw = 0;
  while (waitpid(id_, &raw, 0) < 0 && errno == EINTR) {
  }
  take(raw);
  return *status_;
}

void Child::signal(int number) const {
  if (!status_) ::kill(id_, number);
}

ChildEnding run_child(const ChildProgram& program, const ChildLimits& limits) {
  const auto end = std::chrono::steady_clock::now() + limits.time;
  Child child(program);
  ChildEnding ending;
  bool open = child.output() >= 0;
  while (!child.status()) {
    if (open) {
      open = read_piece(child.output(), kReadingLook, limits, ending);
    } else {
      std::this_thread::sleep_for(kEndingLook);
    }
    ending.interrupted = limits.interrupted != nullptr && *limits.interrupted;
    ending.timed_out = std::chrono::steady_clock::now() >= end;
    if (ending.interrupted || ending.timed_out) break;
  }
  ending.interrupted = ending.interrupted && !child.status();
  ending.timed_out = ending.timed_out && !child.status();
  ending.status = child.kill();
  // What is there already. Something in the background may write without end.
  int pieces = 0;
  while (open && (limits.keeps_end ? ++pieces <= kPiecesInAPipe : !ending.cut) && has_more(child.output())) {
    open = read_piece(child.output(), {}, limits, ending);
  }
  return ending;
}

}  // namespace referee::cli
