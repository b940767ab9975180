// The body store keeps each body once, and of long ones the beginning.
#include "harness/http/record/transcript.h"

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
  BodyStore bodies({.of_a_body = 4});
  const auto kept = bodies.find(bodies.keep("hello"));
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->bytes, "hell");
  EXPECT_EQ(kept->size, 5u);
  EXPECT_TRUE(kept->capped);
  EXPECT_FALSE(bodies.find(bodies.keep("four"))->capped);
}

TEST(KeepingBodies, KeepsBeginningsOnceThereIsEnough) {
  constexpr auto kBeginning = EvidenceLimits::kBeginning;
  BodyStore bodies({.of_a_body = 10 * kBeginning, .of_long_ones = 9 * kBeginning});
  std::string different;  // does not deflate to next to nothing
  for (unsigned i = 1; different.size() < 20 * kBeginning; i = i * 1664525 + 1013904223) {
    different += static_cast<char>(i >> 24);
  }
  const auto kept = [&](std::size_t from, std::size_t size) {
    return bodies.find(bodies.keep(different.substr(from, size))).value();
  };
  EXPECT_EQ(kept(0, 8 * kBeginning).bytes.size(), 8 * kBeginning);
  const auto beginning = kept(1, 8 * kBeginning);
  EXPECT_EQ(beginning.bytes, different.substr(1, kBeginning));
  EXPECT_EQ(beginning.size, 8 * kBeginning);
  EXPECT_TRUE(beginning.capped);
  EXPECT_FALSE(kept(2, kBeginning).capped);
  EXPECT_FALSE(bodies.has_room_for(2 * kBeginning));
  EXPECT_TRUE(bodies.has_room_for(kBeginning));
}

TEST(KeepingBodies, KeepsOnlyTheSizeOfShortOnesOnceThereAreEnough) {
  BodyStore bodies({.of_short_ones = 10});
  EXPECT_EQ(bodies.find(bodies.keep("six..."))->bytes, "six...");
  const auto kept = bodies.find(bodies.keep("more of it"));
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->bytes, "");
  EXPECT_EQ(kept->size, 10u);
  EXPECT_TRUE(kept->capped);
  EXPECT_EQ(kept->deflated, "");
  EXPECT_FALSE(bodies.has_room_for(5));
  EXPECT_TRUE(bodies.has_room_for(4));
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
