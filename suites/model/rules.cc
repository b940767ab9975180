#include "suites/model/rules.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

#include "harness/spec/literals/oci.h"
#include "harness/spec/literals/operators.h"
#include "harness/spec/literals/oras.h"

namespace referee::model {

using namespace spec::literals;  // NOLINT(google-build-using-namespace): the rows' ids are written in these words

std::span<const Rule> rules() {
  static constexpr Rule kRules[] = {
      {"AcceptPushesWithCreated", "oci.subject.push-201"_requirement},
      {"AcceptAbsentSubjects", "oci.subject.missing-201"_requirement},
      {"AcceptSubjectsOfOtherRepositories", "oci.subject.other-repo-201"_requirement},
      {"AcknowledgeSubjectsByDigest", "oci.subject.header-digest"_requirement},
      {"AcknowledgeSubjectsByTag", "oci.subject.header-tag"_requirement},
      {"AcknowledgeSubjectsAgain", "oci.subject.header-repush"_requirement},
      {"AcknowledgeAbsentSubjects", "oci.subject.header-missing-subject"_requirement},
      {"AcknowledgeSubjectsOfIndexes", "oci.subject.header-index"_requirement},
      {"AcknowledgeTheSubjectThatWasSent", "oci.subject.header-value"_requirement},
      {"AcknowledgeNoSubjectWithoutOne", "oci.subject.header-absent-without-subject"_requirement},
      {"SayWhereAManifestIs", "oci.manifest.location"_requirement},
      {"SayTheDigestThatWasPushed", "oci.manifest.content-digest-put"_requirement},
      {"ListNewReferrers", "oci.subject.newly-pushed-all"_requirement},
      {"ListReferrersOfAbsentSubjects", "oci.subject.missing-listed"_requirement},
      {"ListReferrersPushedBeforeTheirSubject", "oci.subject.order-referrer-first"_requirement},
      {"ListReferrersOfReferrers", "oci.subject.chain"_requirement},
      {"ListReferrersOfIndexes", "oci.subject.index-subject"_requirement},
      {"ListReferrersOfDockerManifests", "oci.subject.docker-subject"_requirement},
      {"ListNoRefusedManifest", "oci.subject.failed-push-not-listed"_requirement},
      {"ServeManifests", "oci.manifest.get-200"_requirement},
      {"ServeTheBytesThatWerePushed", "oci.manifest.bytes-exact"_requirement},
      {"ServeTheTypeThatWasPushed", "oci.manifest.get-content-type"_requirement},
      {"ServeTheDigestOfTheBytes", "oci.manifest.get-content-digest"_requirement},
      {"ServeManifestsOfTheRepositoryOnly", "oci.manifest.get-404-in-repo"_requirement},
      {"AnswerHeadLikeGet", "oci.manifest.head-200"_requirement},
      {"AnswerHeadWithTheSize", "oci.manifest.head-content-length"_requirement},
      {"AnswerListsWithOk", "oci.referrers.list.known-200"_requirement},
      {"AnswerListsNeverWithNotFound", "oci.referrers.list.never-404"_requirement},
      {"AnswerEmptyListsWithOk", "oci.referrers.list.empty-200"_requirement},
      {"ListNothingAsAnEmptyArray", "oci.referrers.list.manifests-not-null"_requirement},
      {"ListUnderTheNameOfAnIndex", "oci.referrers.list.body-mediatype"_requirement},
      {"ListAsAnIndex", "oci.referrers.list.body-index"_requirement},
      {"ListUnderTheTypeOfAnIndex", "oci.referrers.list.content-type"_requirement},
      {"ListAllWhateverTheParameters", "oci.referrers.filter.unknown-param"_requirement},
      {"RefuseListsOfTags", "oci.referrers.list.bad-digest.tag"_requirement},
      {"RefuseListsOfShortDigests", "oci.referrers.list.bad-digest.sha256-length"_requirement},
      {"RefuseListsOfDigestsInCapitals", "oci.referrers.list.bad-digest.uppercase"_requirement},
      {"RefuseListsOfDigestsThatAreNotHex", "oci.referrers.list.bad-digest.sha256-charset"_requirement},
      {"RefuseManifestsUnderOtherDigests", "oci.manifest.digest-mismatch-400"_requirement},
      {"CloseUploadsWithALocation", "oci.blob.upload-for-artifact"_requirement},
      {"ListInStrictJson", "oci.referrers.list.i-json"_requirement},
      {"ListDescriptors", "oci.referrers.list.descriptor-required"_requirement},
      {"ListDescriptorsWithSoundMembers", "oci.referrers.list.descriptor-optional"_requirement},
      {"ListTheTypeOfTheManifest", "oci.referrers.list.mediatype"_requirement},
      {"ListTheSizeOfTheManifest", "oci.referrers.list.size-exact"_requirement},
      {"ListTheArtifactType", "oci.referrers.list.artifacttype-explicit"_requirement},
      {"ListTheArtifactTypeBeforeThatOfTheConfig", "oci.referrers.list.artifacttype-over-config"_requirement},
      {"ListAnEmptyArtifactTypeAsNone", "oci.referrers.list.artifacttype-empty-string"_requirement},
      {"ListTheTypeOfTheConfig", "oci.referrers.list.artifacttype-config-fallback"_requirement},
      {"ListTheArtifactTypeOfIndexes", "oci.referrers.list.artifacttype-index"_requirement},
      {"ListNoArtifactTypeWithoutOne", "oci.referrers.list.artifacttype-index-omitted"_requirement},
      {"ListTheAnnotations", "oci.referrers.list.annotations"_requirement},
      {"ListTheAnnotationsOfIndexes", "oci.referrers.list.annotations-index"_requirement},
      {"ListTheAnnotationsOfTheManifestAlone", "oci.referrers.list.annotations-source"_requirement},
      {"ListNoAnnotationsWithoutAny", "oci.referrers.list.annotations-none"_requirement},
      {"ListReferrersThatAreIndexes", "oci.referrers.list.index-referrer"_requirement},
      {"ListEachReferrerOnce", "oci.referrers.list.no-duplicates"_requirement},
      {"ListWhatIsPushedAgainOnce", "oci.subject.tagging-no-duplicate"_requirement},
      {"ListManifestsThatCanBePulled", "oci.referrers.list.digest-pullable"_requirement},
      {"ListReferrersOfThatSubjectOnly", "oci.referrers.list.subject-matches"_requirement},
      {"ListReferrersOfTheRepositoryOnly", "oci.referrers.list.repo-scope"_requirement},
      {"ListTheSameReferrerInEachRepository", "oci.referrers.list.same-manifest-two-repos"_requirement},
      {"PageWithoutLoss", "oci.referrers.page.complete"_requirement},
      {"PageToTheEnd", "oci.referrers.page.terminates"_requirement},
      {"PageInIndexes", "oci.referrers.page.each-is-index"_requirement},
      {"PageWithoutRepetition", "oci.referrers.page.distinct"_requirement},
      {"PageFilteredListsFiltered", "oci.referrers.page.filter-kept"_requirement},
      {"FilterAndSaySo", "oci.referrers.filter.header"_requirement},
      {"FilterOnlyWhereAsked", "oci.referrers.filter.header-absent-unfiltered"_requirement},
      {"FilterWithoutLoss", "oci.referrers.filter.all-matching"_requirement},
      {"FilterIndexesToo", "oci.referrers.filter.index"_requirement},
      {"FilterByTheTypeOfTheConfig", "oci.referrers.filter.config-fallback"_requirement},
      {"FilterOthersOut", "oci.referrers.filter.only-matching"_requirement},
      {"FilterToNothing", "oci.referrers.filter.no-match-200"_requirement},
      {"ListAllWhereNothingIsFiltered", "oci.referrers.filter.unsupported-full-list"_requirement},
      {"DeleteManifests", "oci.delete.manifest-gone"_requirement},
      {"DeleteManifestsFromTheirLists", "oci.delete.referrer-unlisted"_requirement},
      {"DeleteReferrersAlone", "oci.delete.referrer-keeps-subject"_requirement},
      {"DeleteInOneRepository", "oci.delete.other-repo-unaffected"_requirement},
      {"DeleteWithAccepted", "oci.delete.manifest-202"_requirement},
      {"ReuniteSubjectsWithTheirReferrers", "oci.delete.subject-repush-relist"_requirement},
      {"DeleteTags", "oci.delete.tag-202"_requirement},
      {"DeleteTagsConsistently", "oci.delete.tag-keeps-referrer-consistent"_requirement},
      {"DeleteSubjectsConsistently", "oci.delete.subject-list-consistent"_requirement},
      {"DeleteSubjectsAndKeepTheirLists", "oci.delete.subject-list-200"_requirement},
      {"DeleteNoBlobsThatAreNeeded", "oci.delete.shared-blob-survives"_requirement},
      {"ListAgainWhatWasPushedAgain", "oci.delete.repush-referrer"_requirement},
      {"KeepReferrersPushedAtTheSameTime", "oci.concurrency.no-lost-referrer"_requirement},
      {"AcceptArtifactsWithCreated", "oras.manifest.push-201"_requirement},
      {"AcceptArtifactsOfArtifacts", "oras.subject.kind-artifact"_requirement},
      {"AcceptArtifactsOfIndexes", "oras.subject.kind-index"_requirement},
      {"AcceptArtifactsOfDockerManifests", "oras.subject.kind-docker"_requirement},
      {"RefuseAbsentSubjects", "oras.subject.missing-400"_requirement},
      {"RefuseDeletedSubjects", "oras.subject.deleted-400"_requirement},
      {"RefuseSubjectsOfOtherRepositories", "oras.subject.other-repo-400"_requirement},
      {"KeepNothingOfARefusedArtifact", "oras.subject.reject-leaves-no-trace"_requirement},
      {"ServeUntaggedArtifacts", "oras.manifest.untagged-kept"_requirement},
      {"ServeTheBytesOfArtifacts", "oras.manifest.bytes-exact"_requirement},
      {"ServeImagesAsEver", "oras.isolation.image-unaffected"_requirement},
      {"AnswerListsWithOk", "oras.referrers.success-200"_requirement},
      {"ListUnderTheKeyOfTheRevision", "oras.referrers.key"_requirement},
      {"ListNothingAsAnEmptyArray", "oras.referrers.empty"_requirement},
      {"ListNothingOfUnknownDigests", "oras.referrers.unknown-digest-200"_requirement},
      {"ListArtifactsOfDeletedSubjects", "oras.referrers.missing-subject-listed"_requirement},
      {"ListEveryArtifact", "oras.referrers.complete"_requirement},
      {"ListDescriptors", "oras.referrers.descriptor-fields"_requirement},
      {"ListTheArtifactType", "oras.referrers.descriptor-artifacttype"_requirement},
      {"ListArtifactsThatCanBePulled", "oras.referrers.digest-pullable"_requirement},
      {"ListDirectReferencesAlone", "oras.referrers.direct-only"_requirement},
      {"ListArtifactsOfTheRepositoryOnly", "oras.referrers.repo-scope"_requirement},
      {"FilterAllOrNothing", "oras.filter.all-or-matching"_requirement},
      {"FilterToNothing", "oras.filter.no-match"_requirement},
      {"PageToTheEnd", "oras.page.link-absent-at-end"_requirement},
      {"PageByTheSizeThatIsAskedFor", "oras.page.n-limits"_requirement},
      {"RefuseDigestsInCapitals", "oras.digest.lower-case"_requirement},
      {"RefuseArtifactsUnderOtherDigests", "oras.digest.sha256-verified"_requirement},
      {"SortTheNewestFirst", "oras.sort.newest-first"_requirement},
      {"SortByInstants", "oras.sort.instant"_requirement},
      {"SortUndatedArtifactsLast", "oras.sort.undated-last"_requirement},
      {"SortAcrossPages", "oras.sort.across-pages"_requirement},
      {"SortFilteredLists", "oras.sort.with-filter"_requirement},
      {"DeleteArtifactsAlone", "oras.lifecycle.delete-artifact"_requirement},
      {"DeleteInOneRepository", "oras.lifecycle.cascade-within-repo"_requirement},
      {"DeleteNoBlobsThatAreNeeded", "oras.lifecycle.refcount-shared-blob"_requirement},
      {"KeepArtifactsPushedAtTheSameTime", "oras.concurrency.no-lost-artifact"_requirement},
  };
  return kRules;
}

bool binds_checks(const Rule& rule) {
  const std::string_view name(rule.name);
  const auto row = rule.requirement.text();
  for (const char* word : {"Accept", "Refuse", "Sort", "Close"}) {
    if (name.starts_with(word)) return false;
  }
  static constexpr std::string_view kOfWalks[] = {
      "oci.subject.failed-push-not-listed",
      "oci.manifest.get-404-in-repo",
      "oci.referrers.filter.unknown-param",  // checks that ask so judge it themselves
      "oci.delete.manifest-202",
      "oci.delete.tag-202",
      "oci.delete.shared-blob-survives",
      // Whether pushes overlap is for the clock to say: the checks of these rows make them.
      "oci.concurrency.no-lost-referrer",
      "oras.concurrency.no-lost-artifact",
      "oras.subject.reject-leaves-no-trace",
      "oras.lifecycle.refcount-shared-blob",
      // The checks of this row ask for each size once.
      "oras.page.n-limits",
  };
  return std::ranges::find(kOfWalks, row) == std::end(kOfWalks);
}

const Rule& rule_of(spec::RequirementId requirement) {
  const auto found = std::ranges::find(rules(), requirement, &Rule::requirement);
  if (found == rules().end()) throw std::logic_error("the model has no rule for " + std::string(requirement.text()));
  return *found;
}

}  // namespace referee::model
