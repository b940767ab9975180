// The journal: what it holds after a crash at any byte, as results that every report can be made of.
#include "reports/saved/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/formats/junit.h"
#include "reports/output_file.h"
#include "reports/saved/load_results.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::HasSubstr;

class JournalOfARun : public testing::Test {
 protected:
  ScratchFolder folder_;
  std::filesystem::path path_ = folder_.path() / "results.jsonl";
  engine::RunResult sample_ = sample_run();

  static engine::RunResult heading() {
    auto run = sample_run();
    run.checks.clear();
    run.bodies.clear();
    run.run_exchanges.clear();
    run.editions.clear();
    return run;
  }

  std::string written() {
    Journal journal(path_, heading(), {"referee", "0.1.0", "abcdef0"});
    journal.planned(sample_.editions, sample_.checks.size());
    for (const auto& check : sample_.checks) journal.finished(check);
    return read_file(path_);
  }
};

TEST_F(JournalOfARun, ComesBackAsItsChecksMarkedIncomplete) {
  written();
  const auto results = load_document(path_);
  const auto whole = json_of(sample_);
  EXPECT_TRUE(results["checks"] == whole["checks"]);
  EXPECT_TRUE(results["counts"] == whole["counts"]);
  EXPECT_TRUE(results["requirements"] == whole["requirements"]);
  EXPECT_EQ(results["complete"], false);
  EXPECT_EQ(results["incomplete_reason"], "broken-off");
  EXPECT_EQ(results["verdict"], "non-conformant");
  EXPECT_EQ(results["run"], whole["run"]);
}

TEST_F(JournalOfARun, IsValidAsResults) {
  written();
  const auto path = folder_.path() / "results.json";
  write_file(path, load_document(path_).dump());
  const auto end = run_command("python3 reports/schema/validate.py " + path.string());
  // No body is in it, which the validator calls out once the schema is satisfied.
  EXPECT_THAT(end.output, HasSubstr("a body that is not kept"));
  EXPECT_EQ(end.output.find("additional"), std::string::npos) << end.output.substr(0, 500);
}

TEST_F(JournalOfARun, LosesAtMostTheLastLineWhereItIsCut) {
  const auto whole = written();
  const auto checks = sample_.checks.size();
  for (std::size_t cut : {whole.size() - 1, whole.size() - 2, whole.size() - 300}) {
    const auto results = run_of_journal(whole.substr(0, cut));
    ASSERT_TRUE(results.has_value());
    EXPECT_GE(results->checks.size(), checks - 1) << cut;
    EXPECT_THAT(junit_xml(*results), HasSubstr("name=\"complete\" value=\"false\""));
  }
}

TEST_F(JournalOfARun, IsNotJudgedWhereNothingFailed) {
  Journal journal(path_, heading(), {});
  journal.finished(sample_check("A.Passed", engine::Outcome::kPassed));
  EXPECT_EQ(load_results(path_).verdict, RunVerdict::kNotJudged);
}

TEST_F(JournalOfARun, IsGoneWhenRemoved) {
  Journal journal(path_, heading(), {});
  journal.remove();
  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_THROW(Journal(folder_.path() / "missing" / "x", heading(), {}), CannotWrite);
}

}  // namespace
}  // namespace referee::reports
