#include "suites/walks/plan.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>

#include "suites/walks/content.h"

namespace referee::walks {
namespace {

// How often each action is taken, in a hundred; the rest pushes.
struct Habits {
  int nodes = 10;
  int steps = 16;
  int hub = 30;                      // how often a referrer refers to the first node, or to the second hub
  int second_hub = 0;                // the subject of every other one of those
  int refers = 80;                   // how often a manifest has a subject
  int absent = 15;                   // ... which is never pushed
  bool begins_with_changes = false;  // a tag that moves, a push that repeats, a deletion
  bool begins_with_twins = false;    // a chain in two repositories, whose end is deleted in one after the other
  int tag = 15;
  int remove = 0;
  int remove_tag = 0;
  int two = 0;
  int again = 15;  // a push of what was pushed before
  int rare = 15;
  int repositories = 1;
  bool one_type = false;  // most nodes are artifacts of one type
  bool subjects_first = false;
  bool in_turn = false;  // each node has another unusual content
  int asked_each = 1;    // after how many steps the walk asks
  int late = 0;          // steps after the pause
};

// What the first nodes can be, apart from an image.
constexpr int kAnIndex = 1;
constexpr int kADockerManifest = 2;
constexpr int kAnArtifact = 3;

Habits habits_of(Theme theme) {
  switch (theme) {
    case Theme::kKinds:
      return {.nodes = 18, .steps = 20, .late = 5};
    case Theme::kDeletions:
      return {.nodes = 13,
              .steps = 30,
              .hub = 65,
              .second_hub = kAnIndex,
              .remove = 30,
              .again = 30,
              .one_type = true,
              .late = 6};
    case Theme::kTags:
      return {.nodes = 9,
              .steps = 22,
              .hub = 60,
              .second_hub = kADockerManifest,
              .tag = 50,
              .remove = 8,
              .remove_tag = 20,
              .late = 6};
    case Theme::kRareContent:
      return {.nodes = 4 + kRareContents,
              .steps = 4 + kRareContents,
              .hub = 70,
              .begins_with_changes = true,
              .tag = 5,
              .again = 0,
              .in_turn = true};
    case Theme::kRepositories:
      return {.nodes = 6,
              .steps = 28,
              .hub = 60,
              .second_hub = kAnArtifact,
              .begins_with_twins = true,
              .remove = 25,
              .again = 60,
              .repositories = 2,
              .late = 12};
    case Theme::kPages:  // of ten entries, as some registries have them: each of two lists has more
      return {.nodes = 42,
              .steps = 44,
              .hub = 97,
              .second_hub = kADockerManifest,
              .refers = 100,
              .absent = 4,
              .begins_with_changes = true,
              .remove = 4,
              .again = 6,
              .one_type = true,
              .asked_each = 2,
              .late = 4};
    case Theme::kCrowd:
      return {.nodes = 150,
              .steps = 150,
              .hub = 100,
              .refers = 100,
              .absent = 0,
              .begins_with_changes = true,
              .tag = 4,
              .again = 0,
              .rare = 4,
              .one_type = true,
              .asked_each = 45};
    case Theme::kThousand:
      return {.nodes = 1100,
              .steps = 1100,
              .hub = 100,
              .refers = 100,
              .absent = 0,
              .begins_with_changes = true,
              .tag = 2,
              .again = 0,
              .rare = 4,
              .one_type = true,
              .asked_each = 1100};
    case Theme::kAtOnce:
      return {.nodes = 13, .steps = 12, .hub = 60, .remove = 10, .two = 60};
    case Theme::kMixture:  // has its own plan
      return {};
  }
  return {};
}

// The kind of manifest that has it, where not all do.
std::optional<NodeKind> kind_for(Rare rare) {
  switch (rare) {
    case Rare::kAnnotatedParts:
    case Rare::kManyParts:
      return NodeKind::kImage;
    case Rare::kEmptyType:
    case Rare::kTypeOfItsOwn:
      return NodeKind::kConfigArtifact;
    case Rare::kEmbeddedContent:
    case Rare::kLongType:
      return NodeKind::kArtifact;
    default:
      return std::nullopt;
  }
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
  constexpr int kEachAsImage = 5;
  node.as_image = number % kEachAsImage == kEachAsImage - 1;
  constexpr int kDays = 28;
  node.day = number % 4 == 0 ? 0 : 1 + number * 11 % kDays;
  const bool refers = number > 0 && node.kind != NodeKind::kDocker && dice.in_hundred(habits.refers);
  if (refers && dice.in_hundred(habits.absent)) {
    node.absent_subject = dice.below(3);
  } else if (refers) {
    const int hub = number > habits.second_hub && number % 2 == 1 ? habits.second_hub : 0;
    node.subject =
        dice.in_hundred(habits.hub) ? hub : dice.below(dice.in_hundred(50) ? std::min(number, kFirst) : number);
  }
  const bool index = node.kind == NodeKind::kIndex || node.kind == NodeKind::kTypedIndex;
  if (index && number > 0 && dice.in_hundred(60)) node.children.push_back(dice.below(number));
  if (dice.in_hundred(habits.rare)) node.rare = static_cast<Rare>(1 + dice.below(kRareContents));
  constexpr int kRareInCrowds = 10;  // ... and the one after it: long lists have at least these
  if (habits.one_type && (number == kRareInCrowds || number == kRareInCrowds + 1)) {
    node.kind = NodeKind::kArtifact;
    node.rare = number == kRareInCrowds ? Rare::kNotAscii : Rare::kLongAnnotation;
  }
  if (habits.in_turn && number >= kFirst) {
    if (node.kind == NodeKind::kDocker) node.kind = NodeKind::kImage;
    if (!node.subject && !node.absent_subject) node.subject = number % kFirst;
    node.rare = static_cast<Rare>(number - kFirst + 1);
    node.kind = kind_for(node.rare).value_or(node.kind);
  }
  return node;
}

// Chooses steps, and knows what was pushed by those before.
class Steps {
 public:
  Steps(const Habits& habits, int nodes, Dice& dice) : habits_(habits), nodes_(nodes), dice_(dice) {
    while (std::gcd(stride_, nodes_) != 1) ++stride_;  // else some would never come
  }

  Step next() {
    Step step{.repository = dice_.below(habits_.repositories), .tag = dice_.below(3)};
    const int draw = dice_.below(100);
    const int tags = habits_.remove + habits_.remove_tag;
    if (pushed_.size() > 2 && draw < habits_.remove) {
      step.action = Step::Action::kDelete;
      step.node = one_of_the_pushed();
    } else if (pushed_.size() > 2 && draw < tags) {
      step.action = Step::Action::kDeleteTag;
    } else {
      push(step, draw < tags + habits_.two);
    }
    step.silent = ++taken_ % habits_.asked_each != 0;
    return step;
  }

 private:
  void push(Step& step, bool two) {
    step.action = two                             ? Step::Action::kPushTwo
                  : dice_.in_hundred(habits_.tag) ? Step::Action::kTag
                                                  : Step::Action::kPush;
    step.node = !pushed_.empty() && dice_.in_hundred(habits_.again) ? one_of_the_pushed() : new_one();
    pushed_.insert(step.node);
    if (!two) return;
    step.other = new_one();
    if (step.other == step.node) step.other = (step.node + 1) % nodes_;
    pushed_.insert(step.other);
  }

  int one_of_the_pushed() { return *std::next(pushed_.begin(), dice_.below(static_cast<int>(pushed_.size()))); }

  // What is new comes in the order of the graph, or in another order, so that referrers come before their
  // subjects as well as after them.
  int new_one() {
    const int next = next_++;
    return habits_.subjects_first ? next % nodes_ : (next * stride_ + 3) % nodes_;
  }

  const Habits& habits_;
  const int nodes_;
  Dice& dice_;
  std::set<int> pushed_;
  int stride_ = 7;
  int next_ = 0;
  int taken_ = 0;
};

// An image, its referrer and the referrer of that, in two repositories; the last one is deleted in one of them, then
// pushed again and deleted in the other.
void add_twins(Plan& plan) {
  constexpr int kLast = kAnArtifact + 1;
  plan.nodes[kAnArtifact].absent_subject.reset();
  plan.nodes[kAnArtifact].subject = 0;
  plan.nodes[kLast] = {.kind = NodeKind::kArtifact, .subject = kAnArtifact, .type = 1, .day = 9};
  const auto step = [&](Step::Action action, int node, int repository) {
    plan.steps.push_back({.action = action, .node = node, .repository = repository});
  };
  for (const int node : {kADockerManifest, 0}) {  // the tag moves
    plan.steps.push_back({.action = Step::Action::kTag, .node = node, .repository = 1});
  }
  for (const int node : {0, kAnArtifact, kLast}) {
    for (const int repository : {0, 1}) step(Step::Action::kPush, node, repository);
  }
  step(Step::Action::kDelete, kLast, 0);
  step(Step::Action::kPush, kLast, 0);
  step(Step::Action::kDelete, kLast, 1);
  // A subject that is in the second one alone, and its referrer in the first one.
  plan.nodes[kLast + 1] = {.kind = NodeKind::kArtifact, .subject = kADockerManifest, .day = 3};
  step(Step::Action::kPush, kADockerManifest, 1);
  step(Step::Action::kPush, kLast + 1, 0);
  // A subject in both with a referrer of its own in each, which no other step pushes.
  const int subject = static_cast<int>(plan.nodes.size());
  plan.nodes.push_back({.kind = NodeKind::kIndex});
  for (const int repository : {0, 1}) {
    plan.nodes.push_back({.kind = NodeKind::kArtifact, .subject = subject, .type = repository, .day = 5});
    step(Step::Action::kPush, subject, repository);
    step(Step::Action::kPush, subject + 1 + repository, repository);
  }
}

}  // namespace

Plan make_plan(Theme theme, const Making& making) {
  if (theme == Theme::kMixture) return make_mixture(making);
  Dice dice(making.seed);
  auto habits = habits_of(theme);
  if (making.steps > 0) habits.steps = making.steps;
  habits.subjects_first = making.subjects_first;
  Plan plan;
  for (int i = 0; i < habits.nodes; ++i) plan.nodes.push_back(make_node(i, habits, dice));
  using Action = Step::Action;
  if (habits.begins_with_changes) {
    plan.steps = {{.action = Action::kTag, .node = 0},
                  {.action = Action::kTag, .node = 3},
                  {.action = Action::kPush, .node = 3},
                  {.action = Action::kPush, .node = 2},
                  {.action = Action::kDelete, .node = 2}};
  }
  if (habits.begins_with_twins) add_twins(plan);
  Steps steps(habits, habits.nodes, dice);
  for (int i = 0; i < habits.steps; ++i) plan.steps.push_back(steps.next());
  for (int i = 0; i < habits.late; ++i) {
    plan.steps.push_back(steps.next());
    plan.steps.back().silent = false;
    plan.steps.back().late = true;
  }
  return plan;
}

}  // namespace referee::walks
