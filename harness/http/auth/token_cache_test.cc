// One request at a time for each token, no matter who asks.
#include "harness/http/auth/token_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace referee::http {
namespace {

using namespace std::chrono_literals;

const Instant kNow = Instant(1h);
const TokenQuery kPull{"http://h/token", "s", {"repository:a:pull"}};
const TokenQuery kPush{"http://h/token", "s", {"repository:a:pull,push"}};

TokenCache::Fetch giving(const std::string& value, int* asked = nullptr) {
  return [value, asked] {
    if (asked) ++*asked;
    return Token{value, kNow + 60s};
  };
}

TEST(CachedTokens, AreKeptApartByWhatWasAskedFor) {
  TokenCache cache;
  EXPECT_EQ(cache.get(kPull, "", kNow, giving("pull"))->value, "pull");
  EXPECT_EQ(cache.get(kPush, "", kNow, giving("push"))->value, "push");
  EXPECT_EQ(cache.find(kPull, kNow)->value, "pull");
}

TEST(CachedTokens, AreAskedForOnce) {
  TokenCache cache;
  int asked = 0;
  for (int i = 0; i < 3; ++i) cache.get(kPull, "", kNow, giving("t", &asked));
  EXPECT_EQ(asked, 1);
}

TEST(CachedTokens, AreReplacedWhenExpiredOrRejected) {
  TokenCache cache;
  cache.get(kPull, "", kNow, giving("one"));
  EXPECT_FALSE(cache.find(kPull, kNow + 60s).has_value());
  EXPECT_EQ(cache.get(kPull, "another", kNow, giving("two"))->value, "one");
  EXPECT_EQ(cache.get(kPull, "one", kNow, giving("two"))->value, "two");
  EXPECT_EQ(cache.get(kPull, "", kNow + 60s, giving("three"))->value, "three");
}

TEST(CachedTokens, AreNotMadeOfRefusals) {
  TokenCache cache;
  EXPECT_FALSE(cache.get(kPull, "", kNow, [] { return std::optional<Token>(); }).has_value());
  EXPECT_EQ(cache.get(kPull, "", kNow, giving("later"))->value, "later");
}

TEST(CachedTokens, LeaveTheWayFreeAfterAFault) {
  TokenCache cache;
  const auto failing = []() -> std::optional<Token> { throw TransportFault(FaultKind::kClosed, "gone"); };
  EXPECT_THROW(cache.get(kPull, "", kNow, failing), TransportFault);
  EXPECT_EQ(cache.get(kPull, "", kNow, giving("later"))->value, "later");
}

TEST(CachedTokens, AreSharedByAllThreadsThatWantThemAtOnce) {
  TokenCache cache;
  std::atomic<int> asked = 0;
  std::atomic<int> arrived = 0;
  const auto slow = [&] {
    ++asked;
    while (arrived < 8) std::this_thread::yield();
    return std::optional<Token>({"t", kNow + 60s});
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      ++arrived;
      EXPECT_EQ(cache.get(kPull, "", kNow, slow)->value, "t");
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(asked, 1);
}

}  // namespace
}  // namespace referee::http
