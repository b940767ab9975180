// What a person or a program reads of one small exploration, byte for byte, so that each change shows in a diff; see
// formats/golden_test.cc. The page is shown by a browser's test.
#include <gtest/gtest.h>

#include <cstdlib>

#include "reports/exploration/exploration_files.h"
#include "reports/output_file.h"
#include "reports/testing/sample_exploration.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

class GoldenExploration : public testing::TestWithParam<std::string> {};

TEST_P(GoldenExploration, IsAsItWas) {
  const auto path = std::filesystem::path("reports/testing/golden") / ("exploration-" + GetParam());
  const auto bytes = exploration_format(GetParam())->render(sample_exploration());
  if (std::getenv("REFEREE_WRITE_GOLDEN") != nullptr) write_file(path, bytes);
  EXPECT_EQ(bytes, read_file(path)) << path << " differs; wanted? REFEREE_WRITE_GOLDEN=1 rewrites it";
}

TEST(Exploration, IsValidByItsSchema) {
  const auto end = run_command(
      "python3 reports/schema/validate.py reports/testing/golden/exploration-json "
      "reports/schema/exploration.schema.json");
  EXPECT_EQ(end.code, 0) << end.output;
}

INSTANTIATE_TEST_SUITE_P(All, GoldenExploration, testing::Values("json", "markdown", "console"),
                         [](const auto& format) { return format.param; });

}  // namespace
}  // namespace referee::reports
