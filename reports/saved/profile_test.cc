// What is said in addition to the verdict: no bare conformance where the API is not offered or a part was left out.
#include "reports/saved/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace referee::reports {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SavedRun judged(RunVerdict verdict, std::vector<SavedEdition> editions) {
  SavedRun run;
  run.verdict = verdict;
  run.editions = std::move(editions);
  return run;
}

SavedEdition edition(spec::Edition edition, std::optional<bool> offered) {
  return {edition, RunVerdict::kConformant, {}, offered};
}

SavedCheck check(const std::string& requirement, Outcome outcome, bool not_run = false) {
  SavedCheck check;
  check.requirement = requirement;
  check.outcome = outcome;
  check.not_run = not_run;
  return check;
}

TEST(VerdictInWords, IsBareWhereEverythingWasJudged) {
  const auto run = judged(RunVerdict::kConformant, {edition(spec::Edition::kOci111, true)});
  EXPECT_EQ(verdict_in_words(run), "conformant");
  EXPECT_TRUE(is_whole_conformance(run));
  EXPECT_EQ(verdict_in_words(judged(RunVerdict::kConformant, {edition(spec::Edition::kOci111, std::nullopt)})),
            "conformant");
}

TEST(VerdictInWords, NamesTheApiThatIsNotOffered) {
  auto run = judged(RunVerdict::kConformant, {edition(spec::Edition::kOci111, false)});
  EXPECT_EQ(verdict_in_words(run), "conformant to the push rules; OCI referrers API not offered");
  EXPECT_EQ(verdict_in_words(run.editions.front()), verdict_in_words(run));
  EXPECT_FALSE(is_whole_conformance(run));
  run.verdict = RunVerdict::kNonConformant;
  EXPECT_EQ(verdict_in_words(run), "non-conformant; OCI referrers API not offered");
  run.editions.push_back(edition(spec::Edition::kOciMain, true));
  EXPECT_EQ(verdict_in_words(run), "non-conformant");
}

TEST(VerdictInWords, SaysWhatWasLeftOut) {
  auto run = judged(RunVerdict::kConformant, {edition(spec::Edition::kOci111, true)});
  run.options = {{"filter", "Paging.*"}, {"seed", "7"}};
  EXPECT_EQ(verdict_in_words(run), "partial: conformant (--filter Paging.*)");
  EXPECT_FALSE(is_whole_conformance(run));
  run.options = {{"read-only", "true"}};
  EXPECT_EQ(verdict_in_words(run), "partial: conformant (--read-only)");
  run.options.clear();
  run.complete = false;
  EXPECT_THAT(partial_because(run), ElementsAre("the run stopped early"));
}

TEST(VerdictInWords, NamesTheVersionOfTheChecks) {
  auto run = judged(RunVerdict::kConformant, {edition(spec::Edition::kOci111, true)});
  run.options = {{"as-of", "0.1.0"}};
  EXPECT_EQ(verdict_in_words(run), "conformant; judged as of 0.1.0");
  EXPECT_TRUE(is_whole_conformance(run));
  EXPECT_THAT(partial_because(run), IsEmpty());
  run.options["filter"] = "Paging.*";
  EXPECT_EQ(verdict_in_words(run), "partial: conformant; judged as of 0.1.0 (--filter Paging.*)");
  EXPECT_FALSE(is_whole_conformance(run));
}

TEST(NarrowingOptions, AreThoseThatLeaveAPartOut) {
  EXPECT_THAT(narrowing_options({{"filter", "Paging.*"}, {"read-only", "true"}, {"seed", "7"}}),
              ElementsAre("--filter Paging.*", "--read-only"));
  EXPECT_THAT(narrowing_options({{"level", "must"}}), ElementsAre("--level must"));
  EXPECT_THAT(narrowing_options({{"level", "MAY"}}), IsEmpty());
}

TEST(Features, HaveAState) {
  SavedRun run;
  run.checks = {
      check("oci.referrers.filter.header", Outcome::kSkipped), check("oci.referrers.page.complete", Outcome::kPassed),
      check("oci.referrers.page.distinct", Outcome::kFailed),  check("oci.subject.push-201", Outcome::kPassed),
      check("oci.delete.tag-202", Outcome::kSkipped, true),    check("oci.delete.manifest-202", Outcome::kBlocked),
      check("oci.http.auth-list", Outcome::kSkipped)};
  run.checks.back().not_configured = true;
  const auto features = features_of(run);
  std::vector<std::string> told;
  for (const auto& feature : features) told.push_back(feature.name + ": " + name(feature.state));
  EXPECT_THAT(told, ElementsAre("pushing manifests with a subject: supported", "authorization: not judged",
                                "filtering: not offered", "paging: violated", "deletion of tags: not judged",
                                "deletion of manifests: not judged"));
  EXPECT_TRUE(features.front().core);
}

TEST(Features, HaveEveryRequirementInOne) {
  for (const auto& row : spec::all_requirements()) {
    if (row.id.starts_with("probe.")) continue;
    SavedRun run;
    run.checks = {check(std::string(row.id), Outcome::kPassed)};
    EXPECT_EQ(features_of(run).size(), 1u) << row.id;
  }
}

}  // namespace
}  // namespace referee::reports
