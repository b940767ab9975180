#include "harness/cli/host/child_process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "harness/cli/testing/scoped_variable.h"

namespace referee::cli {
namespace {

using ::testing::AllOf;
using ::testing::Eq;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;
using testing::ScopedVariable;
using ::testing::SizeIs;
using ::testing::StartsWith;
using ::testing::ThrowsMessage;

constexpr std::chrono::seconds kLong{60};   // no test waits so long unless it fails
constexpr std::chrono::seconds kSlack{20};  // a machine that does other things too

ChildProgram shell(const std::string& script) { return {.name = "sh", .arguments = {"-c", script}}; }

ChildEnding ran(const ChildProgram& program) { return run_child(program, {.time = kLong}); }

// Whether everything that inherited the other end has gone.
bool closes(int reading_end) {
  pollfd ready{reading_end, POLLIN, 0};
  return poll(&ready, 1, std::chrono::milliseconds(kLong).count()) == 1 && (ready.revents & POLLHUP) != 0;
}

// A pipe that every child inherits.
class Watch {
 public:
  Watch() { EXPECT_THAT(pipe(ends_), Eq(0)); }
  ~Watch() { close(ends_[0]); }
  // True once neither this process nor any child holds the pipe.
  bool sees_the_end() {
    close(ends_[1]);
    return closes(ends_[0]);
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST(RunChild, TellsTheExitStatusAndBothOutputs) {
  auto program = shell("echo out; echo err >&2; exit 3");
  program.errors_belong_to_output = true;
  const auto ending = ran(program);
  EXPECT_THAT(ending.status.code, Eq(3));
  EXPECT_THAT(ending.status.shell_code(), Eq(3));
  EXPECT_FALSE(ending.status.succeeded());
  EXPECT_THAT(ending.output, Eq("out\nerr\n"));
  EXPECT_FALSE(ending.cut || ending.timed_out || ending.interrupted);
}

TEST(RunChild, TellsTheSignalThatEndedIt) {
  const auto ending = ran(shell("kill -TERM $$"));
  EXPECT_THAT(ending.status.signal, Eq(SIGTERM));
  EXPECT_THAT(ending.status.shell_code(), Eq(128 + SIGTERM));
  EXPECT_FALSE(ending.status.succeeded());
}

TEST(RunChild, NamesAProgramThatIsNotThere) {
  EXPECT_THAT([] { ran({.name = "referee-no-such-program"}); },
              ThrowsMessage<CannotStart>(AllOf(StartsWith("referee-no-such-program"), HasSubstr("No such file"))));
  try {
    ran({.name = "/nonexistent/program"});
    ADD_FAILURE() << "started";
  } catch (const CannotStart& failure) {
    EXPECT_THAT(failure.error(), Eq(ENOENT));
  }
}

TEST(RunChild, GivesTheInputAndAnEndOfIt) {
  auto program = shell("cat");
  program.input = "line\n";
  EXPECT_THAT(ran(program).output, Eq("line\n"));
  EXPECT_THAT(ran(shell("cat")).output, Eq(""));
}

TEST(RunChild, SurvivesAProgramThatDoesNotRead) {
  auto program = shell("exec <&-; exit 0");
  program.input = "unread\n";
  EXPECT_TRUE(ran(program).status.succeeded());
}

TEST(RunChild, PassesNoSecretOn) {
  const ScopedVariable password("REFEREE_PASSWORD", "s3cret");
  const ScopedVariable oci("OCI_PASSWORD", "s3cret");
  auto program = shell("env");
  program.variables = {{"REFEREE_HOOK", "before"}};
  EXPECT_THAT(ran(program).output,
              AllOf(Not(HasSubstr("s3cret")), HasSubstr("PATH="), HasSubstr("REFEREE_HOOK=before")));
}

TEST(RunChild, KeepsNoMoreThanTheBoundOfItsOutput) {
  const auto ending = run_child(shell("head -c 100000 /dev/zero"), {.time = kLong, .output = 1000});
  EXPECT_THAT(ending.output, SizeIs(1000));
  EXPECT_TRUE(ending.cut);
  EXPECT_TRUE(ending.status.succeeded()) << "what is not kept is read nevertheless";
  EXPECT_FALSE(run_child(shell("head -c 1000 /dev/zero"), {.time = kLong, .output = 1000}).cut);
}

TEST(RunChild, EndsOneThatTakesTooLong) {
  const auto begin = std::chrono::steady_clock::now();
  const auto ending = run_child(shell("sleep 60"), {.time = std::chrono::milliseconds(10)});
  EXPECT_TRUE(ending.timed_out);
  EXPECT_THAT(ending.status.signal, Eq(SIGKILL));
  EXPECT_THAT(std::chrono::steady_clock::now() - begin, Lt(kSlack));
}

TEST(RunChild, EndsOneOnInterruption) {
  const std::atomic<bool> interrupted{true};
  const auto ending = run_child(shell("sleep 60"), {.time = kLong, .interrupted = &interrupted});
  EXPECT_TRUE(ending.interrupted);
  EXPECT_FALSE(ending.timed_out);
  EXPECT_THAT(ending.status.signal, Eq(SIGKILL));
}

TEST(RunChild, EndsWithTheProgramAndNotWithWhatItLeavesRunning) {
  const auto begin = std::chrono::steady_clock::now();
  const auto silent = ran(shell("sleep 30 & echo started"));
  EXPECT_TRUE(silent.status.succeeded());
  EXPECT_THAT(silent.output, Eq("started\n"));
  EXPECT_TRUE(ran(shell("yes &")).status.succeeded());
  EXPECT_THAT(std::chrono::steady_clock::now() - begin, Lt(kSlack));
}

// The shell has started another process by the time it says so.
void wait_for_output(const Child& child) {
  char letter = 0;
  ASSERT_THAT(read(child.output(), &letter, 1), Eq(1));
}

TEST(Child, IsKilledWithItsWholeGroup) {
  Watch watch;
  Child child(shell("sleep 60 & echo started; wait"));
  wait_for_output(child);
  EXPECT_THAT(child.kill().signal, Eq(SIGKILL));
  EXPECT_TRUE(watch.sees_the_end());
}

TEST(Child, IsKilledWhenItGoesOutOfScope) {
  Watch watch;
  {
    const Child child(shell("sleep 60 & echo started; wait"));
    wait_for_output(child);
  }
  EXPECT_TRUE(watch.sees_the_end());
}

TEST(Child, DiesAloneWhereItSharesOurGroup) {
  auto program = shell("sleep 60 >/dev/null & echo $!; wait");
  program.own_group = false;
  Child child(program);
  char line[32] = {};
  ASSERT_THAT(read(child.output(), line, sizeof line - 1), Gt(0));
  EXPECT_THAT(child.kill().signal, Eq(SIGKILL));
  EXPECT_THAT(::kill(std::stoi(line), SIGKILL), Eq(0)) << "what it started is there";
}

TEST(Child, IsSeenRunningUntilItHasEnded) {
  auto program = shell("exec sleep 60");
  Child child(program);
  EXPECT_THAT(child.status().has_value(), Eq(false));
  EXPECT_THAT(child.id(), Gt(0));
  child.signal(SIGTERM);
  pollfd end{child.output(), POLLIN, 0};
  poll(&end, 1, -1);
  EXPECT_THAT(child.kill().signal, Eq(SIGTERM));
  EXPECT_THAT(child.id(), Eq(-1));
}

TEST(Child, WritesIntoFilesInItsFolder) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "referee-child-test";
  std::filesystem::create_directories(folder);
  auto program = shell("pwd; echo err >&2");
  program.folder = folder.string();
  program.output_file = (folder / "out").string();
  program.errors_file = (folder / "err").string();
  EXPECT_TRUE(ran(program).status.succeeded());
  const auto text = [&](const char* name) {
    std::ifstream file(folder / name);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  EXPECT_THAT(text("out"), HasSubstr("referee-child-test"));
  EXPECT_THAT(text("err"), Eq("err\n"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace referee::cli
