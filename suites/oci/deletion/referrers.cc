// What deletion does to lists and to others: OCI distribution-spec, "Deleting Manifests" and "Listing Referrers".
#include "harness/spec/literals/oci.h"
#include "suites/oci/pushing/pushing.h"

namespace referee::suites {

CONFORMANCE_TEST(DeletingReferrers, KeepsListAndStoreConsistent,
                 "oci.delete.tag-keeps-referrer-consistent"_requirement) {
  const auto subject = push(image());
  const auto untagged = push(artifact(kSbom).refers_to(subject));
  const auto referrer = push(artifact(kSbom).refers_to(subject), {.tag = tag_named("sig-1")});
  GIVEN_EVENTUALLY(list_all(subject), AllOf(Lists(referrer), Lists(untagged)));
  GIVEN_EVENTUALLY(pull(untagged), HasStatus(200));  // one without any tag: oci.manifest.get-200
  const auto answer = remove(tag_named("sig-1"), repository());
  APPLIES_IF(answer, HasStatusClass(2));
  GIVEN_EVENTUALLY(pull(tag_named("sig-1"), repository()), HasAnyStatusOf({404, 410}));

  // The manifest may stay, untagged, or go with its last tag: but then from both places.
  const auto agree = [&] {
    const bool stored = pull(referrer).status == 200;
    const auto digests = engine::digests_of(referrers_of(subject).entries());
    return stored == (std::ranges::count(digests, referrer.digest().text()) > 0);
  };
  EXPECT_EVENTUALLY(agree(), Holds("a referrer that is both stored and listed, or neither",
                                   "one that is listed and not stored, or stored and not listed"))
      << "after its tag was deleted";
}

CONFORMANCE_TEST(DeletingReferrers, RemovesThemFromTheList, "oci.delete.referrer-unlisted"_requirement) {
  push(image());  // unrelated: the repository does not vanish
  const auto subject = push(image());
  const auto first = push(artifact(kSbom).refers_to(subject));
  const auto second = push(artifact(kSignature).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), ListsExactly(first, second));
  removed(first);
  EXPECT_EVENTUALLY(list_all(subject), Not(Lists(first)));
  removed(second);
  EXPECT_EVENTUALLY(list_all(subject), AllOf(HasStatus(200), Not(Lists(second))));
  const auto tagged = make(artifact(kSbom).refers_to(subject));
  if (put(tagged, {.in = {}, .tag = tag_named("tagged")}, Tolerating::refusals()).status != 201) return;
  if (!::testing::Value(eventually([&] { return list_all(subject); }, Lists(tagged)), Lists(tagged))) return;
  if (remove(tagged.manifest.digest, repository()).status / 100 != 2) return;  // what a tag names may be kept
  EXPECT_EVENTUALLY(list_all(subject), Not(Lists(tagged))) << "deleted by its digest while a tag named it";
}

CONFORMANCE_TEST(DeletingReferrers, RemovesThemFromFilteredLists, "oci.delete.referrer-unlisted"_requirement) {
  needs(Gate::kReferrers);
  const auto subject = push(image());
  const auto kept = push(artifact(kSbom).refers_to(subject));
  const auto deleted = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject, kSbom.text), AllOf(Lists(kept), Lists(deleted)));
  removed(deleted);
  GIVEN_EVENTUALLY(list_all(subject), Not(Lists(deleted)));
  EXPECT_EVENTUALLY(list_all(subject, kSbom.text), Not(Lists(deleted)))
      << "the whole list does not show it; the filtered answer is the one from before the deletion, as a cache keeps "
         "it";
}

CONFORMANCE_TEST(DeletingReferrers, KeepsSubjectAndSiblings, "oci.delete.referrer-keeps-subject"_requirement) {
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto first = push(artifact(kSbom).refers_to(subject));
  const auto sibling = push(artifact(kSbom).refers_to(subject));
  const bool lists = met(Gate::kReferrers);
  if (lists) GIVEN_EVENTUALLY(list_all(subject), ListsExactly(first, sibling));
  GIVEN_EVENTUALLY(pull(sibling), HasStatus(200));  // one without any tag: oci.manifest.get-200
  GIVEN_THAT(pull(tag_named("subject"), repository()), HasBody(subject.bytes()));
  removed(first);
  EXPECT_THAT(pull(subject), AllOf(HasStatus(200), HasBody(subject.bytes())));
  EXPECT_THAT(pull(tag_named("subject"), repository()), AllOf(HasStatus(200), HasBody(subject.bytes())));
  EXPECT_THAT(pull(sibling), HasStatus(200));
  if (lists) {
    EXPECT_EVENTUALLY(referrers_of(subject), Lists(sibling));
  }
}

CONFORMANCE_TEST(DeletingSubjects, KeepsTheListAvailable, "oci.delete.subject-list-200"_requirement) {
  push(image());
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  GIVEN_THAT(list_referrers(subject), HasStatus(200));
  const auto answer = remove(subject);
  APPLIES_IF(answer, Not(HasStatusClass(4)));
  EXPECT_THAT(list_referrers(subject), HasStatus(200)) << "right after the deletion of the subject";
  GIVEN_EVENTUALLY(pull(subject), HasAnyStatusOf({404, 410}));
  EXPECT_THAT(list_referrers(subject), HasStatus(200)) << "when the subject is gone";
}

CONFORMANCE_TEST(DeletingSubjects, ListsOnlyWhatCanBePulled, "oci.delete.subject-list-consistent"_requirement,
                 {.collects = true}) {
  push(image());
  const auto subject = push(image());
  // The tagged one is left where a collector takes what has no tag.
  const std::vector<Pushed> referrers = {
      push(artifact(kSbom).refers_to(subject)),
      push(artifact(kSignature).refers_to(subject), {.tag = tag_named("signature")})};
  GIVEN_EVENTUALLY(list_all(subject), ListsEach(referrers));
  for (const auto& referrer : referrers) GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
  removed(subject);
  collect();

  // Ghosts: listed, but gone on GET. One that is gone is listed again before it counts.
  const auto ghosts = [&] {
    std::vector<std::string> found;
    for (const auto& digest : engine::digests_of(referrers_of(subject).entries())) {
      if (pull(oci::Digest::verbatim(digest), repository()).status != 404) continue;
      const auto again = engine::digests_of(referrers_of(subject).entries());
      if (std::ranges::count(again, digest) > 0) found.push_back(digest);
    }
    return found;
  };
  EXPECT_THAT(after_cascade(ghosts, IsEmpty()), The("referrer that is listed and cannot be pulled", IsEmpty()));

  const auto hidden = [&] {
    std::vector<std::string> found;
    const auto listed = engine::digests_of(referrers_of(subject).entries());
    for (const auto& referrer : referrers) {
      const bool alive = pull(referrer).status == 200;
      if (alive && std::ranges::count(listed, referrer.digest().text()) == 0) found.push_back(referrer.digest().text());
    }
    return found;
  };
  EXPECT_WARN_THAT(after_cascade(hidden, IsEmpty()), The("referrer that can be pulled and is not listed", IsEmpty()));
}

CONFORMANCE_TEST(DeletingSubjects, RelistsReferrersOncePushedAgain, "oci.delete.subject-repush-relist"_requirement) {
  push(image());
  const auto subject = push(image());
  const std::vector<Pushed> referrers = {push(artifact(kSbom).refers_to(subject)),
                                         push(artifact(kSignature).refers_to(subject))};
  GIVEN_EVENTUALLY(list_all(subject), ListsEach(referrers));
  removed(subject);
  const auto again = put(subject.content);
  APPLIES_IF(again, Not(HasStatusClass(4)));  // a digest deleted on purpose may be kept out
  GIVEN_THAT(again, HasStatus(201));

  // Only what a cascade has spared has to be listed: what can be pulled at two readings, the wait between them.
  const auto missing = [&] {
    std::vector<std::string> found;
    const auto listed = engine::digests_of(referrers_of(subject).entries());
    for (const auto& referrer : referrers) {
      const bool alive = pull(referrer).status == 200;
      if (alive && std::ranges::count(listed, referrer.digest().text()) == 0) found.push_back(referrer.digest().text());
    }
    return found;
  };
  EXPECT_THAT(after_cascade(missing, IsEmpty()), The("referrer that can be pulled and is not listed again", IsEmpty()));
}

CONFORMANCE_TEST(DeletingReferrers, MayBePushedAgain, "oci.delete.repush-referrer"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(referrer));
  GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
  removed(referrer);
  GIVEN_EVENTUALLY(list_all(subject), Not(Lists(referrer)));
  const auto again = put(referrer.content);
  APPLIES_IF(again, Not(HasStatusClass(4)));
  GIVEN_THAT(again, HasStatus(201));
  if (is_acknowledged(referrer)) {
    EXPECT_THAT(again, HasHeader(oci::kSubjectHeader));
  }
  EXPECT_EVENTUALLY(pull(referrer), HasStatus(200));
  EXPECT_EVENTUALLY(list_all(subject), Lists(referrer));
}

CONFORMANCE_TEST(DeletingReferrers, KeepsSharedBlobs, "oci.delete.shared-blob-survives"_requirement,
                 {.collects = true}) {
  const auto layer = oci::Blob::of("application/vnd.example.data", "shared " + session().fresh_nonce());
  const auto subject = push(image(), {.tag = tag_named("subject")});
  const auto first = push(artifact(kSbom).refers_to(subject).with_layers({layer}));
  const auto second = push(artifact(kSignature).refers_to(subject).with_layers({layer}), {.tag = tag_named("second")});
  GIVEN_THAT(pull_blob(layer.digest, repository()), HasStatus(200));
  removed(first);
  GIVEN_THAT(pull(second), HasStatus(200));
  const auto after = throughout([&] { return pull_blob(layer.digest, repository()); }, HasStatus(200));
  EXPECT_THAT(after, AllOf(HasStatus(200), HasBody(layer.bytes))) << "a layer that another manifest still names";
  if (!session().dialect().empty_config) return;  // then no two manifests share their config
  EXPECT_THAT(head_blob(content::empty_blob().digest, repository()), HasStatus(200)) << "the config that it names too";
}

CONFORMANCE_TEST(DeletingReferrers, AffectsOnlyTheirRepository, "oci.delete.other-repo-unaffected"_requirement,
                 {.collects = true}) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  // What has to stay has a tag: collectors may take what has none.
  const auto other_subject = push(subject.content, {.in = other_repository(), .tag = tag_named("subject")});
  const auto other_referrer = push(referrer.content, {.in = other_repository(), .tag = tag_named("sbom")});
  const bool lists = met(Gate::kReferrers);
  if (lists) GIVEN_EVENTUALLY(list_all(other_subject), Lists(other_referrer));
  for (const auto& kept : {other_subject, other_referrer}) GIVEN_EVENTUALLY(pull(kept), HasStatus(200));
  removed(subject);
  const auto gone = remove(referrer);  // a cascade may have been faster
  APPLIES_IF(gone, AnyOf(HasStatusClass(2), HasStatus(404)));
  for (const auto& kept : {other_subject, other_referrer}) {
    EXPECT_THAT(throughout([&] { return pull(kept); }, HasStatus(200)), HasStatus(200)) << "in the other repository";
  }
  if (lists) {
    EXPECT_THAT(referrers_of(other_subject), Lists(other_referrer)) << "in the other repository";
  }
}

}  // namespace referee::suites
