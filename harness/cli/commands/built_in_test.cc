#include "harness/cli/commands/built_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/cli/options/selection.h"

namespace referee::cli {
namespace {

using ::testing::SizeIs;

TEST(BuiltInPlan, GivesEachNamedEditionARegistryOfItsOwn) {
  EXPECT_THAT(built_in_plan(spec_choice({})), SizeIs(1));
  EXPECT_THAT(built_in_plan(spec_choice({"all"})), SizeIs(spec::kEditionCount));
  EXPECT_THAT(built_in_plan(spec_choice({"auto", "oci-1.1.1", "oci-main"})), SizeIs(2));
}

}  // namespace
}  // namespace referee::cli
