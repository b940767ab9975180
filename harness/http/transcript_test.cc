// The body store keeps each body once, and of long ones the beginning.
#include "harness/http/transcript.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "harness/oci/digest.h"

namespace referee::http {
namespace {

TEST(KeepingBodies, GivesTheDigestOfTheWholeAndKeepsItOnce) {
  BodyStore bodies;
  const std::string digest = bodies.keep("hello");
  EXPECT_EQ(digest, oci::Digest::of("hello").text());
  EXPECT_EQ(bodies.keep("hello"), digest);
  EXPECT_EQ(bodies.all().size(), 1u);
  ASSERT_TRUE(bodies.find(digest).has_value());
  EXPECT_EQ(bodies.find(digest)->bytes, "hello");
  EXPECT_FALSE(bodies.find(digest)->capped);
}

TEST(KeepingBodies, CapsLongOnesAndSaysHowLongTheyWere) {
  BodyStore bodies(4);
  const auto kept = bodies.find(bodies.keep("hello"));
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->bytes, "hell");
  EXPECT_EQ(kept->size, 5u);
  EXPECT_TRUE(kept->capped);
  EXPECT_FALSE(bodies.find(bodies.keep("four"))->capped);
}

TEST(KeepingBodies, KeepsNothingOfAnEmptyOne) {
  BodyStore bodies;
  EXPECT_EQ(bodies.keep(""), "");
  EXPECT_TRUE(bodies.all().empty());
  EXPECT_EQ(bodies.find("sha256:00"), std::nullopt);
}

TEST(KeepingBodies, IsSafeFromSeveralThreads) {
  BodyStore bodies;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&bodies] {
      for (int i = 0; i < 50; ++i) bodies.keep(std::to_string(i));
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(bodies.all().size(), 50u);
}

}  // namespace
}  // namespace referee::http
