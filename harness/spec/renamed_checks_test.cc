// Old names of checks lead to new ones, and no other name does.
#include "harness/spec/renamed_checks.h"

#include <gtest/gtest.h>

namespace referee::spec {
namespace {

TEST(NewNameOfCheck, IsThatOfToday) {
  EXPECT_EQ(new_name_of_check("Filtering.SeesTheConfigInPlaceOfAType"), "Filtering.FallsBackToConfigMediaType");
  EXPECT_EQ(new_name_of_check("Filtering.FallsBackToConfigMediaType"), std::nullopt);
  EXPECT_EQ(new_name_of_check(""), std::nullopt);
  EXPECT_EQ(new_name_of_check("Zzz.Zzz"), std::nullopt);
}

}  // namespace
}  // namespace referee::spec
