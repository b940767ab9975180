// Walks over random graphs of manifests: OCI distribution-spec, "Listing Referrers", "Pushing Manifests with Subject",
// "Pulling manifests", "Deleting Manifests"; all endpoints of manifests and lists. What the answers break is said by
// the rules of rules.cc; the checks here see that answers do not change where nothing was written.
#include <algorithm>

#include "harness/engine/check.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "suites/walks/shrink.h"
#include "suites/walks/walk.h"

namespace referee::walks {
namespace {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

class Walks : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  void walk(Theme theme) const {
    const auto plan = make_plan(theme, session().settings().seed * 100 + static_cast<std::uint64_t>(theme));
    Walk walk(session(), plan, repositories(theme), Patience::kSettle);
    walk.go();
    for (const auto& question : walk.unstable()) {
      ADD_FAILURE() << "Repeated looks at " << question.repository.name << " " << question.reference
                    << " gave different answers, although nothing was written in between";
    }
    if (!walk.broken().empty()) shorten(session(), plan, walk.broken());
  }

 private:
  std::vector<engine::Repository> repositories(Theme theme) const {
    const auto first = repository();
    if (theme != Theme::kRepositories) return {first};
    // The second one has a name as deep and as odd as the grammar allows.
    if (session().settings().existing_repos.empty()) return {first, {first.name + "/deep/er__and/odd-er.still"}};
    return {first, other_repository()};
  }
};

constexpr engine::CheckTraits kWalk{.walk = true};

}  // namespace

CONFORMANCE_TEST_F(Walks, Walks, OverAllKindsOfManifests, "oci.referrers.list.stable"_requirement, kWalk) {
  walk(Theme::kKinds);
}
CONFORMANCE_TEST_F(Walks, Walks, OverDeletions, "oci.referrers.list.stable"_requirement, kWalk) {
  walk(Theme::kDeletions);
}
CONFORMANCE_TEST_F(Walks, Walks, OverTags, "oci.referrers.list.stable"_requirement, kWalk) { walk(Theme::kTags); }
CONFORMANCE_TEST_F(Walks, Walks, OverRareContent, "oci.referrers.list.stable"_requirement, kWalk) {
  walk(Theme::kWildContent);
}
CONFORMANCE_TEST_F(Walks, Walks, OverTwoRepositories, "oci.referrers.list.stable"_requirement, kWalk) {
  walk(Theme::kRepositories);
}
CONFORMANCE_TEST_F(Walks, Walks, OverManyReferrers, "oci.referrers.list.stable"_requirement, kWalk) {
  walk(Theme::kPages);
}
CONFORMANCE_TEST_F(Walks, Walks, OverACrowd, "oci.referrers.list.stable"_requirement, kWalk) { walk(Theme::kCrowd); }
CONFORMANCE_TEST_F(Walks, Walks, OverPushesAtOnce, "oci.referrers.list.stable"_requirement, kWalk) {
  walk(Theme::kAtOnce);
}

}  // namespace referee::walks
