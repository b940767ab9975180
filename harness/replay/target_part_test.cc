#include "harness/replay/target_part.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::replay {
namespace {

using spec::Edition;
using ::testing::ElementsAre;
using ::testing::SizeIs;

http::Exchange at(const std::string& url, std::uint64_t sequence) {
  http::Exchange exchange;
  exchange.sequence = sequence;
  exchange.request.url = url;
  return exchange;
}

TEST(PartsOf, OneTargetHasEverything) {
  Evidence evidence{.targets = {"http://a"}, .settings = {}, .checks = {}, .run_exchanges = {}, .bodies = {}};
  evidence.run_exchanges = {at("http://storage/x", 7), at("http://a/v2/", 1)};
  evidence.checks = {{.id = "S.Late", .edition = Edition::kOci111, .exchanges = {at("http://a/v2/", 9)}},
                     {.id = "S.Early", .edition = Edition::kOci111, .exchanges = {at("http://a/v2/", 4)}}};
  const auto parts = parts_of(evidence);
  ASSERT_THAT(parts, SizeIs(1));
  EXPECT_THAT(parts[0].run_exchanges, SizeIs(2)) << "redirects to storage too";
  EXPECT_EQ(parts[0].run_exchanges[0].sequence, 1U);
  EXPECT_THAT(parts[0].checks, ElementsAre(1, 0)) << "in the order in which they were run";
}

TEST(PartsOf, SeveralTargetsAreToldApartByTheirUrls) {
  Evidence evidence{
      .targets = {"http://a:1", "http://a:12"}, .settings = {}, .checks = {}, .run_exchanges = {}, .bodies = {}};
  evidence.run_exchanges = {at("http://a:1/v2/", 1), at("http://a:12/v2/", 5)};
  evidence.checks = {{.id = "S.One", .edition = Edition::kOci111, .exchanges = {at("http://a:12/v2/x", 6)}},
                     {.id = "S.Gate", .edition = Edition::kOci111, .exchanges = {}},
                     {.id = "S.One", .edition = Edition::kOrasRc2, .exchanges = {at("http://a:1/v2/x", 2)}}};
  const auto parts = parts_of(evidence);
  ASSERT_THAT(parts, SizeIs(2));
  EXPECT_THAT(parts[0].checks, ElementsAre(2));
  EXPECT_THAT(parts[1].checks, ElementsAre(1, 0));
  EXPECT_EQ(parts[1].run_exchanges.at(0).sequence, 5U);
}

TEST(PartsOf, NoTargetIsNoEvidence) { EXPECT_THROW(parts_of(Evidence{}), CannotRejudge); }

TEST(SessionNumber, StandsInTheNamesOfRepositories) {
  engine::Settings settings;
  settings.prefix = "team/referee";
  settings.run_id = "abc";
  EXPECT_EQ(
      session_number({at("http://a/v2/", 1), at("http://a/v2/team/referee/abc-42-b/blobs/uploads/", 2)}, settings), 42);
  EXPECT_EQ(session_number({}, settings), 1);
}

}  // namespace
}  // namespace referee::replay
