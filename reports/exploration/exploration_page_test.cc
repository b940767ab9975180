// The data of the page, and how much of it there may be. A browser's test looks at the page itself.
#include "reports/exploration/exploration_page.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "reports/testing/sample_exploration.h"

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST(ExplorationPage, HoldsAnExchangeThatSaysTheSameOnce) {
  const auto data = exploration_data(sample_exploration());
  for (const auto& row : data["rows"]) {
    if (row["probe"] != "probe.delete.subject-untagged" || row["spec"] != "oci-1.1.1") continue;
    EXPECT_EQ(row["differs"], true);
    EXPECT_EQ(row["cells"][0]["count"], 3);
    ASSERT_THAT(row["cells"][0]["exchanges"], SizeIs(1));
    const auto& exchange = row["cells"][0]["exchanges"][0];
    EXPECT_EQ(exchange[0], 7);
    EXPECT_EQ(exchange[1], 3) << "asked three times";
    EXPECT_EQ(data["texts"][exchange[2].get<std::size_t>()], "GET");
    EXPECT_EQ(data["texts"][exchange[3].get<std::size_t>()], "http://ours.example:5000/v2/a/referrers/sha256:0");
    EXPECT_EQ(data["bodies"][exchange[9].get<std::size_t>()]["text"], "{\"manifests\":[]}");
    EXPECT_EQ(row["classes"]["KEEP+LISTED"], "the referrers stay, and are listed");
    return;
  }
  FAIL() << "the row is missing";
}

TEST(ExplorationPage, LetsNothingOfARegistryBecomeMarkup) {
  const auto page = exploration_page(sample_exploration());
  EXPECT_THAT(page, AllOf(Not(HasSubstr("<script>alert")), HasSubstr("\\u003cscript\\u003ealert(1)")));
  EXPECT_THAT(page, HasSubstr("Content-Security-Policy"));
}

TEST(ExplorationPage, KeepsBelowItsSizeWhateverRegistriesAnswered) {
  auto exploration = sample_exploration();
  auto& registry = exploration["registries"][0];
  const auto one = registry["observations"][3];
  for (int i = 0; i < 200; ++i) {
    auto many = one;
    many["probe"] = "probe.made-up-" + std::to_string(i);
    for (int j = 0; j < 60; ++j) {
      auto exchange = one["exchanges"][0];
      exchange["request"]["url"] =
          "http://ours.example:5000/v2/" + std::to_string(1'000 * i + j) + std::string(400, 'u');
      many["exchanges"].push_back(exchange);
    }
    registry["observations"].push_back(many);
  }
  const auto page = exploration_page(exploration);
  EXPECT_LT(page.size(), kExplorationPage);
  EXPECT_THAT(page, HasSubstr("/v2/59u")) << "the last exchanges show what was answered";
}

}  // namespace
}  // namespace referee::reports
