// What a run of the program promises: a defect is named with its evidence, a seed can be replayed, jobs change nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/cli/testing/judged.h"
#include "harness/cli/testing/process.h"

namespace referee::cli {
namespace {

using testing::bodies_sent;
using ::testing::Each;
using ::testing::Eq;
using testing::expect_sound_reports;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Ne;
using ::testing::Not;
using testing::outcomes_of;
using testing::Process;
using testing::read_file;
using testing::results_of;
using ::testing::StartsWith;
using testing::with_outcome;
using Json = nlohmann::json;

constexpr std::chrono::seconds kWholeRun{200};

struct Seeded {
  const char* name;
  const char* defect;
  const char* edition;
  const char* requirement;
  const char* expected;
  int answered;
};

void PrintTo(const Seeded& seeded, std::ostream* out) { *out << seeded.defect; }

class SeededDefect : public ::testing::TestWithParam<Seeded> {};

bool was_answered(const Json& check, const std::string& method, int status) {
  return std::ranges::any_of(check["exchanges"], [&](const Json& exchange) {
    return exchange["request"]["method"] == method && exchange.contains("response") &&
           exchange["response"]["status"] == status;
  });
}

// The element, up to its end.
std::string first_failure(const std::string& junit) {
  const auto begin = std::min(junit.find("<failure "), junit.size());
  return junit.substr(begin, junit.find("</failure>", begin) - begin);
}

TEST_P(SeededDefect, IsNamedWithItsEvidence) {
  const auto& [name, defect, edition, requirement, expected, answered] = GetParam();
  const Process registry({"serve", "--defect", defect});
  const auto url = registry.line_after("listening on ");
  Process run({"run", url, "--spec", edition, "--settle", "5s", "--cascade-wait", "5s"});
  ASSERT_THAT(run.wait(kWholeRun), Eq(1)) << run.errors() << run.output();

  const auto results = results_of(run);
  EXPECT_THAT(results["verdict"], Eq("non-conformant"));
  ASSERT_THAT(with_outcome(results, "failed"), Not(IsEmpty()));
  for (const auto& check : results["checks"]) {
    if (check["outcome"] != "failed") continue;
    EXPECT_THAT(check["requirement"], Eq(requirement)) << check["id"];
    const auto& finding = check["findings"][0];
    EXPECT_THAT(finding["expected"].get<std::string>(), HasSubstr(expected));
    EXPECT_THAT(finding["actual"].get<std::string>(), HasSubstr(std::to_string(answered)));
    EXPECT_TRUE(was_answered(check, "PUT", answered)) << check["exchanges"].dump(1);
  }
  EXPECT_THAT(results["counts"]["error"], Eq(0));

  const auto failure = first_failure(read_file(run.folder() + "/referee-results/junit.xml"));
  EXPECT_THAT(failure, StartsWith(std::string("<failure type=\"MUST\" message=\"expected ") + expected));
  EXPECT_THAT(failure, HasSubstr(std::string("Requirement: ") + requirement));
  EXPECT_THAT(failure, HasSubstr("Exchanges:\n#"));
  EXPECT_THAT(failure, HasSubstr("&lt; " + std::to_string(answered)));
  expect_sound_reports(run);
}

INSTANTIATE_TEST_SUITE_P(All, SeededDefect,
                         ::testing::Values(Seeded{"AcceptsAMissingSubject", "oras.subject.missing-400#a", "oras-rc.2",
                                                  "oras.subject.missing-400", "status 400", 201},
                                           Seeded{"RefusesAMissingSubject", "oci.subject.missing-201#a", "oci-1.1.1",
                                                  "oci.subject.missing-201", "status 201", 404}),
                         [](const auto& seeded) { return seeded.param.name; });

// Checks whose content names an address of this very run: that of their own listener, or of the target.
const std::set<std::string> kNamesAnAddress = {"oci-1.1.1 Descriptors.HaveUrlsThatAreNotFetched",
                                               "oras-rc.2 OrasSubject.IsNotReplacedByItsUrls"};

// The first one looks for the number of entries that makes pages, and pushes more to find it; then the others know it.
bool may_look_for_a_size_that_pages(const std::string& check) {
  return check.starts_with("oras-rc.2 OrasPaging.") || check == "oras-rc.2 OrasSorting.ContinuesAcrossPages" ||
         check == "oras-rc.2 OrasVersion.IsOnEveryPage";
}

std::set<std::string> repositories_of(const Json& results) {
  std::set<std::string> names;
  const std::string prefix = "/v2/referee/";
  for (const auto& check : results["checks"]) {
    for (const auto& exchange : check["exchanges"]) {
      const std::string url = exchange["request"]["url"];
      const auto at = url.find(prefix);
      if (at != std::string::npos) names.insert(url.substr(at, url.find('/', at + prefix.size()) - at));
    }
  }
  return names;
}

struct Ended {
  Json results;
  int code;
};

Ended run_with(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"run", "--built-in", "--quiet"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  Process run(arguments);
  const int code = run.wait(kWholeRun);
  return {results_of(run), code};
}

TEST(Replay, SendsTheSameBodiesUnderOtherNamesWithAnyNumberOfJobs) {
  const auto one = run_with({"--seed", "11", "--jobs", "1"});
  const auto eight = run_with({"--seed", "11", "--jobs", "8"});
  ASSERT_THAT(one.code, Eq(0));
  ASSERT_THAT(eight.code, Eq(0));
  EXPECT_THAT(outcomes_of(eight.results), Eq(outcomes_of(one.results)));

  const auto others = bodies_sent(eight.results);
  for (const auto& [check, bodies] : bodies_sent(one.results)) {
    if (kNamesAnAddress.contains(check) || may_look_for_a_size_that_pages(check)) continue;
    ASSERT_TRUE(others.contains(check)) << check;
    EXPECT_THAT(others.at(check), Eq(bodies)) << check;
  }

  const auto names = repositories_of(one.results);
  ASSERT_THAT(names, Not(IsEmpty()));
  EXPECT_THAT(repositories_of(eight.results), Each(Not(::testing::AnyOfArray(names))));
}

TEST(Replay, AnotherSeedSendsOtherBodies) {
  const std::vector<std::string> narrow = {"--filter", "oci.subject.missing-201", "--spec", "oci-1.1.1", "--seed"};
  auto arguments = narrow;
  arguments.emplace_back("11");
  const auto eleven = run_with(arguments);
  arguments.back() = "12";
  const auto twelve = run_with(arguments);
  ASSERT_THAT(eleven.code, Eq(0));
  EXPECT_THAT(outcomes_of(twelve.results), Eq(outcomes_of(eleven.results)));
  for (const auto& [check, bodies] : bodies_sent(eleven.results)) {
    EXPECT_THAT(bodies_sent(twelve.results).at(check), Ne(bodies)) << check;
  }
}

}  // namespace
}  // namespace referee::cli
