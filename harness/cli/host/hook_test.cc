#include "harness/cli/host/hook.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/testing/scoped_variable.h"

namespace referee::cli {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Hook, TellsStatusAndOutput) {
  const std::atomic<bool> interrupted{false};
  const auto report = hook_of("echo $REFEREE_HOOK; echo err >&2; exit 3", interrupted)("before");
  EXPECT_THAT(report.status, Eq(3));
  EXPECT_THAT(report.output, Eq("before\nerr\n"));
  EXPECT_FALSE(static_cast<bool>(hook_of("", interrupted)));
}

TEST(Hook, TellsBeginningAndEndOfALongOutput) {
  const std::atomic<bool> never{false};
  const auto report =
      hook_of("echo first; head -c 10000000 /dev/zero | tr '\\0' x; echo; echo last; exit 4", never)("");
  EXPECT_THAT(report.status, Eq(4));
  EXPECT_THAT(report.output, AllOf(StartsWith("first\nxxx"), HasSubstr("x\n[...]\nx"), EndsWith("xxx\nlast\n")));
  EXPECT_THAT(report.output.size(), ::testing::Le(64u * 1024 + 7));
}

TEST(Hook, EndsWhenInterruptedOrTooSlow) {
  const std::atomic<bool> never{false};
  const std::atomic<bool> interrupted{true};
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(hook_of("sleep 60", interrupted)("collect").output, HasSubstr("interrupted"));
  EXPECT_THAT(hook_of("sleep 60 & sleep 60", never, std::chrono::milliseconds(10))("collect").status, Eq(137));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Hook, DoesNotWaitForWhatItLeavesRunning) {
  const std::atomic<bool> never{false};
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(hook_of("sleep 30 & echo started", never)("restart").status, Eq(0));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(Hook, SeesNoPassword) {
  const testing::ScopedVariable password("REFEREE_SIGNER_PASSWORD", "s3cret");
  const std::atomic<bool> never{false};
  EXPECT_THAT(hook_of("echo ${REFEREE_SIGNER_PASSWORD-unset}", never)("collect").output, Eq("unset\n"));
}

}  // namespace
}  // namespace referee::cli
