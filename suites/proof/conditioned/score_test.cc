// The mutation score: who is killed, who is not visible, and that the sample holds today's bound.
#include "suites/proof/conditioned/score.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/spec/literals/oci.h"

namespace referee::proof {
namespace {

using registry::Behaviour;
using registry::conditioned::all_mutants;
using registry::conditioned::find_condition;
using registry::conditioned::find_operator;
using registry::conditioned::Operator;
using spec::literals::operator""_requirement;
using ::testing::Contains;
using ::testing::Field;
using ::testing::SizeIs;

const std::vector<Mutant>& everything() {
  static const auto kAll = all_mutants();
  return kAll;
}

std::vector<const Mutant*> pointers() {
  std::vector<const Mutant*> all;
  for (const auto& mutant : everything()) all.push_back(&mutant);
  return all;
}

Mutant made(const std::string& op, const std::string& when) {
  return *condition(*find_operator(op), *find_condition(when));
}

Baseline& honest_outcomes() {
  static Baseline known;
  return known;
}

TEST(Score, CountsAMutantAsKilledByTheRequirementThatItViolates) {
  const auto mutant = made("op.list.answer.type", "always");
  const auto result = score(mutant, honest_outcomes());
  EXPECT_EQ(result.fate, Fate::kKilled);
  EXPECT_GT(result.uses, 0);
  EXPECT_THAT(result.accusations,
              Contains(Field("requirement", &Accusation::requirement, "oci.referrers.list.content-type")));
}

TEST(Score, SaysWhenOnlyOtherRequirementsAreAccused) {
  auto mutant = made("op.list.answer.type", "always");
  mutant.rows = {"oci.subject.header-digest"_requirement};
  EXPECT_EQ(score(mutant, honest_outcomes()).fate, Fate::kKilledByOthers);
}

/// Hands on the honest list for a subject that is an index, and a wrong status for any other.
Operator without_effect_on_some() {
  return {"op.test",
          "changes nothing for a subject that is an index",
          {"oci.referrers.list.stable"_requirement},
          [](Behaviour& b) {
            b.list.answer = [](const registry::ListContext& list, registry::Response honest) {
              const auto subject = list.repository ? list.repository->manifest(list.digest) : nullptr;
              const bool index = subject && subject->facts.kind == registry::Kind::kIndex;
              if (!index) honest.status = 203;
              return honest;
            };
          }};
}

TEST(Differential, SeesNoDifferenceBetweenTwoHonestRegistries) {
  const Operator honest{"op.test", "changes nothing", {"oci.referrers.list.stable"_requirement}, [](Behaviour& b) {
                          b.push.answer = [](const registry::PushContext&, registry::Response same) { return same; };
                        }};
  for (const auto edition : spec::all_editions()) {
    for (const auto* when : {"always", "two-writers", "above-1000"}) {
      const auto condition = registry::conditioned::condition(honest, *find_condition(when));
      if (!condition) continue;
      for (const bool users : {false, true}) {
        const auto seen = compare(*condition, edition, users, {.sequences = 4, .most_sequences = 4});
        EXPECT_EQ(seen.visibility, Visibility::kNotReached)
            << spec::name(edition) << ' ' << when << ' ' << seen.difference;
      }
    }
  }
}

// What is sent at once must have one outcome, whichever comes first.
TEST(Differential, SeesNoDifferenceInLongTraffic) {
  const Operator honest{"op.test", "changes nothing", {"oci.referrers.list.stable"_requirement}, [](Behaviour& b) {
                          b.push.answer = [](const registry::PushContext&, registry::Response same) { return same; };
                        }};
  const auto mutant = *condition(honest, *find_condition("always"));
  for (const auto edition : {spec::Edition::kOci111, spec::Edition::kOrasRc2}) {
    const auto seen = compare(mutant, edition, false, {.sequences = 100, .most_sequences = 100, .steps = 120});
    EXPECT_EQ(seen.visibility, Visibility::kNotReached) << spec::name(edition) << ' ' << seen.difference;
  }
}

TEST(Differential, FindsThatAMutantIsNotVisible) {
  const auto mutant = *condition(without_effect_on_some(), *find_condition("index-subject"));
  const auto seen = compare(mutant, spec::Edition::kOci111);
  EXPECT_EQ(seen.visibility, Visibility::kNone) << seen.difference << ", " << seen.uses << " uses";
  EXPECT_GT(seen.uses, 0);
}

TEST(Differential, SeesAMutantThatSomeClientCanSee) {
  const auto mutant = *condition(without_effect_on_some(), *find_condition("docker-subject"));
  const auto seen = compare(mutant, spec::Edition::kOci111);
  EXPECT_EQ(seen.visibility, Visibility::kSeen);
  EXPECT_THAT(seen.difference, ::testing::HasSubstr("/referrers/sha256:"));
}

TEST(Differential, ClaimsNothingOfWhatItsTrafficDoesNotBringAbout) {
  auto mutant = made("op.list.answer.type", "above-1000");
  const registry::conditioned::Condition never{"never", "never", {}, [](const auto&) { return false; }};
  mutant.condition = &never;
  EXPECT_EQ(compare(mutant, spec::Edition::kOci111, false, {.sequences = 2, .most_sequences = 4}).visibility,
            Visibility::kNotReached);
}

TEST(Differential, SeesEachOperatorWithoutACondition) {
  for (const auto& op : registry::conditioned::all_operators()) {
    const auto mutant = *condition(op, *find_condition("always"));
    EXPECT_EQ(compare(mutant, telling_edition(mutant)).visibility, Visibility::kSeen) << op.id;
  }
}

TEST(Sample, IsTheSameForTheSameSeed) {
  const auto all = pointers();
  const auto chosen = sample(all, 20, 7);
  EXPECT_THAT(chosen, SizeIs(20));
  EXPECT_EQ(chosen, sample(all, 20, 7));
  EXPECT_NE(chosen, sample(all, 20, 8));
  EXPECT_TRUE(std::ranges::is_sorted(chosen));
  EXPECT_EQ(sample(all, all.size() + 1, 7), all);
}

TEST(ScoreAll, ScoresWithoutWhatNoClientCanSee) {
  Score score;
  for (const auto fate :
       {Fate::kKilled, Fate::kKilled, Fate::kKilledByOthers, Fate::kSurvived, Fate::kNotVisible, Fate::kNotReached}) {
    score.add(fate);
  }
  EXPECT_DOUBLE_EQ(score.score(), 75);
  EXPECT_NEAR(score.rightness(), 66.7, 0.1);
}

TEST(ScoreAll, BeginsNothingOnceInterrupted) {
  const std::atomic<bool> stop = true;
  const auto all = pointers();
  const auto run = score_all({.mutants = all, .jobs = 2}, stop);
  EXPECT_FALSE(run.complete);
  EXPECT_TRUE(run.results.empty());
}

// Percent. To be raised with what the suite learns to notice.
constexpr double kBound = 20;

TEST(ConditionedDefects, AreNoticedInThePartThatIsNoticedToday) {
  const std::atomic<bool> go_on = false;
  const auto run = score_all({.mutants = sample(pointers(), 40, 1), .jobs = 2}, go_on);
  EXPECT_TRUE(run.complete);
  EXPECT_GE(run.totals().score(), kBound);
  for (const auto& result : run.results) {
    if (result.fate == Fate::kSurvived) RecordProperty(result.mutant->id, result.comparison.difference);
  }
}

}  // namespace
}  // namespace referee::proof
