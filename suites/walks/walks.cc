// Walks over random graphs of manifests: OCI distribution-spec, "Listing Referrers", "Pushing Manifests with Subject",
// "Pulling manifests", "Deleting Manifests"; all endpoints of manifests and lists. What the answers break is said by
// the rules of rules.cc; the checks here see that answers do not change where nothing was written.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <memory>
#include <ostream>

#include "fixtures/content/kinds.h"
#include "harness/engine/check.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"
#include "suites/walks/shrink.h"
#include "suites/walks/walk.h"

namespace referee::walks {
namespace {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

MATCHER(StaysTheSame, "is answered the same each time, since nothing was written in between") {
  *result_listener << "some looks gave another answer than others";
  return false;  // only questions for which they did are asked
}

// Every run walks the same ways, so that its outcomes are those of the run before; only the content is fresh.
constexpr std::uint64_t kWalks = 100;

struct Pending {
  Plan plan;
  Walk walk;
};
using Pendings = std::vector<Pending>;

class Trial : public engine::Conversation {
 public:
  using Conversation::Conversation;

  /// Not every registry has names of so many components.
  bool takes_a_blob(const engine::Repository& where) const {
    try {
      push_blob(content::small_blob(), where);
      return true;
    } catch (const engine::PremiseBroken&) {
      return false;
    }
  }
};

// `round`: each walk has its own repositories, as far as the run may name them.
std::vector<engine::Repository> repositories(engine::Session& session, Theme theme, int round) {
  auto first = session.repository(0);
  if (round > 0 && session.settings().existing_repos.empty()) first.name += fmt::format("/round-{}", round);
  // A name as deep and as odd as the grammar allows.
  const bool free = session.settings().existing_repos.empty();
  if (!free) return theme == Theme::kRepositories ? std::vector{first, session.repository(1)} : std::vector{first};
  const engine::Repository odd{first.name + "/deep/er__and/odd-er.still"};
  if (theme == Theme::kRepositories) {
    // Names that are alike where slashes and hyphens are written in one way.
    const engine::Repository nested{first.name + "/a/b"};
    if (Trial(session).takes_a_blob(nested)) return {{first.name + "/a-b"}, nested};
    return {first, {first.name + "-too"}};
  }
  const bool oddly =
      theme == Theme::kRareContent || theme == Theme::kPages || theme == Theme::kAtOnce || theme == Theme::kMixture;
  return {oddly ? odd : first};
}

std::uint64_t seed_of(Theme theme, std::uint64_t chosen, int round) {
  constexpr std::uint64_t kApart = 1000;  // more than there are themes
  return kWalks + static_cast<std::uint64_t>(theme) + kApart * (chosen + static_cast<std::uint64_t>(round));
}

template <Theme kTheme>
void walk(engine::Session& session) {
  const auto& wanted = session.settings().walks;
  const bool oras = session.dialect().form == oci::ArtifactForm::kOras;  // a subject must be there first
  auto pendings = std::make_shared<Pendings>();
  session.kept() = pendings;
  for (int round = 0; round < wanted.rounds; ++round) {
    const auto plan =
        make_plan(kTheme, {.seed = seed_of(kTheme, wanted.seed, round), .steps = wanted.steps, .subjects_first = oras});
    pendings->push_back({plan, Walk(session, plan, repositories(session, kTheme, round), Patience::kSettle)});
    pendings->back().walk.go();
  }
}

void look_later(engine::Session& session) {
  const auto pendings = std::static_pointer_cast<Pendings>(session.kept());
  for (auto& [plan, walk] : *pendings) {
    walk.look_later();
    for (const auto& question : walk.unstable()) EXPECT_THAT(question, StaysTheSame());
    if (!walk.broken().empty()) shorten(session, plan, walk.broken());
  }
}

template <Theme kTheme>
bool add_walk(const char* name, engine::CheckTraits traits = {}) {
  traits.walk = true;
  const auto add = [name, traits](const char* suite, spec::RequirementId requirement) {
    return engine::add_check({.suite = suite,
                              .name = name,
                              .requirement = requirement,
                              .traits = traits,
                              .file = __FILE__,
                              .line = __LINE__,
                              .body = &walk<kTheme>,
                              .later = &look_later});
  };
  return add("Walks", "oci.referrers.list.stable"_requirement) &&
         add("OrasWalks", "oras.referrers.complete"_requirement);
}

[[maybe_unused]] const bool kAdded[] = {
    add_walk<Theme::kKinds>("OverAllKindsOfManifests"),
    add_walk<Theme::kDeletions>("OverDeletions"),
    add_walk<Theme::kTags>("OverTags"),
    add_walk<Theme::kRareContent>("OverRareContent"),
    add_walk<Theme::kRepositories>("OverTwoRepositories"),
    add_walk<Theme::kPages>("OverManyReferrers"),
    add_walk<Theme::kCrowd>("OverACrowd"),
    add_walk<Theme::kThousand>("OverAThousand", {.long_running = true, .heavy = true}),
    add_walk<Theme::kAtOnce>("OverPushesAtOnce"),
    add_walk<Theme::kMixture>("OverMixtures"),
};

}  // namespace
}  // namespace referee::walks
