#include "harness/cli/commands/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::cli {
namespace {

using ::testing::Eq;

TEST(Table, AlignsColumnsByCharacters) {
  EXPECT_THAT(table({{"A", "B"}, {"\u2264x", "y"}, {"longer", ""}}), Eq("A       B\n\u2264x      y\nlonger\n"));
}

TEST(Table, WrapsAtBlanks) {
  EXPECT_THAT(wrapped("one two three", 2, 10), Eq("  one two\n  three\n"));
  EXPECT_THAT(wrapped("unbreakable-long-word", 1, 5), Eq(" unbreakable-long-word\n"));
  EXPECT_THAT(wrapped("", 2), Eq(""));
}

}  // namespace
}  // namespace referee::cli
