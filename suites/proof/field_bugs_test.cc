// Bugs that real registries had, each as a defect of the reference registry that represents it: the suite that does not
// catch them is not finished. Rows are numbered as in the collection of field reports; those that concern clients and
// proxies, or that no verdict follows from, have none here.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "suites/proof/proof.h"

namespace referee::proof {
namespace {

struct FieldBug {
  int row;
  const char* where;  // the registry, and the public report as OWNER/PROJECT#NUMBER if there is one
  const char* what;
  const char* defect;
};

constexpr FieldBug kFieldBugs[] = {
    {1, "project-zot/zot#2506", "tagging lists a referrer a second time", "oci.subject.tagging-no-duplicate#a"},
    {1, "project-zot/zot#2506", "pushing again lists it a second time", "oci.subject.tagging-no-duplicate#b"},
    {2, "project-zot/zot#1410", "no OCI-Subject after a push by digest", "oci.subject.header-digest#a"},
    {2, "project-zot/zot#1410", "no OCI-Subject after a push by tag", "oci.subject.header-tag#a"},
    {2, "project-zot/zot#1410", "OCI-Subject says `true`", "oci.subject.header-value#a"},
    {3, "project-zot/zot#4165", "404 for the list of an unknown repository", "oci.referrers.list.unknown-repo#a"},
    {4, "zot", "a broken digest is taken for something else on the list", "oci.referrers.list.bad-digest.structure#b"},
    {4, "zot", "and is stored when it is pushed to", "oci.manifest.digest-mismatch-400#b"},
    {5, "project-zot/zot#4213", "deletions out of order break the list", "oci.delete.referrer-unlisted#c"},
    {6, "zot", "the filter is told in an annotation of an old draft", "oci.referrers.filter.header#b"},
    {7, "project-zot/zot#4318", "content that two use goes with the first", "oci.delete.shared-blob-survives#a"},
    {7, "project-zot/zot#4236", "a digest in two places is deleted from both",
     "oci.referrers.list.same-manifest-two-repos#b"},
    {9, "goharbor/harbor#18865", "no OCI-Subject", "oci.subject.header-digest#a"},
    {10, "goharbor/harbor#19177", "the list is application/json", "oci.referrers.list.content-type#a"},
    {11, "goharbor/harbor#19176", "no index for an unknown subject", "oci.referrers.list.body-index#a"},
    {11, "goharbor/harbor#19176", "no `manifests` for an unknown subject", "oci.referrers.list.manifests-not-null#b"},
    {12, "goharbor/harbor#19178", "filters without saying so", "oci.referrers.filter.header#a"},
    {12, "goharbor/harbor#19259", "says another thing than the filter's name", "oci.referrers.filter.header-value#a"},
    {13, "goharbor/harbor#19261", "the config's type wins over artifactType",
     "oci.referrers.list.artifacttype-over-config#a"},
    {13, "oras-project/oras#1127", "the empty config is reported for artifactType",
     "oci.referrers.list.artifacttype-explicit#b"},
    {14, "goharbor/harbor#19213", "an index with a subject is not listed", "oci.subject.header-index#a"},
    {15, "goharbor/harbor#18418", "no 400 for what is no digest", "oci.referrers.list.bad-digest.structure#a"},
    {17, "quay/quay#3047", "entries without artifactType", "oci.referrers.list.artifacttype-explicit#a"},
    {17, "quay/quay#3047", "entries without annotations", "oci.referrers.list.annotations#a"},
    {18, "quay/quay#3071", "404 for the list of an unknown manifest", "oci.referrers.list.empty-200#a"},
    {19, "google/go-containerregistry#1968", "another type of the list", "oci.referrers.list.content-type#b"},
    {20, "google/go-containerregistry#1997", "reports the config's type", "oci.referrers.list.artifacttype-explicit#b"},
    {20, "google/go-containerregistry#1997", "repeats no annotations", "oci.referrers.list.annotations#a"},
    {21, "google/go-containerregistry#2205", "concurrent writers lose entries", "oci.concurrency.no-lost-referrer#a"},
    {22, "google/go-containerregistry#1647", "no clear 404 without the API", "oci.support.gate#a"},
    {24, "docker/hub-feedback#2307", "refuses pushes with a subject", "oci.subject.push-201#b"},
    {25, "docker/hub-feedback#2372", "acknowledges subjects without listing", "oci.support.subject-list-agree#b"},
    {25, "docker/hub-feedback#2372", "refuses a missing subject", "oci.subject.missing-201#a"},
    {26, "sigstore/sigstore-js#1183 (ECR)", "the same lie", "oci.support.subject-list-agree#b"},
    {27, "aws/containers-roadmap#2783 (ECR)", "refuses artifact types", "img.artifacttype.unknown-accepted#a"},
    {27, "aws/containers-roadmap#2783 (ECR)", "refuses types of config", "img.config.unknown-accepted#a"},
    {29, "project-zot/zot#4060 (ghcr.io)", "leads to a page in HTML", "oci.support.gate#a"},
    {30, "kubernetes/registry.k8s.io#287", "has a page for every unknown path", "oci.support.gate#a"},
    {31, "oras-project/oras-go#1396 (GitLab)", "takes the fallback tag for the digest", "oci.fallback.no-auto-tag#b"},
    {32, "Artifact Registry", "goes on listing what was deleted", "oci.delete.referrer-unlisted#a"},
    {32, "Artifact Registry", "lists what nobody can pull", "oci.delete.subject-list-consistent#a"},
    {34, "oras-project/oras-go#1215", "pages link in a circle", "oci.referrers.page.terminates#a"},
    {34, "oras-project/oras-go#1215", "pages without end", "oci.referrers.page.terminates#b"},
    {36, "oras-project/oras-go#635", "an index as plain text", "oci.referrers.list.content-type#b"},
    {36, "oras-project/oras-go#635", "200 with a page in HTML", "oci.referrers.list.accept-tolerant#b"},
    {41, "olareg", "an empty list is null", "oci.referrers.list.manifests-not-null#a"},
    {42, "olareg", "one entry above the size of a page breaks the list", "oci.referrers.page.large-annotations#b"},
    {45, "regclient", "referrers of referrers are not found", "oci.subject.chain#c"},
    {45, "regclient", "a subject that comes after its referrer is not joined to it",
     "oci.subject.order-referrer-first#b"},
    {45, "regclient", "the list takes no token for pulling", "oci.http.auth-list#c"},
    {47, "registries without the API", "no clear 404", "oci.support.gate#a"},
    {47, "registries without the API", "refuse the fallback tag", "oci.fallback.tag-storable#a"},
};

// Rows of the collection without an entry above, and why.
constexpr std::pair<int, const char*> kOthers[] = {
    {8, "a policy, which is reported and not judged"},
    {16, "a proxy"},
    {23, "clients that ignore Link"},
    {28, "a proxy"},
    {33, "a capability, which is reported and not judged"},
    {35, "open in the text: a probe"},
    {37, "clients that keep the fallback index"},
    {38, "clients that keep the fallback index"},
    {39, "a client's artifacts"},
    {46, "a proxy"},
};

std::string test_name(const ::testing::TestParamInfo<FieldBug>& info) {
  return "row_" + std::to_string(info.param.row) + "_" + std::to_string(info.index);
}

class EveryFieldBug : public ::testing::TestWithParam<FieldBug> {};

TEST_P(EveryFieldBug, IsCaughtByTheRequirementItBreaks) {
  const auto& bug = GetParam();
  const auto* defect = registry::find_defect(bug.defect);
  ASSERT_NE(defect, nullptr) << bug.defect;
  registry::Behaviour behaviour;
  defect->inject(behaviour);
  Bench bench = bench_for(*defect, {.editions = {spec::Edition::kOci111}, .checks = {}});
  bench.checks = [&](const engine::Check& check) { return check.requirement == defect->violates; };
  const auto is_caught = [&](const engine::RunResult& run) {
    return std::ranges::any_of(run.checks, [&](const engine::CheckResult& check) {
      const bool accused = check.outcome == engine::Outcome::kFailed || check.outcome == engine::Outcome::kWarned ||
                           check.outcome == engine::Outcome::kNoted;
      return accused && check.requirement == defect->violates;
    });
  };
  EXPECT_TRUE(is_caught(run_on(behaviour, bench))) << bug.where << ": " << bug.what;
  EXPECT_FALSE(is_caught(run_on({}, bench))) << "the honest registry is accused of it too";
}

INSTANTIATE_TEST_SUITE_P(FieldBugs, EveryFieldBug, ::testing::ValuesIn(kFieldBugs), test_name);

TEST(FieldBugs, AreAllAccountedFor) {
  std::set<int> rows;
  for (const auto& bug : kFieldBugs) rows.insert(bug.row);
  for (const auto& [row, reason] : kOthers) EXPECT_TRUE(rows.insert(row).second) << row << " is in both tables";
  std::set<int> expected;
  for (int row = 1; row <= 47; ++row) {
    const bool unused = row == 40 || row == 43 || row == 44;
    if (!unused) expected.insert(row);
  }
  EXPECT_THAT(rows, ::testing::ContainerEq(expected));
}

}  // namespace
}  // namespace referee::proof
