#include "harness/cli/sweeping/pushed_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "harness/testing/scratch_folder.h"
#include "reports/saved/results.h"

namespace referee::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const PushedItem kManifest{true, "referee/k3-1", "sha256:aa"};
const PushedItem kOther{true, "referee/k3-2", "sha256:aa"};
const PushedItem kBlob{false, "referee/k3-1", "sha256:bb"};

class APushedRecord : public ::testing::Test {
 protected:
  std::unique_ptr<PushedRecord> record(const std::string& run = "k3") {
    return std::make_unique<PushedRecord>(folder_.path(), PushedBy{run, "http://registry", kStarted});
  }

  static constexpr std::chrono::sys_seconds kStarted{std::chrono::seconds(1'790'000'000)};
  ScratchFolder folder_;
};

TEST_F(APushedRecord, SaysWhatIsLeftInTheOrderOfPushing) {
  auto written = record();
  EXPECT_TRUE(written->sends(kBlob));
  EXPECT_TRUE(written->sends(kManifest));
  EXPECT_TRUE(written->sends(kOther));
  written->gone(kManifest);
  EXPECT_EQ(written->left(), 2U);
  // Read while it is still being written, as after a kill.
  const auto before = read_pushed_record(written->path());
  EXPECT_EQ(before.by.run, "k3");
  EXPECT_EQ(before.by.target, "http://registry");
  EXPECT_EQ(before.by.started, kStarted);
  EXPECT_THAT(before.items, ElementsAre(kBlob, kOther));
}

TEST_F(APushedRecord, NotesAnItemOnceUntilItIsGone) {
  auto written = record();
  EXPECT_TRUE(written->sends(kBlob));
  EXPECT_FALSE(written->sends(kBlob));
  written->gone(kBlob);
  written->gone(kBlob);
  EXPECT_TRUE(written->sends(kBlob));
  EXPECT_THAT(read_pushed_record(written->path()).items, ElementsAre(kBlob));
}

TEST_F(APushedRecord, IsNoFileBeforeTheFirstPushAndAfterItsRemoval) {
  auto written = record();
  EXPECT_THAT(pushed_records_in(folder_.path()), IsEmpty());
  written->sends(kBlob);
  EXPECT_THAT(pushed_records_in(folder_.path()), ElementsAre(written->path()));
  written->remove();
  EXPECT_THAT(pushed_records_in(folder_.path()), IsEmpty());
}

TEST_F(APushedRecord, IsReadUpToALineThatWasCut) {
  auto written = record();
  written->sends(kBlob);
  std::ofstream(written->path(), std::ios::app) << R"({"sent": "manifest", "repos)";
  EXPECT_THAT(read_pushed_record(written->path()).items, ElementsAre(kBlob));
}

TEST_F(APushedRecord, OfAnotherFormIsRefused) {
  for (const auto* text : {"", "{}", "[1]", "not JSON", R"({"schema": "referee-journal/1"})"}) {
    const auto path = folder_.path() / "pushed-odd.jsonl";
    std::ofstream(path) << text << "\n";
    EXPECT_THROW(read_pushed_record(path), reports::CannotRead) << text;
  }
  EXPECT_THROW(read_pushed_record(folder_.path() / "missing"), reports::CannotRead);
}

TEST_F(APushedRecord, OverwritesNoFileThatIsThere) {
  auto first = record();
  first->sends(kBlob);
  auto second = record();  // the same run id
  second->sends(kManifest);
  EXPECT_THAT(read_pushed_record(first->path()).items, ElementsAre(kBlob));
}

TEST_F(APushedRecord, IsFoundByItsFolderOrByItsPath) {
  auto first = record("k3");
  auto second = record("a1");
  first->sends(kBlob);
  second->sends(kBlob);
  std::ofstream(folder_.path() / "results.jsonl") << "{}\n";
  EXPECT_THAT(pushed_records_in(folder_.path()), ElementsAre(second->path(), first->path()));
  EXPECT_THAT(pushed_records_in(first->path()), ElementsAre(first->path()));
  EXPECT_THAT(pushed_records_in(folder_.path() / "missing"), IsEmpty());
}

}  // namespace
}  // namespace referee::cli
