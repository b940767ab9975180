// The plan of a walk: a graph of manifests, and what is done with them step by step. A plan is data, so that it can be
// walked again in another repository, and with fewer steps.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <vector>

namespace referee::walks {

/// Numbers for plans: the same from the same seed on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  /// 0 ... n-1; n > 0.
  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint64_t>(n)); }
  /// True in that many of a hundred cases.
  bool in_hundred(int cases) { return below(100) < cases; }

 private:
  std::mt19937_64 engine_;
};

enum class NodeKind : std::uint8_t { kImage, kArtifact, kConfigArtifact, kIndex, kTypedIndex, kDocker };
inline constexpr int kNodeKinds = 6;

/// Content that is legal but rare. Annotations: image-spec annotations.md, a map of strings to strings with any
/// content. The rest: what is optional, long or many, and the members and white space of a document, which a registry
/// keeps.
enum class Rare : std::uint8_t {
  kNothing,
  kNotAscii,
  kFourByteCharacters,
  kCombiningCharacters,
  kMarkup,
  kBlanksAround,
  kLikeOtherTypes,
  kEmptyAnnotation,
  kLongAnnotation,
  kManyAnnotations,
  kKeysThatDifferInCase,
  kCreatedWithOffset,
  kOddKeys,
  kOddlySerialized,
  kMisleadingKeys,
  kSignature,
  kNoAnnotations,
  kUnknownMembers,
  kLongType,
  kAboveSixtyFourKiB,
  kManyParts,        // layers, or children of an index
  kAnnotatedParts,   // an image
  kEmptyType,        // artifacts whose type is the config's
  kTypeOfItsOwn,     // ... too
  kEmbeddedContent,  // an artifact with the empty config
};
inline constexpr int kRareContents = 24;

/// A manifest of the graph. Subjects and children have smaller numbers.
struct Node {
  NodeKind kind = NodeKind::kImage;
  std::optional<int> subject;         // a node
  std::optional<int> absent_subject;  // or a digest that is never pushed, by number; 2: a SHA-512
  std::vector<int> children;          // of an index
  int type = 0;                       // which artifact type
  Rare rare = Rare::kNothing;
  bool sha512 = false;    // pushed under its SHA-512
  bool as_image = false;  // in ORAS editions too it is an image or index, with a subject, instead of an artifact
  int day = 0;            // of creation, which ORAS artifacts say; 0: they do not
};

struct Step {
  enum class Action : std::uint8_t {
    kPush,       // the node by digest; again, if it was pushed before
    kTag,        // the node by tag
    kPushTwo,    // the node and another at the same time
    kDelete,     // the node by digest
    kDeleteTag,  // the tag
  };
  Action action = Action::kPush;
  int node = 0;
  int other = 0;
  int repository = 0;
  int tag = 0;
  bool silent = false;       // nothing is asked after it
  bool asked_later = false;  // of a silent one: what it can have changed is asked at the end
  bool late = false;         // taken after the pause at the end, when what was pushed before is no longer new
};

struct Plan {
  std::vector<Node> nodes;
  std::vector<Step> steps;
};

/// What a walk does often.
enum class Theme : std::uint8_t {
  kKinds,
  kDeletions,
  kTags,
  kRareContent,
  kRepositories,
  kPages,
  kCrowd,
  kThousand,
  kAtOnce,
  kMixture
};

/// What a plan may depend on apart from its theme.
struct Making {
  std::uint64_t seed = 0;
  int steps = 0;                // how many it has; 0: as many as fit the theme
  bool subjects_first = false;  // most subjects are pushed before what refers to them
};

/// A plan in which each kind of subject gets each kind of content that is rare, so that a fault shows which takes both;
/// then something is deleted, pushed again, and a tag moved, before everything is asked again.
Plan make_mixture(const Making& making);

/// A plan of that theme.
Plan make_plan(Theme theme, const Making& making);

}  // namespace referee::walks
