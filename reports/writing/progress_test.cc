// The progress line, on a clock and a terminal of the test's own.
#include "reports/writing/progress.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using engine::Outcome;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsNull;
using ::testing::NotNull;
using ::testing::SizeIs;

class Progress : public testing::Test {
 protected:
  http::ManualClock clock_;
  std::vector<std::string> drawn_;
  std::unique_ptr<ProgressLine> line_ = line_of(200);

  std::unique_ptr<ProgressLine> line_of(std::size_t columns) {
    return std::make_unique<ProgressLine>(clock_, columns,
                                          [this](std::string_view text) { drawn_.emplace_back(text); });
  }
};

TEST_F(Progress, CountsChecksFailuresAndTheirRate) {
  line_->planned({}, 40);
  for (int i = 0; i < 20; ++i) line_->finished(sample_check("A.Passes", Outcome::kPassed));
  clock_.advance(std::chrono::seconds(2));
  line_->finished(sample_check("A.Fails", Outcome::kFailed));
  EXPECT_EQ(drawn_.back(), "\r\x1b[Kchecks 21/40, 1 failed, 10/s: oci-1.1.1 A.Fails");
}

TEST_F(Progress, DrawsAtMostTenTimesASecond) {
  line_->planned({}, 1000);
  for (int i = 0; i < 500; ++i) {
    clock_.advance(std::chrono::milliseconds(2));
    line_->finished(sample_check("A.Passes", Outcome::kPassed));
  }
  EXPECT_THAT(drawn_, SizeIs(11));  // the plan, and ten in one second
}

TEST_F(Progress, CountsRulesThatWereNotInThePlan) {
  line_->planned({}, 1);
  line_->finished(sample_check("A.Passes", Outcome::kPassed));
  line_->finished(sample_check("A.Rule", Outcome::kFailed));
  EXPECT_THAT(drawn_.back(), HasSubstr("checks 2/2"));
}

TEST_F(Progress, KeepsToTheWidthOfTheTerminal) {
  line_ = line_of(20);
  line_->planned({}, 1);
  line_->finished(sample_check("Suite.NameThatIsLongerThanTheTerminalIsWide", Outcome::kFailed));
  EXPECT_EQ(drawn_.back(), "\r\x1b[Kchecks 1/1, 1 fa...");
}

TEST_F(Progress, VanishesAtTheEnd) {
  line_->planned({}, 1);
  line_.reset();
  EXPECT_EQ(drawn_.back(), "\r\x1b[K");
}

TEST_F(Progress, WritesNothingBeforeThePlan) {
  line_.reset();
  EXPECT_THAT(drawn_, IsEmpty());
}

TEST(ProgressOn, IsOnlyForTerminalsAndOnlyIfWanted) {
  http::ManualClock clock;
  ::setenv("TERM", "xterm", 1);
  int master = -1;
  int terminal = -1;
  ASSERT_EQ(::openpty(&master, &terminal, nullptr, nullptr, nullptr), 0);
  EXPECT_THAT(progress_on(terminal, true, clock), NotNull());
  EXPECT_THAT(progress_on(terminal, false, clock), IsNull());
  ::setenv("TERM", "dumb", 1);
  EXPECT_THAT(progress_on(terminal, true, clock), IsNull());
  ::setenv("TERM", "xterm", 1);
  const int file = ::open("/dev/null", O_WRONLY);
  EXPECT_THAT(progress_on(file, true, clock), IsNull());
  ::close(file);
  ::close(terminal);
  ::close(master);
}

}  // namespace
}  // namespace referee::reports
