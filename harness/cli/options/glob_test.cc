#include "harness/cli/options/glob.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::cli {
namespace {

TEST(Glob, MatchesWholeTexts) {
  EXPECT_TRUE(glob_matches("oci.*", "oci.subject.push-201"));
  EXPECT_TRUE(glob_matches("*push*", "oci.subject.push-201"));
  EXPECT_TRUE(glob_matches("oci.?ubject.*-201", "oci.subject.push-201"));
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_TRUE(glob_matches("a*b*c", "aXbXbXc"));
  EXPECT_FALSE(glob_matches("oci", "oci.subject"));
  EXPECT_FALSE(glob_matches("", "a"));
  EXPECT_FALSE(glob_matches("a*b*c", "aXcXb"));
  EXPECT_FALSE(glob_matches("OCI.*", "oci.subject"));
}

}  // namespace
}  // namespace referee::cli
