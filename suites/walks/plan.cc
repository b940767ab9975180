#include "suites/walks/plan.h"

#include <algorithm>

#include "suites/walks/content.h"

namespace referee::walks {
namespace {

// How often each action is taken, in a hundred; the rest pushes.
struct Habits {
  int nodes = 10;
  int steps = 16;
  int hub = 30;  // how often a referrer refers to the first node
  int tag = 15;
  int remove = 0;
  int remove_tag = 0;
  int two = 0;
  int again = 15;  // a push of what was pushed before
  int wild = 15;
  int repositories = 1;
  bool one_type = false;  // most nodes are artifacts of one type
};

Habits habits_of(Theme theme) {
  switch (theme) {
    case Theme::kKinds:
      return {.nodes = 14, .steps = 20};
    case Theme::kDeletions:
      return {.nodes = 10, .steps = 22, .remove = 30, .again = 30};
    case Theme::kTags:
      return {.nodes = 8, .steps = 20, .tag = 50, .remove = 8, .remove_tag = 20};
    case Theme::kWildContent:
      return {.nodes = 16, .steps = 18, .wild = 90};
    case Theme::kRepositories:
      return {.nodes = 8, .steps = 20, .remove = 20, .again = 40, .repositories = 2};
    case Theme::kPages:
      return {.nodes = 30, .steps = 34, .hub = 92, .remove = 6, .again = 8, .one_type = true};
    case Theme::kAtOnce:
      return {.nodes = 12, .steps = 10, .hub = 60, .remove = 10, .two = 60};
  }
  return {};
}

Node make_node(int number, const Habits& habits, Dice& dice) {
  Node node{.kind = static_cast<NodeKind>(dice.below(kNodeKinds)), .type = dice.below(kTypes)};
  // The first ones are subjects of each kind; most of the others refer to one of them.
  constexpr NodeKind kSubjects[] = {NodeKind::kImage, NodeKind::kIndex, NodeKind::kDocker, NodeKind::kArtifact};
  constexpr int kFirst = 4;
  if (number < kFirst) node.kind = kSubjects[number];
  if (number >= kFirst && habits.one_type && dice.in_hundred(75)) {
    node.kind = NodeKind::kArtifact;
    node.type = 1;
  }
  const bool refers = number > 0 && node.kind != NodeKind::kDocker && dice.in_hundred(80);
  if (refers && dice.in_hundred(15)) {
    node.absent_subject = dice.below(2);
  } else if (refers) {
    node.subject =
        dice.in_hundred(habits.hub) ? 0 : dice.below(dice.in_hundred(50) ? std::min(number, kFirst) : number);
  }
  const bool index = node.kind == NodeKind::kIndex || node.kind == NodeKind::kTypedIndex;
  if (index && number > 0 && dice.in_hundred(60)) node.children.push_back(dice.below(number));
  if (dice.in_hundred(habits.wild)) node.wild = 1 + dice.below(kWildContents);
  return node;
}

Step make_step(std::size_t number, const Plan& plan, const Habits& habits, Dice& dice) {
  const int nodes = static_cast<int>(plan.nodes.size());
  Step step{.repository = dice.below(habits.repositories), .tag = dice.below(3)};
  const int draw = dice.below(100);
  step.other = dice.below(nodes);
  if (number > 2 && draw < habits.remove) {
    step.action = Step::Action::kDelete;
    step.node = dice.below(nodes);
  } else if (number > 2 && draw < habits.remove + habits.remove_tag) {
    step.action = Step::Action::kDeleteTag;
  } else {
    const bool two = draw < habits.remove + habits.remove_tag + habits.two;
    step.action = two ? Step::Action::kPushTwo : dice.in_hundred(habits.tag) ? Step::Action::kTag : Step::Action::kPush;
    // What is new comes in an order of its own, so that referrers come before their subjects as well as after them.
    step.node = dice.in_hundred(habits.again) ? dice.below(nodes) : static_cast<int>(number * 7 + 3) % nodes;
    if (step.other == step.node) step.other = (step.node + 1) % nodes;
  }
  return step;
}

}  // namespace

Plan make_plan(Theme theme, std::uint64_t seed) {
  Dice dice(seed);
  const auto habits = habits_of(theme);
  Plan plan;
  for (int i = 0; i < habits.nodes; ++i) plan.nodes.push_back(make_node(i, habits, dice));
  for (int i = 0; i < habits.steps; ++i) {
    plan.steps.push_back(make_step(static_cast<std::size_t>(i), plan, habits, dice));
  }
  return plan;
}

}  // namespace referee::walks
