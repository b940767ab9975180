// Walks over random graphs of manifests: OCI distribution-spec, "Listing Referrers", "Pushing Manifests with Subject",
// "Pulling manifests", "Deleting Manifests"; all endpoints of manifests and lists. What the answers break is said by
// the rules of rules.cc; the checks here see that answers do not change where nothing was written.
#include <gmock/gmock.h>

#include <memory>
#include <ostream>

#include "harness/engine/check.h"
#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
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

std::vector<engine::Repository> repositories(engine::Session& session, Theme theme) {
  const auto first = session.repository(0);
  // A name as deep and as odd as the grammar allows.
  const bool free = session.settings().existing_repos.empty();
  const auto odd = free ? engine::Repository{first.name + "/deep/er__and/odd-er.still"} : session.repository(1);
  if (theme == Theme::kRepositories) return {first, odd};
  const bool oddly = theme == Theme::kWildContent || theme == Theme::kPages || theme == Theme::kAtOnce;
  return {free && oddly ? odd : first};
}

template <Theme kTheme>
void walk(engine::Session& session) {
  const auto plan = make_plan(kTheme, kWalks + static_cast<std::uint64_t>(kTheme));
  auto pending =
      std::make_shared<Pending>(Pending{plan, Walk(session, plan, repositories(session, kTheme), Patience::kSettle)});
  session.kept() = pending;
  pending->walk.go();
}

void look_later(engine::Session& session) {
  const auto pending = std::static_pointer_cast<Pending>(session.kept());
  auto& walk = pending->walk;
  walk.look_later();
  for (const auto& question : walk.unstable()) EXPECT_THAT(question, StaysTheSame());
  if (!walk.broken().empty()) shorten(session, pending->plan, walk.broken());
}

template <Theme kTheme>
bool add_walk(const char* name) {
  return engine::add_check({.suite = "Walks",
                            .name = name,
                            .requirement = "oci.referrers.list.stable"_requirement,
                            .traits = {.walk = true},
                            .file = __FILE__,
                            .line = __LINE__,
                            .body = &walk<kTheme>,
                            .later = &look_later});
}

[[maybe_unused]] const bool kAdded[] = {
    add_walk<Theme::kKinds>("OverAllKindsOfManifests"),
    add_walk<Theme::kDeletions>("OverDeletions"),
    add_walk<Theme::kTags>("OverTags"),
    add_walk<Theme::kWildContent>("OverRareContent"),
    add_walk<Theme::kRepositories>("OverTwoRepositories"),
    add_walk<Theme::kPages>("OverManyReferrers"),
    add_walk<Theme::kCrowd>("OverACrowd"),
    add_walk<Theme::kAtOnce>("OverPushesAtOnce"),
};

}  // namespace
}  // namespace referee::walks
