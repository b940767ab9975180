// What a vendor hands on: PRODUCT.yaml as YAML's own reader sees it, and how to judge again.
#include "reports/writing/submission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Product hub() {
  Product product;
  product.vendor = "Example: \"Corp\" # one";
  product.name = "*hub*";
  product.version = "1.10";
  product.description = "two\nlines";
  return product;
}

TEST(Submission, NamesTheOptionsThatAreMissing) {
  EXPECT_THAT(missing_of({}), ElementsAre("--product-vendor", "--product-name", "--product-version"));
  EXPECT_THAT(missing_of(hub()), IsEmpty());
}

TEST(Submission, WritesEveryValueAsAQuotedText) {
  EXPECT_EQ(product_yaml(hub()),
            "vendor: \"Example: \\\"Corp\\\" # one\"\nname: \"*hub*\"\nversion: \"1.10\"\ntype: \"distribution\"\n"
            "description: \"two\\nlines\"\n");
}

TEST(Submission, SaysHowToJudgeAgain) {
  SavedRun run;
  run.tool = {.version = "9.9", .commit = "abc"};
  run.started = http::WallTime(std::chrono::sys_days(std::chrono::year(2026) / 1 / 2));
  run.target_url = "http://127.0.0.1:5000";
  run.verdict = RunVerdict::kConformant;
  run.seed = 7;
  run.options = {{"plain-http", "true"}, {"settle", "5s"}, {"spec", "oci-1.1.1,oras-rc.2"}};
  run.editions = {{spec::Edition::kOci111, RunVerdict::kConformant, {}, {}}};
  run.editions[0].counts.add(Outcome::kPassed, 3);
  const auto text = submission_readme(hub(), run);
  EXPECT_THAT(text, AllOf(HasSubstr("# \\*hub\\* 1.10 by"), HasSubstr("**conformant**."),
                          HasSubstr("| oci-1.1.1 | conformant | 3 | 0 |"), HasSubstr("referee rejudge results.json")));
  EXPECT_THAT(text, HasSubstr("referee run http://127.0.0.1:5000 --plain-http --settle 5s --spec oci-1.1.1 --spec "
                              "oras-rc.2 --seed 7\n"));
  run.complete = false;
  EXPECT_THAT(submission_readme(hub(), run), HasSubstr("the run stopped early"));
}

}  // namespace
}  // namespace referee::reports
