// results.json: its shape, its schema, and loading it again.
#include "reports/saved/results_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/output_file.h"
#include "reports/saved/evidence_json.h"
#include "reports/saved/load_results.h"
#include "reports/saved/read_results.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<std::string> keys(const Results& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(Rfc3339, IsUtcWithMilliseconds) {
  EXPECT_EQ(rfc3339(http::WallTime() + std::chrono::milliseconds(1'709'210'096'007)), "2024-02-29T12:34:56.007Z");
}

TEST(ResultsJson, HasItsMembersInThePromisedOrder) {
  EXPECT_THAT(keys(json_of(sample_run())),
              ElementsAre("schema", "tool", "run", "started", "seconds", "complete", "target", "seed", "options",
                          "strict_should", "verdict", "blocking", "editions", "counts", "requirements", "checks",
                          "run_exchanges", "bodies", "observations", "leftovers"));
}

TEST(ResultsJson, KeepsEachRunOfTheCollector) {
  auto run = sample_run();
  run.turns = {{.started = run.started, .seconds = 1.5, .status = 0, .output = "swept\n"},
               {.started = run.started, .seconds = 0.5, .status = 3, .output = "no space left"}};
  const auto json = json_of(run);
  EXPECT_EQ(json["collector_turns"][0]["number"], 1);
  EXPECT_EQ(json["collector_turns"][1]["number"], 2);
  EXPECT_EQ(json["collector_turns"][1]["output"], "no space left");
  const auto again = run_of(json);
  ASSERT_THAT(again.turns, testing::SizeIs(2));
  EXPECT_EQ(again.turns[0].started, run.turns[0].started);
  EXPECT_EQ(again.turns[0].seconds, 1.5);
  EXPECT_EQ(again.turns[1].status, 3);
  EXPECT_EQ(results_json(again).dump(), json.dump());
}

TEST(ResultsJson, CountsPerEditionAndInSum) {
  const auto json = json_of(sample_run());
  EXPECT_EQ(json["counts"].dump(), R"({"passed":3,"failed":2,"warned":2,"noted":2,"skipped":3,"blocked":2,"error":2})");
  EXPECT_EQ(json["editions"]["oras-rc.2"]["counts"]["passed"], 1);
  EXPECT_EQ(json["editions"]["oci-1.1.1"]["counts"]["passed"], 2);
  EXPECT_EQ(json["verdict"], "non-conformant");
  EXPECT_EQ(json["editions"]["oras-rc.2"]["verdict"], "conformant");
}

TEST(ResultsJson, TellsACheckWithLevelVerdictSourceAndFindings) {
  const auto json = json_of(sample_run());
  const auto& checks = json["checks"];
  const auto failed = std::ranges::find_if(checks, [](const auto& check) { return check["outcome"] == "failed"; });
  ASSERT_NE(failed, checks.end());
  EXPECT_EQ((*failed)["spec"], "oci-1.1.1");
  EXPECT_EQ((*failed)["edition"], "oci-1.1.1");
  EXPECT_EQ((*failed)["requirement"], "oci.referrers.filter.header");
  EXPECT_EQ((*failed)["level"], "MUST");
  EXPECT_EQ((*failed)["verdict"], "FAIL");
  EXPECT_THAT((*failed)["source"].get<std::string>(),
              StartsWith("https://github.com/opencontainers/distribution-spec/"));
  EXPECT_EQ((*failed)["findings"][0]["file"], "suites/filtering.cc");
  EXPECT_EQ((*failed)["findings"][1]["verdict"], "WARN");
  EXPECT_EQ((*failed)["started"], "2026-11-23T16:00:00.100Z");
}

TEST(ResultsJson, KeepsExchangesInFull) {
  const auto json = json_of(sample_run());
  const auto& lost = json["run_exchanges"][0];
  EXPECT_THAT(keys(lost),
              ElementsAre("sequence", "lane", "attempt", "started", "seconds", "request", "fault", "sha256"));
  EXPECT_EQ(json["bodies"][lost["request"]["body"].get<std::string>()]["base64"], "YWJj");
  const auto& answered = json["checks"][0]["exchanges"];
  const auto& exchange = json["checks"][1]["exchanges"][0];
  EXPECT_TRUE(answered.is_array());
  EXPECT_EQ(exchange["response"]["headers"][0][0], "X-Hostile");
  const auto& big = json["bodies"][exchange["response"]["body"].get<std::string>()];
  EXPECT_EQ(big["size"], 2'000'000);
  EXPECT_EQ(big["capped"], true);
}

TEST(ResultsJson, DumpsWhateverTheRegistrySent) {
  EXPECT_NO_THROW(json_of(sample_run()).dump());
  EXPECT_NO_THROW(json_of(unreachable_run()).dump());
}

TEST(ResultsJson, SaysWhyARunIsIncompleteOrNotJudged) {
  auto run = unreachable_run();
  EXPECT_THAT(json_of(run)["not_judged_because"].get<std::string>(), HasSubstr("connection refused"));
  EXPECT_EQ(json_of(run)["verdict"], "not-judged");
  run.complete = false;
  run.incomplete_reason = IncompleteReason::kTargetGone;
  run.incomplete_because = "the target has gone: connection refused";
  EXPECT_EQ(json_of(run)["incomplete_because"], "the target has gone: connection refused");
  EXPECT_EQ(json_of(run)["incomplete_reason"], "target-gone");
}

// Without python3-jsonschema these fail: a schema that is never validated is worthless.
class Schema : public testing::Test {
 protected:
  CommandEnd validate(const Results& results) const {
    write_file(folder_.path() / "results.json", results.dump());
    return run_command("python3 reports/schema/validate.py " + (folder_.path() / "results.json").string());
  }
  ScratchFolder folder_;
};

TEST_F(Schema, TakesEveryKindOfRun) {
  auto broken_off = sample_run();
  broken_off.complete = false;
  broken_off.incomplete_because = "interrupted";
  auto strict = sample_run();
  strict.strict_should = true;
  for (const auto& run : {sample_run(), unreachable_run(), broken_off, strict}) {
    const auto end = validate(json_of(run));
    EXPECT_EQ(end.code, 0) << end.output;
  }
}

TEST_F(Schema, RefusesWhatStraysFromIt) {
  const auto good = json_of(sample_run());
  const auto refuses = [&](const std::string& pointer, const Results& value) {
    auto bad = good;
    bad[Results::json_pointer(pointer)] = value;
    EXPECT_EQ(validate(bad).code, 1) << pointer;
  };
  refuses("/schema", "referee-results/2");
  refuses("/more", 1);
  refuses("/verdict", "perfect");
  refuses("/started", "2026-11-23T16:00:00Z");
  refuses("/checks/0/outcome", "green");
  refuses("/checks/0/more", 1);
  refuses("/checks/0/requirement", "unknown");
  refuses("/counts/passed", 99);
  refuses("/editions/oci-1.1.1/counts/passed", 99);
  refuses("/run_exchanges/0/response", {{"status", 200}, {"reason", ""}, {"headers", Results::array()}});
  refuses("/run_exchanges/0/request/headers", Results::array({Results::array({"only a name"})}));
}

TEST(LoadResults, ReadsWhatWasWritten) {
  const ScratchFolder folder;
  const auto results = json_of(sample_run());
  write_file(folder.path() / "results.json", results.dump());
  EXPECT_TRUE(load_document(folder.path() / "results.json") == results);
  EXPECT_TRUE(results_json(load_results(folder.path() / "results.json")) == results);
}

TEST(LoadResults, RefusesWhatIsNoResults) {
  const ScratchFolder folder;
  const auto path = folder.path() / "results.json";
  const auto refusal = [&](const std::string& bytes) -> std::string {
    write_file(path, bytes);
    try {
      load_results(path);
    } catch (const CannotRead& refused) {
      return refused.what();
    }
    return "";
  };
  EXPECT_THAT(refusal("{\"schema\": "), HasSubstr("is not JSON"));
  EXPECT_THAT(refusal("[]"), HasSubstr("schema ''"));
  EXPECT_THAT(refusal(R"({"schema": "referee-results/9"})"), HasSubstr("referee-results/9"));
  EXPECT_THAT(refusal(R"({"schema": "referee-results/1"})"), HasSubstr("has no checks"));
  EXPECT_THAT(refusal(R"({"schema": "referee-results/1.1", "checks": [{"edition": "oci-9"}]})"),
              AllOf(HasSubstr("results.json: 'oci-9' is not an edition")));
  const auto with = [](const std::string& members) {
    return R"({"schema": "referee-results/1.1", "checks": [{"edition": "oci-main", )" + members + "}]}";
  };
  EXPECT_THAT(refusal(with(R"("outcome": "green")")), HasSubstr("'green' is not a known outcome"));
  EXPECT_THAT(refusal(with(R"("outcome": "passed", "level": "OUGHT")")), HasSubstr("'OUGHT' is not a known level"));
  EXPECT_THAT(refusal(with(R"("id": "A.B")")), HasSubstr("'A.B' has no outcome"));
  EXPECT_THAT(refusal(with(R"("outcome": "passed", "exchanges": [1])")), HasSubstr("an exchange is not as"));
  EXPECT_THROW(load_results(folder.path() / "missing"), CannotRead);
}

TEST(Bodies, GivesTheBeginningOfABody) {
  const auto run = saved_of(sample_run());
  const Bodies bodies(run.bodies);
  const auto& digest = run.run_exchanges[0].request.body_digest;
  EXPECT_EQ(bodies.beginning(digest, 2), "ab");
  EXPECT_EQ(bodies.beginning(digest, 100), "abc");
  EXPECT_EQ(bodies.size(digest), 3U);
  EXPECT_THAT(bodies.beginning("sha256:unknown", 10), IsEmpty());
}

}  // namespace
}  // namespace referee::reports
