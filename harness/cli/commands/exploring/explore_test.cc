// What `referee explore` and `referee compare` take, and where differences of registries are shown.
#include <gmock/gmock.h>

#include <algorithm>

#include "harness/cli/commands/exploring/explore_plan.h"
#include "harness/cli/exit_code.h"
#include "harness/cli/options/parse.h"
#include "reports/exploration/exploration_json.h"
#include "reports/exploration/matrix.h"
#include "suites/proof/probes/probe_bench.h"

namespace referee::cli {
namespace {

using ::testing::ElementsAre;

TEST(ExploreOptions, TakeSeveralRegistries) {
  const auto command = parse({"explore", "http://a", "http://b", "--long", "--report", "html=out.html"});
  const auto& options = std::get<ExploreOptions>(command);
  EXPECT_THAT(options.urls, ElementsAre("http://a", "http://b"));
  EXPECT_TRUE(options.shared.settings.long_running);
  EXPECT_EQ(options.reports.front().format, "html");
}

TEST(ExploreOptions, SaveWhereARunDoes) {
  const auto options = std::get<ExploreOptions>(parse({"explore", "ours=http://a", "-H", "A: secret", "--long"}));
  EXPECT_THAT(options.report_dir, ::testing::Eq(kReportDir));
  EXPECT_THAT(options.shared.settings.shown_options,
              ElementsAre(::testing::Pair("header", "A: (not shown)"), ::testing::Pair("long", "true")));
}

TEST(ExploreOptions, RefuseTwoRegistriesOfOneName) {
  const std::atomic<bool> interrupted{false};
  ExploreOptions options;
  options.urls = {"ours=http://a", "ours=http://b"};
  EXPECT_THAT([&] { explore_plan(options, interrupted); },
              ::testing::ThrowsMessage<WrongUsage>(::testing::HasSubstr("two registries are called 'ours'")));
}

TEST(ExploreOptions, KnowTheirReports) {
  EXPECT_THROW(parse({"explore", "http://a", "--report", "junit=x"}), WrongUsage);
  EXPECT_THROW(parse({"explore", "http://a", "--report", "json="}), WrongUsage);
}

TEST(CompareOptions, NeedFiles) {
  EXPECT_THROW(parse({"compare"}), WrongUsage);
  EXPECT_THROW(parse({"compare", "a.json", "--fail-on", "better"}), WrongUsage);
  EXPECT_EQ(std::get<CompareOptions>(parse({"compare", "a.json", "b.json", "--fail-on", "worse"})).fail_on, "worse");
}

const reports::Row& row_of(const reports::Matrix& matrix, const std::string& probe, const std::string& spec) {
  const auto found =
      std::ranges::find_if(matrix.rows, [&](const auto& row) { return row.probe == probe && row.spec == spec; });
  if (found == matrix.rows.end()) throw std::logic_error("no such row: " + probe);
  return *found;
}

// The reference registry, and the same with a cascade and another page size.
TEST(Exploration, ShowsWhereTwoRegistriesDiffer) {
  registry::Behaviour other;
  other.deletion.oras = other.deletion.oci = registry::Cascade::kAll;
  other.paging.page_size = 3;
  const auto exploration =
      reports::exploration_json({proof::explore_on({}, {}).seen, proof::explore_on(other, {}).seen}, {.version = "1"});
  const auto matrix = reports::matrix_of(exploration);
  const auto& cascade = row_of(matrix, "probe.delete.subject-untagged", "oci-1.1.1");
  EXPECT_TRUE(cascade.differs);
  EXPECT_EQ(cascade.cells[0].answer, "KEEP+LISTED");
  EXPECT_EQ(cascade.cells[1].answer, "CASCADE-NOW");
  const auto& size = row_of(matrix, "probe.page.default-size", "oras-rc.2");
  EXPECT_EQ(size.cells[0].answer, "10");
  EXPECT_EQ(size.cells[1].answer, "3");
  EXPECT_TRUE(row_of(matrix, "probe.delete.subject-tagged-referrer", "oras-rc.2").differs);
  EXPECT_FALSE(row_of(matrix, "probe.repo.cosign-style-separate", "oci-1.1.1").differs);
  EXPECT_FALSE(row_of(matrix, "probe.filter.plus", "oci-1.1.1").differs);
}

}  // namespace
}  // namespace referee::cli
