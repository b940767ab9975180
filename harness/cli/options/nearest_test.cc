#include "harness/cli/options/nearest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

TEST(Nearest, FindsMisspeltNames) {
  EXPECT_THAT(edit_distance("kitten", "sitting"), Eq(3));
  EXPECT_THAT(edit_distance("rnu", "run"), Eq(1));
  const std::vector<std::string> known = {"oci.subject.push-201", "oci.subject.missing-201", "oras.sort.newest-first"};
  EXPECT_THAT(nearest("oci.subject.psuh-201", known, 1), ElementsAre("oci.subject.push-201"));
  EXPECT_THAT(nearest("newest", known), ElementsAre("oras.sort.newest-first"));
  EXPECT_THAT(nearest("something else entirely", known), IsEmpty());
}

}  // namespace
}  // namespace referee::cli
