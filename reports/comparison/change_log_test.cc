// Two versions of one registry as a change log: the Markdown byte for byte, the data by its schema.
#include "reports/comparison/change_log.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "reports/output_file.h"
#include "reports/testing/sample_run.h"

namespace referee::reports {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

SavedRun version(const std::string& name, const std::vector<std::pair<std::string, Outcome>>& outcomes) {
  SavedRun run;
  run.run = "r1";
  run.target_url = "http://a";
  run.options["name"] = name;
  for (const auto& [requirement, outcome] : outcomes) {
    run.checks.push_back({.requirement = requirement, .source = {}, .outcome = outcome});
    run.requirements.push_back({.id = requirement, .text = "What " + requirement + " demands, `code` in it."});
  }
  return run;
}

Results explored(const std::string& answer) {
  const Results registry = {
      {"target", {{"name", "e"}, {"url", "http://b"}}},
      {"run", "r2"},
      {"observations", Results::array({Results{{"probe", "probe.x"}, {"spec", "oci-1.1.1"}, {"answer", answer}}})}};
  return {{"schema", "referee-exploration/1"},
          {"probes", {{"probe.x", {{"question", "What becomes of it?"}}}}},
          {"registries", Results::array({registry})}};
}

Comparison two_versions() {
  return compare({version("v1", {{"oci.a", Outcome::kPassed},
                                 {"oci.b", Outcome::kFailed},
                                 {"oci.c", Outcome::kFailed},
                                 {"oci.d", Outcome::kSkipped},
                                 {"oci.e", Outcome::kPassed}}),
                  version("v2", {{"oci.a", Outcome::kFailed},
                                 {"oci.b", Outcome::kPassed},
                                 {"oci.c", Outcome::kWarned},
                                 {"oci.d", Outcome::kPassed},
                                 {"oci.e", Outcome::kPassed}}),
                  explored("KEEP <b>"), explored("CASCADE-NOW")});
}

TEST(ChangeLog, IsAsItWasInMarkdown) {
  const std::filesystem::path path = "reports/testing/golden/change-log";
  const auto bytes = change_log_markdown(two_versions());
  if (std::getenv("REFEREE_WRITE_GOLDEN") != nullptr) write_file(path, bytes);
  EXPECT_EQ(bytes, read_file(path)) << path << " differs; wanted? REFEREE_WRITE_GOLDEN=1 rewrites it";
  EXPECT_THAT(bytes, AllOf(HasSubstr("## Breaks now (1)"), HasSubstr("## Keeps now (1)"),
                           HasSubstr("## Answers differently (1)"), Not(HasSubstr("<b>"))));
}

TEST(ChangeLog, CountsItsEntriesForPrograms) {
  const auto json = change_log_json(two_versions());
  std::vector<std::string> titles;
  for (const auto& entry : json["entries"]) titles.push_back(entry["title"]);
  EXPECT_THAT(titles, ElementsAre("Breaks now", "Keeps now", "Breaks less severely now", "Answers differently",
                                  "Judged or skipped differently"));
  EXPECT_EQ(json["same"], 1);
  const auto& probe = json["differences"].back();
  EXPECT_EQ(probe["kind"], "probe");
  EXPECT_EQ(probe["about"], "What becomes of it?");
  EXPECT_EQ(probe["values"], Results::parse(R"([null, null, "KEEP <b>", "CASCADE-NOW"])"));
}

TEST(ChangeLog, IsValidByItsSchema) {
  const ScratchFolder folder;
  const auto path = folder.path() / "changes.json";
  write_file(path, change_log_json(two_versions()).dump());
  const auto end =
      run_command("python3 reports/schema/validate.py " + path.string() + " reports/schema/comparison.schema.json");
  EXPECT_EQ(end.code, 0) << end.output;
}

TEST(ChangeLog, IsAPageWithoutMarkupOfOthers) {
  EXPECT_THAT(change_log_html(two_versions()),
              AllOf(HasSubstr("Content-Security-Policy"), HasSubstr("KEEP \\u003cb\\u003e"), Not(HasSubstr("<b>"))));
}

TEST(ChangeLog, SaysWhenNothingChanged) {
  const auto same = version("v1", {{"oci.a", Outcome::kPassed}});
  EXPECT_THAT(change_log_markdown(compare({same, same})),
              AllOf(HasSubstr("Nothing that both have differs."), HasSubstr("1 the same.")));
}

}  // namespace
}  // namespace referee::reports
