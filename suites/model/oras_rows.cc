#include "suites/model/oras_rows.h"

#include <algorithm>

#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

namespace {

struct Twins {
  spec::RequirementId oci;
  spec::RequirementId oras;
};

// Lists and deletions.
constexpr Twins kTwins[] = {
    {"oci.subject.newly-pushed-all"_requirement, "oras.referrers.complete"_requirement},
    {"oci.referrers.page.complete"_requirement, "oras.referrers.complete"_requirement},
    {"oci.delete.repush-referrer"_requirement, "oras.referrers.complete"_requirement},
    {"oci.delete.tag-keeps-referrer-consistent"_requirement, "oras.referrers.complete"_requirement},
    {"oci.referrers.list.same-manifest-two-repos"_requirement, "oras.referrers.complete"_requirement},
    {"oci.concurrency.no-lost-referrer"_requirement, "oras.concurrency.no-lost-artifact"_requirement},
    {"oci.subject.chain"_requirement, "oras.subject.kind-artifact"_requirement},
    {"oci.subject.index-subject"_requirement, "oras.subject.kind-index"_requirement},
    {"oci.subject.docker-subject"_requirement, "oras.subject.kind-docker"_requirement},
    {"oci.subject.push-201"_requirement, "oras.manifest.push-201"_requirement},
    {"oci.subject.failed-push-not-listed"_requirement, "oras.subject.reject-leaves-no-trace"_requirement},
    {"oci.delete.referrer-unlisted"_requirement, "oras.lifecycle.delete-artifact"_requirement},
    {"oci.delete.referrer-keeps-subject"_requirement, "oras.lifecycle.delete-artifact"_requirement},
    {"oci.delete.other-repo-unaffected"_requirement, "oras.lifecycle.cascade-within-repo"_requirement},
    {"oci.delete.shared-blob-survives"_requirement, "oras.lifecycle.refcount-shared-blob"_requirement},
    {"oci.delete.subject-list-200"_requirement, "oras.referrers.missing-subject-listed"_requirement},
    {"oci.delete.subject-list-consistent"_requirement, "oras.referrers.digest-pullable"_requirement},
    {"oci.referrers.list.digest-pullable"_requirement, "oras.referrers.digest-pullable"_requirement},
    {"oci.referrers.list.subject-matches"_requirement, "oras.referrers.digest-pullable"_requirement},
    {"oci.referrers.list.repo-scope"_requirement, "oras.referrers.repo-scope"_requirement},
    {"oci.referrers.list.known-200"_requirement, "oras.referrers.success-200"_requirement},
    {"oci.referrers.list.never-404"_requirement, "oras.referrers.success-200"_requirement},
    {"oci.referrers.page.each-is-index"_requirement, "oras.referrers.success-200"_requirement},
    {"oci.referrers.list.body-index"_requirement, "oras.referrers.key"_requirement},
    {"oci.referrers.list.manifests-not-null"_requirement, "oras.referrers.empty"_requirement},
    {"oci.referrers.list.descriptor-required"_requirement, "oras.referrers.descriptor-fields"_requirement},
    {"oci.referrers.list.mediatype"_requirement, "oras.referrers.descriptor-fields"_requirement},
    {"oci.referrers.list.size-exact"_requirement, "oras.referrers.descriptor-fields"_requirement},
    {"oci.referrers.page.terminates"_requirement, "oras.page.link-absent-at-end"_requirement},
    {"oci.referrers.filter.unsupported-full-list"_requirement, "oras.filter.all-or-matching"_requirement},
    {"oci.referrers.filter.header"_requirement, "oras.filter.all-or-matching"_requirement},
    {"oci.referrers.filter.all-matching"_requirement, "oras.filter.all-or-matching"_requirement},
    {"oci.referrers.filter.no-match-200"_requirement, "oras.filter.no-match"_requirement},
};

// Pulls: a separate row for artifacts, and one for all that is not new.
struct Pulled {
  spec::RequirementId oci;
  std::optional<spec::RequirementId> of_artifacts;
};
constexpr Pulled kPulled[] = {
    {"oci.manifest.get-200"_requirement, "oras.manifest.untagged-kept"_requirement},
    {"oci.manifest.head-200"_requirement, "oras.manifest.untagged-kept"_requirement},
    {"oci.manifest.bytes-exact"_requirement, "oras.manifest.bytes-exact"_requirement},
    {"oci.manifest.get-content-type"_requirement, std::nullopt},
    {"oci.manifest.get-content-digest"_requirement, std::nullopt},
};

}  // namespace

std::optional<spec::RequirementId> oras_row(spec::RequirementId row, Kind of) {
  if (row.text().starts_with("oras.")) return row;
  if (const auto* twins = std::ranges::find(kTwins, row, &Twins::oci); twins != std::end(kTwins)) return twins->oras;
  if (row == "oci.delete.manifest-gone"_requirement && of == Kind::kArtifact) {
    return "oras.lifecycle.delete-artifact"_requirement;
  }
  const auto* pulled = std::ranges::find(kPulled, row, &Pulled::oci);
  if (pulled == std::end(kPulled)) return std::nullopt;
  if (of == Kind::kArtifact) return pulled->of_artifacts;
  return "oras.isolation.image-unaffected"_requirement;
}

bool speaks_in(spec::RequirementId row, spec::Edition edition) {
  // The drafts have only the key of an empty list from the text: how they say that nothing is listed is open.
  const bool draft = edition == spec::Edition::kOrasDraft1 || edition == spec::Edition::kOrasDraft11;
  if (draft && row == "oras.referrers.empty"_requirement) return false;
  return spec::requirement(row).in(edition).has_value();
}

}  // namespace referee::model
