// The plan that combines: what is wrong for one kind of subject, or in a list that has one kind of entry, shows only
// where the content that it spoils comes together with it.
#include <cstddef>
#include <iterator>
#include <set>
#include <utility>

#include "suites/walks/plan.h"

namespace referee::walks {
namespace {

// What a list gets, whatever its subject: each list has non-ASCII and long annotations, and an index.
struct MixedContent {
  NodeKind kind;
  Rare rare;
};
constexpr MixedContent kMixedContents[] = {
    {NodeKind::kTypedIndex, Rare::kNotAscii},
    {NodeKind::kArtifact, Rare::kLongAnnotation},
    {NodeKind::kIndex, Rare::kManyAnnotations},
    {NodeKind::kArtifact, Rare::kNoAnnotations},
    {NodeKind::kImage, Rare::kAnnotatedParts},
    {NodeKind::kConfigArtifact, Rare::kEmptyType},
    {NodeKind::kConfigArtifact, Rare::kTypeOfItsOwn},
    {NodeKind::kArtifact, Rare::kOddKeys},
    {NodeKind::kArtifact, Rare::kFourByteCharacters},
    {NodeKind::kImage, Rare::kMarkup},
    {NodeKind::kArtifact, Rare::kOddlySerialized},
    {NodeKind::kConfigArtifact, Rare::kUnknownMembers},
    {NodeKind::kArtifact, Rare::kEmbeddedContent},
    {NodeKind::kArtifact, Rare::kLongType},
    {NodeKind::kImage, Rare::kManyParts},
    {NodeKind::kArtifact, Rare::kAboveSixtyFourKiB},
};

// What each list gets once the rest is no longer new.
constexpr MixedContent kLateContents[] = {{NodeKind::kTypedIndex, Rare::kNotAscii},
                                          {NodeKind::kArtifact, Rare::kLongAnnotation},
                                          {NodeKind::kConfigArtifact, Rare::kEmptyType}};

// The subjects come first, in this order.
constexpr int kMixedImage = 0;
constexpr int kMixedIndex = 1;
constexpr int kMixedDocker = 2;
constexpr int kMixedReferrer = 3;
constexpr int kMixedTypedIndex = 4;
constexpr int kMixedSubjects = 5;

void add_subjects(Plan& plan) {
  plan.nodes.push_back({.kind = NodeKind::kImage});
  plan.nodes.push_back({.kind = NodeKind::kIndex, .children = {kMixedImage}});
  plan.nodes.push_back({.kind = NodeKind::kDocker});
  plan.nodes.push_back({.kind = NodeKind::kArtifact, .subject = kMixedImage, .type = 2});
  plan.nodes.push_back({.kind = NodeKind::kTypedIndex, .children = {kMixedIndex, kMixedDocker}, .type = 3});
}

// Each refers to the one before.
void add_chain(Plan& plan) {
  constexpr int kLinks = 8;
  int before = kMixedReferrer;
  for (int i = 0; i < kLinks; ++i) {
    plan.nodes.push_back({.kind = NodeKind::kArtifact, .subject = before, .type = i % 2, .day = 1 + i});
    before = static_cast<int>(plan.nodes.size()) - 1;
  }
}

// Images and indexes that have a subject in editions in which only artifacts refer to one; subjects that are never
// there.
void add_what_is_not_listed(Plan& plan, int last_subject) {
  for (int subject = 0; subject <= last_subject; ++subject) {
    plan.nodes.push_back({.kind = NodeKind::kImage, .subject = subject, .rare = Rare::kNotAscii, .as_image = true});
    plan.nodes.push_back(
        {.kind = NodeKind::kTypedIndex, .subject = subject, .rare = Rare::kLongAnnotation, .as_image = true});
  }
  constexpr int kNever = 3;
  for (int absent = 0; absent < kNever; ++absent) {
    for (const auto rare : {Rare::kNotAscii, Rare::kLongAnnotation}) {
      plan.nodes.push_back({.kind = NodeKind::kArtifact, .absent_subject = absent, .type = 1, .rare = rare, .day = 2});
    }
  }
}

Node referrer_of(int subject, Node node) {
  if (subject < 0) {
    node.absent_subject = -subject;
  } else {
    node.subject = subject;
  }
  return node;
}

// A subject with referrers that is lost: it goes, something new refers to it, one of the old ones goes, and it comes
// back.
struct Lost {
  int subject = 0;
  int newcomers = 0;  // come while it is gone; its other referrers follow it
};

Lost add_lost(Plan& plan, const Node& subject) {
  const auto size = [&] { return static_cast<int>(plan.nodes.size()); };
  Lost lost{.subject = size()};
  plan.nodes.push_back(subject);
  const auto add = [&](int of, NodeKind kind, Rare rare) {
    plan.nodes.push_back({.kind = kind, .subject = of, .type = 1, .rare = rare, .day = 1 + size() % 28});
  };
  add(lost.subject, NodeKind::kArtifact, Rare::kLongAnnotation);
  add(lost.subject, NodeKind::kTypedIndex, Rare::kNotAscii);
  add(lost.subject, NodeKind::kArtifact, Rare::kNothing);
  add(lost.subject + 1, NodeKind::kArtifact, Rare::kNothing);
  lost.newcomers = size();
  add(lost.subject, NodeKind::kArtifact, Rare::kNotAscii);
  add(lost.subject, NodeKind::kArtifact, Rare::kLongAnnotation);
  add(lost.subject + 1, NodeKind::kArtifact, Rare::kNothing);
  return lost;
}

void lose(Plan& plan, const Lost& lost, bool late) {
  using Action = Step::Action;
  const auto step = [&](Action action, int node) {
    plan.steps.push_back({.action = action, .node = node, .tag = node % 3, .late = late});
  };
  step(Action::kDelete, lost.subject);
  step(Action::kPush, lost.newcomers);
  step(Action::kTag, lost.newcomers + 1);
  step(Action::kPush, lost.newcomers + 2);
  step(Action::kDelete, lost.subject + 1);
  step(Action::kPush, lost.subject);
  step(Action::kPush, lost.newcomers);
}

// An index that names a referrer of each list.
void add_index_of_referrers(Plan& plan, int own, int end) {
  Node index{.kind = NodeKind::kIndex};
  constexpr int kChosen = 3;  // of its contents
  for (int node = own + kChosen; node < end; node += static_cast<int>(std::size(kMixedContents)))
    index.children.push_back(node);
  plan.nodes.push_back(std::move(index));
}

// A list of more than ten entries has a second page on some registries.
void push_all(Plan& plan, int own, int end, const std::set<int>& but, Dice& dice) {
  constexpr int kAskedEach = 3;
  for (int node = 0; node < end; ++node) {
    if (but.contains(node)) continue;
    const bool tagged = node >= own && dice.in_hundred(20);
    const bool silent = node >= own && node % kAskedEach != 0;
    plan.steps.push_back({.action = tagged ? Step::Action::kTag : Step::Action::kPush,
                          .node = node,
                          .tag = node % 2,
                          .silent = silent,
                          .asked_later = silent});
  }
  plan.steps.push_back({.action = Step::Action::kPush, .node = own});
  plan.steps.push_back({.action = Step::Action::kDelete, .node = own + 2});
  plan.steps.push_back({.action = Step::Action::kTag, .node = end - 1});
  plan.steps.push_back({.action = Step::Action::kTag, .node = end - 2});
}

}  // namespace

Plan make_mixture(const Making& making) {
  Dice dice(making.seed);
  Plan plan;
  add_subjects(plan);
  // -1 is a subject that is never pushed, -2 one with a SHA-512; where a subject must be there, others take their
  // place.
  constexpr int kNever = -1;
  constexpr int kNeverBySha512 = -2;
  const int fifth = making.subjects_first ? kMixedTypedIndex : kNever;
  const int sixth = making.subjects_first ? kMixedSubjects : kNeverBySha512;
  if (making.subjects_first) plan.nodes.push_back({.kind = NodeKind::kImage, .sha512 = true});
  const int own = static_cast<int>(plan.nodes.size());
  for (const int subject : {kMixedImage, kMixedIndex, kMixedDocker, kMixedReferrer, fifth, sixth}) {
    int number = 0;
    for (const auto& content : kMixedContents) {
      plan.nodes.push_back(referrer_of(subject, {.kind = content.kind,
                                                 .type = number % 2,
                                                 .rare = content.rare,
                                                 .day = number == 3 ? 0 : 1 + dice.below(28)}));
      ++number;
    }
  }
  add_index_of_referrers(plan, own, static_cast<int>(plan.nodes.size()));
  add_chain(plan);
  if (making.subjects_first) add_what_is_not_listed(plan, sixth);
  const auto lost = add_lost(plan, {.kind = NodeKind::kImage});
  const auto lost_later = add_lost(plan, {.kind = NodeKind::kIndex, .children = {kMixedImage}});
  const auto lost_in_chain = add_lost(plan, {.kind = NodeKind::kArtifact, .subject = kMixedDocker, .type = 2});
  const int late = static_cast<int>(plan.nodes.size());
  std::set<int> newcomers;
  for (const auto& each : {lost, lost_later, lost_in_chain}) {
    for (int i = 0; i < 3; ++i) newcomers.insert(each.newcomers + i);
  }
  push_all(plan, own, late, newcomers, dice);
  lose(plan, lost, false);
  for (const int subject : {kMixedImage, kMixedIndex, kMixedDocker, kMixedReferrer, fifth, sixth}) {
    for (const auto& content : kLateContents) {
      plan.nodes.push_back(referrer_of(subject, {.kind = content.kind, .type = 1, .rare = content.rare, .day = 9}));
    }
  }
  const int last = static_cast<int>(plan.nodes.size());
  for (int node = late; node < last; ++node) {
    const auto action = node % 2 == 0 ? Step::Action::kTag : Step::Action::kPush;
    plan.steps.push_back({.action = action, .node = node, .tag = node % 3, .late = true});
  }
  plan.steps.push_back({.action = Step::Action::kPush, .node = own + 1, .late = true});
  plan.steps.push_back({.action = Step::Action::kDelete, .node = own + 4, .late = true});
  lose(plan, lost_later, true);
  lose(plan, lost_in_chain, true);
  if (making.steps > 0 && static_cast<std::size_t>(making.steps) < plan.steps.size()) {
    plan.steps.resize(static_cast<std::size_t>(making.steps));
  }
  return plan;
}

}  // namespace referee::walks
