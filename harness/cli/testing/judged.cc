#include "harness/cli/testing/judged.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace referee::cli::testing {
namespace {

using ::testing::Eq;
using Json = nlohmann::json;

const std::string kReports = "/referee-results/";

std::string name_of(const Json& check) {
  return check["spec"].get<std::string>() + " " + check["id"].get<std::string>();
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

}  // namespace

Json results_of(const Process& run) {
  return Json::parse(read_file(run.folder() + kReports + "results.json"), nullptr, false);
}

std::vector<std::string> with_outcome(const Json& results, const std::string& outcome) {
  std::vector<std::string> ids;
  for (const auto& check : results["checks"]) {
    if (check["outcome"] == outcome) ids.push_back(check["id"]);
  }
  return ids;
}

std::map<std::string, std::string> outcomes_of(const Json& results) {
  std::map<std::string, std::string> outcomes;
  for (const auto& check : results["checks"]) outcomes[name_of(check)] = check["outcome"];
  return outcomes;
}

std::map<std::string, std::vector<std::string>> bodies_sent(const Json& results) {
  std::map<std::string, std::vector<std::string>> bodies;
  for (const auto& check : results["checks"]) {
    auto& sent = bodies[name_of(check)];
    for (const auto& exchange : check["exchanges"]) {
      if (exchange["request"].contains("body")) sent.push_back(exchange["request"]["body"]);
    }
    std::ranges::sort(sent);
  }
  return bodies;
}

void expect_sound_reports(const Process& run) {
  const auto junit = run.folder() + kReports + "junit.xml";
  auto xmllint = Process::of("xmllint", {"--noout", "--schema", REFEREE_REPORT_SCHEMAS "/junit-10.xsd", junit});
  EXPECT_THAT(xmllint.wait(), Eq(0)) << xmllint.errors();  // 127: scripts/setup test installs it
  auto validator =
      Process::of("python3", {REFEREE_REPORT_SCHEMAS "/validate.py", run.folder() + kReports + "results.json"});
  EXPECT_THAT(validator.wait(), Eq(0)) << validator.output() << validator.errors();

  const auto results = results_of(run);
  const auto xml = read_file(junit);
  EXPECT_THAT(occurrences(xml, "<failure "), Eq(with_outcome(results, "failed").size()));
}

}  // namespace referee::cli::testing
