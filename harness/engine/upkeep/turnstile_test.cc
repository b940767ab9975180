// Turns of a collector: it runs once for all parties, while none of them is inside, and they enter in a fixed order.
#include "harness/engine/upkeep/turnstile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace referee::engine {
namespace {

using ::testing::Each;
using ::testing::Le;

// Parties that pass that often, and what they saw.
struct Crowd {
  std::vector<int> passes;
  int at_once = 1;
  std::function<HookReport()> collect = [] { return HookReport(); };

  std::atomic<int> inside = 0;
  std::atomic<int> most_inside = 0;
  std::atomic<int> turns = 0;
  std::vector<int> inside_at_turns;
  std::vector<HookReport> reports;
  std::string order;  // a letter for each stay, written by one at a time

  void run() {
    Turnstile turnstile(passes.size(), at_once, [this] {
      ++turns;
      inside_at_turns.push_back(inside);
      return collect();
    });
    reports.resize(passes.size());
    std::vector<std::jthread> threads;
    for (std::size_t party = passes.size(); party-- > 0;) {
      threads.emplace_back([&, party] {
        turnstile.enter(party);
        stay(party);
        for (int i = 0; i < passes[party]; ++i) {
          --inside;
          reports[party] = turnstile.pass(party);
          stay(party);
        }
        --inside;
        turnstile.leave();
      });
    }
  }

  void stay(std::size_t party) {
    const int now = ++inside;
    for (int most = most_inside; now > most && !most_inside.compare_exchange_weak(most, now);) {
    }
    if (at_once == 1) order += static_cast<char>('a' + party);
  }
};

TEST(Turnstile, LetsTheCollectorRunOnceForAll) {
  Crowd crowd{.passes = {1, 2, 0, 3, 1, 1, 0, 2}, .at_once = 3};
  crowd.run();
  EXPECT_EQ(crowd.turns, 3);
  EXPECT_THAT(crowd.inside_at_turns, Each(0));
  EXPECT_THAT(crowd.most_inside.load(), Le(3));
}

TEST(Turnstile, KeepsTheOrderOfThePartiesOneAtATime) {
  Crowd crowd{.passes = {1, 0, 2}};
  crowd.run();
  EXPECT_EQ(crowd.order, "abcacc");
}

TEST(Turnstile, TellsEachWhatTheCollectorSaid) {
  Crowd crowd{.passes = {1, 1}, .at_once = 2, .collect = [] { return HookReport{3, "no space"}; }};
  crowd.run();
  EXPECT_THAT(crowd.reports, Each(::testing::Field(&HookReport::output, "no space")));
  EXPECT_THAT(crowd.reports, Each(::testing::Field(&HookReport::status, 3)));
}

TEST(Turnstile, ReportsACollectorThatCannotRun) {
  Crowd crowd{.passes = {1}, .collect = []() -> HookReport { throw std::runtime_error("no shell"); }};
  crowd.run();
  EXPECT_EQ(crowd.reports[0].status, -1);
  EXPECT_EQ(crowd.reports[0].output, "no shell");
}

TEST(Turnstile, WorksWithoutParties) {
  Crowd crowd;
  crowd.run();
  EXPECT_EQ(crowd.turns, 0);
}

}  // namespace
}  // namespace referee::engine
