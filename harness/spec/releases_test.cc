// Versions are ordered by their numbers, and each id belongs to the oldest that has it.
#include "harness/spec/releases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace referee::spec {
namespace {

using ::testing::ElementsAre;

const Releases& some() {
  static const Releases all({{"0.10.0", "Paging.New"},
                             {"0.2.0", "Paging.Old"},
                             {"0.10.0", "Paging.Old"},
                             {"0.9.1", "Filtering.SeesTheConfigInPlaceOfAType"}});
  return all;
}

TEST(Releases, AreOrderedByTheirNumbers) { EXPECT_THAT(some().versions(), ElementsAre("0.2.0", "0.9.1", "0.10.0")); }

TEST(Releases, BringWhatTheyAreTheFirstToHave) {
  EXPECT_EQ(some().since("Paging.Old"), "0.2.0");
  EXPECT_EQ(some().since("Paging.New"), "0.10.0");
  EXPECT_EQ(some().since("Paging.Tomorrow"), kUnreleased);
  EXPECT_EQ(some().since(""), kUnreleased);
}

TEST(Releases, KeepWhatOlderOnesBrought) {
  EXPECT_TRUE(some().had("0.2.0", "Paging.Old"));
  EXPECT_TRUE(some().had("0.10.0", "Paging.Old"));
  EXPECT_FALSE(some().had("0.9.1", "Paging.New"));
  EXPECT_TRUE(some().had("0.10.0", "Paging.New"));
  EXPECT_FALSE(some().had("0.10.0", "Paging.Tomorrow"));
}

TEST(Releases, KnowRenamedChecksByTheirNewNames) {
  EXPECT_EQ(some().since("Filtering.FallsBackToConfigMediaType"), "0.9.1");
}

TEST(ReleasedIds, AreWrittenOnce) {
  std::set<std::string_view> seen;
  for (const auto& [version, id] : released_ids()) EXPECT_TRUE(seen.insert(id).second) << version << " has " << id;
}

}  // namespace
}  // namespace referee::spec
