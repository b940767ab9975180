// Two runs into one folder: the second is refused, until the first has ended.
#include "reports/writing/folder_lock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "reports/output_file.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

TEST(FolderLocks, AreHeldByOneAtATime) {
  const ScratchFolder scratch;
  const auto folder = scratch.path() / "made" / "reports";
  std::optional<FolderLock> first(folder);
  EXPECT_THROW(FolderLock second(folder), CannotWrite);
  const FolderLock other(scratch.path() / "other");
  first.reset();
  EXPECT_NO_THROW(FolderLock third(folder));
}

TEST(FolderLocks, AreRefusedWhereNoFolderCanBe) {
  const ScratchFolder scratch;
  write_file(scratch.path() / "file", "x");
  EXPECT_THROW(FolderLock lock(scratch.path() / "file"), CannotWrite);
}

}  // namespace
}  // namespace referee::reports
