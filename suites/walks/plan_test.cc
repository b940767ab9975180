#include "suites/walks/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness/oci/names.h"
#include "suites/walks/content.h"
#include "suites/walks/shrink.h"

namespace referee::walks {
namespace {

constexpr Theme kThemes[] = {Theme::kKinds,        Theme::kDeletions, Theme::kTags,   Theme::kRareContent,
                             Theme::kRepositories, Theme::kPages,     Theme::kAtOnce, Theme::kMixture};

TEST(Plan, IsTheSameFromTheSameSeed) {
  const auto a = make_plan(Theme::kKinds, {.seed = 7});
  const auto b = make_plan(Theme::kKinds, {.seed = 7});
  ASSERT_EQ(a.steps.size(), b.steps.size());
  for (std::size_t i = 0; i < a.steps.size(); ++i) EXPECT_EQ(a.steps[i].node, b.steps[i].node);
}

TEST(Plan, RefersToWhatComesBeforeInTheGraph) {
  for (const auto theme : kThemes) {
    for (int seed = 0; seed < 50; ++seed) {
      const auto plan = make_plan(theme, {.seed = static_cast<std::uint64_t>(seed)});
      for (int i = 0; i < static_cast<int>(plan.nodes.size()); ++i) {
        const auto& node = plan.nodes[static_cast<std::size_t>(i)];
        EXPECT_LT(node.subject.value_or(-1), i);
        for (const int child : node.children) EXPECT_LT(child, i);
      }
      for (const auto& step : plan.steps) EXPECT_LT(step.node, static_cast<int>(plan.nodes.size()));
    }
  }
}

TEST(Plan, PushesEveryManifestOfAGraphWithoutDeletions) {
  const auto plan = make_plan(Theme::kRareContent, {.seed = 1});
  std::set<int> pushed;
  for (const auto& step : plan.steps) pushed.insert(step.node);
  EXPECT_GT(pushed.size(), plan.nodes.size() / 2);
}

TEST(Plan, MixesEachContentWithEachSubject) {
  const auto plan = make_plan(Theme::kMixture, {.seed = 1});
  std::map<Rare, std::set<int>> subjects_of;  // by content
  for (const auto& node : plan.nodes) {
    const int subject = node.subject.value_or(node.absent_subject ? -1 - *node.absent_subject : -10);
    if (node.rare != Rare::kNothing) subjects_of[node.rare].insert(subject);
  }
  EXPECT_GT(subjects_of.size(), 5U);
  for (const auto& [content, subjects] : subjects_of)
    EXPECT_GE(subjects.size(), 6U) << "content " << static_cast<int>(content);
}

TEST(Plan, GivesEachRareContentToAReferrer) {
  std::set<Rare> given;
  for (const auto& node : make_plan(Theme::kRareContent, {.seed = 1}).nodes) {
    if (node.subject || node.absent_subject) given.insert(node.rare);
  }
  given.erase(Rare::kNothing);
  EXPECT_EQ(given.size(), static_cast<std::size_t>(kRareContents));
}

TEST(Plan, HasALongChainOfReferrers) {
  const auto plan = make_plan(Theme::kMixture, {.seed = 1});
  std::vector<int> depth(plan.nodes.size());
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    if (const auto subject = plan.nodes[i].subject) depth[i] = depth[static_cast<std::size_t>(*subject)] + 1;
  }
  EXPECT_GE(*std::ranges::max_element(depth), 8);
}

TEST(Plan, TakesLateStepsAfterAllOthers) {
  for (const auto theme : {Theme::kKinds, Theme::kDeletions, Theme::kTags, Theme::kPages, Theme::kMixture}) {
    const auto plan = make_plan(theme, {.seed = 1});
    EXPECT_GT(std::ranges::count_if(plan.steps, &Step::late), 3);
    EXPECT_TRUE(std::ranges::is_partitioned(plan.steps, [](const Step& step) { return !step.late; }));
  }
}

TEST(Plan, HasListsOfMoreThanTenEntries) {
  for (const auto theme : {Theme::kPages, Theme::kMixture}) {
    std::map<int, int> referrers_of;
    for (const auto& node : make_plan(theme, {.seed = 1}).nodes) ++referrers_of[node.subject.value_or(-1)];
    EXPECT_GT(std::ranges::count_if(referrers_of, [](const auto& each) { return each.first >= 0 && each.second > 10; }),
              1);
  }
}

TEST(Plan, MixesSubjectsThatAreThereWhereTheyMustBe) {
  const auto plan = make_plan(Theme::kMixture, {.seed = 1, .subjects_first = true});
  std::set<int> subjects;
  for (const auto& node : plan.nodes) {
    if (node.rare == Rare::kFourByteCharacters) subjects.insert(node.subject.value_or(-1));
  }
  EXPECT_EQ(subjects.size(), 6U);
  EXPECT_FALSE(subjects.contains(-1));
}

TEST(Plan, HasSubjectsThatAreToBeRefusedWhereTheyMustBeThere) {
  const auto plan = make_plan(Theme::kMixture, {.seed = 1, .subjects_first = true});
  std::set<int> absent;
  for (const auto& node : plan.nodes) {
    if (node.absent_subject) absent.insert(*node.absent_subject);
  }
  EXPECT_EQ(absent, (std::set{0, 1, 2}));
}

TEST(Plan, LosesSubjectsAndFindsThemAgain) {
  const auto plan = make_plan(Theme::kMixture, {.seed = 1});
  using Action = Step::Action;
  std::map<bool, int> lost;  // by whether it is late
  std::set<int> deleted;
  for (const auto& step : plan.steps) {
    if (step.action == Action::kDelete) deleted.insert(step.node);
    const auto subject = plan.nodes[static_cast<std::size_t>(step.node)].subject;
    if (step.action == Action::kPush && subject && deleted.contains(*subject)) ++lost[step.late];
    if (step.action == Action::kPush) deleted.erase(step.node);
  }
  EXPECT_GT(lost[false], 0);
  EXPECT_GT(lost[true], 0);
}

TEST(Recipe, DatesArtifactsInSeveralZones) {
  const oci::Making making{{.form = oci::ArtifactForm::kOras}, "nonce"};
  const auto made_on = [&](int day) {
    const Node node{.kind = NodeKind::kArtifact, .day = day};
    return recipe_of(node, oci::ArtifactForm::kOras, {}, {}).make(making).manifest.bytes;
  };
  EXPECT_THAT(made_on(1), ::testing::HasSubstr("2022-06-02T01:30:00+13:30"));
  EXPECT_THAT(made_on(2), ::testing::HasSubstr("2022-06-02T12:00:00Z"));
}

TEST(Recipe, LeavesImagesWithASubjectWhatTheyAreInOras) {
  const oci::Descriptor subject{std::string(oci::kImageManifest), oci::Digest::of("s"), 1};
  const oci::Making making{{.form = oci::ArtifactForm::kOras}, "nonce"};
  const auto type_of = [&](NodeKind kind, bool as_image) {
    const Node node{.kind = kind, .subject = 0, .as_image = as_image};
    return recipe_of(node, oci::ArtifactForm::kOras, subject, {}).make(making).manifest.media_type;
  };
  EXPECT_EQ(type_of(NodeKind::kImage, true), oci::kImageManifest);
  EXPECT_EQ(type_of(NodeKind::kTypedIndex, true), oci::kImageIndex);
  EXPECT_EQ(type_of(NodeKind::kTypedIndex, false), oci::kOrasArtifact);
}

TEST(Shortest, LeavesTheStepsThatShowTheFault) {
  Plan plan = make_plan(Theme::kDeletions, {.seed = 3});
  for (std::size_t i = 0; i < plan.steps.size(); ++i) plan.steps[i].tag = static_cast<int>(i);
  const auto has = [](const Plan& shorter, int tag) {
    return std::ranges::any_of(shorter.steps, [&](const Step& step) { return step.tag == tag; });
  };
  const auto least = shortest(
      plan, [&](const Plan& p) { return has(p, 3) && has(p, 17); }, 100);
  ASSERT_EQ(least.steps.size(), 2U);
  EXPECT_EQ(least.steps[0].tag, 3);
  EXPECT_EQ(least.steps[1].tag, 17);
}

TEST(Shortest, TriesNoOftenerThanItMay) {
  int tries = 0;
  shortest(
      make_plan(Theme::kPages, {.seed = 1}),
      [&](const Plan&) {
        ++tries;
        return false;
      },
      7);
  EXPECT_LE(tries, 7);
}

}  // namespace
}  // namespace referee::walks
