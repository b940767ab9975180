// Which manifests a list holds: OCI distribution-spec, "Listing Referrers"; GET of the list, then GET of each entry.
#include <set>

#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

constexpr const char* kStranger = "entry that has another subject";

const ArtifactType kBlobType("application/vnd.example.blob.v1+json");

// The digest that the pulled manifest names as its subject; empty if none can be read.
std::string subject_in(const Response& pulled) {
  const auto reading = oci::read_json(pulled.body);
  if (!reading.value || !reading.value->is_object()) return "";
  const auto subject = reading.value->find("subject");
  if (subject == reading.value->end() || !subject->is_object()) return "";
  return subject->value("digest", nlohmann::json("")).is_string() ? subject->value("digest", "") : "";
}

MATCHER(HasTypeOfAManifest, negation ? "is not a manifest" : "is an image manifest or an image index") {
  return arg.media_type == oci::kImageManifest || arg.media_type == oci::kImageIndex;
}

class ListingEntries : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// The digests in the list whose manifests name another subject, or none.
  std::vector<std::string> strangers_among(const oci::Digest& subject) const {
    std::vector<std::string> strangers;
    for (const auto& digest : engine::digests_of(referrers_of(subject).entries())) {
      const auto pulled = pull(digest);
      if (pulled.status != 200) continue;  // oci.referrers.list.digest-pullable
      GIVEN_THAT(oci::Digest::verbatim(digest).matches(pulled.body).value_or(true),
                 Holds("bytes of that digest",
                       "other bytes than those of the digest are served, which Manifests.KeepTheirBytes judges"));
      if (subject_in(pulled) != subject.text()) strangers.push_back(digest);
    }
    return strangers;
  }

  bool can_be_pulled(const std::string& digest) const {
    const auto pulled = pull(digest);
    return pulled.status == 200 && oci::Digest::verbatim(digest).matches(pulled.body).value_or(true);
  }

  /// The digests that the list names and that cannot be pulled; what is gone meanwhile does not count.
  std::vector<std::string> dangling_in(const oci::Digest& subject) const {
    std::vector<std::string> failing;
    for (const auto& digest : engine::digests_of(referrers_of(subject).entries())) {
      if (!digest.empty() && !can_be_pulled(digest)) failing.push_back(digest);
    }
    if (failing.empty()) return {};
    const auto again = engine::digests_of(referrers_of(subject).entries());
    std::erase_if(failing, [&](const auto& digest) { return std::ranges::find(again, digest) == again.end(); });
    return failing;
  }

  /// Where manifests that no list names can be pulled as they were pushed: else another rule's.
  void expect_all_pullable(const oci::Digest& subject, const char* when) const {
    const auto plain = push(image());
    GIVEN_EVENTUALLY(pull(plain), AllOf(HasStatus(200), HasBody(plain.bytes())));
    EXPECT_EVENTUALLY(dangling_in(subject), The("entry that cannot be pulled", IsEmpty())) << when;
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, CanBePulledAfterEachPush,
                   "oci.referrers.list.digest-pullable"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  const auto indented_referrer = push(config_artifact(kExampleConfig).refers_to(subject).serialized_as(indented(3)));
  GIVEN_EVENTUALLY(pull(indented_referrer), HasBody(indented_referrer.bytes()));
  expect_all_pullable(subject.digest(), "after pushing images");
  const auto list = push(index({image()}, kSbom).refers_to(subject));
  push(list.content);
  push(index({image()}).refers_to(subject), {.in = {}, .tag = tag_named("signatures")});
  expect_all_pullable(subject.digest(), "after pushing indexes, twice and by tag");
  const auto missing = absent_subject(session().fresh_nonce());
  push(artifact(kSbom).refers_to(missing));
  expect_all_pullable(missing.digest, "for a subject that is not there");
  push(artifact(kSignature).refers_to(list));
  expect_all_pullable(list.digest(), "for a subject that is a referrer");
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, CanBePulledAfterReferrersAreDeleted,
                   "oci.referrers.list.digest-pullable"_requirement) {
  needs(Gate::kManifestDeletion);
  const auto subject = push(image());
  const auto leaf = push(artifact(kSbom).refers_to(subject));
  const auto list = push(index({image()}, kSbom).refers_to(subject));
  push(artifact(kSignature).refers_to(list));
  removed(leaf);
  expect_all_pullable(subject.digest(), "after deleting a referrer");
  removed(list);
  expect_all_pullable(subject.digest(), "after deleting a referrer that has one of its own");
  expect_all_pullable(list.digest(), "below the deleted referrer");
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, CanBePulledAfterATagMoves,
                   "oci.referrers.list.digest-pullable"_requirement) {
  const auto subject = push(image());
  const std::string tag = session().fresh_nonce();
  const auto first = push(artifact(kSignature).refers_to(subject), {.in = {}, .tag = tag});
  settled(subject, first);
  const auto moved = make(artifact(kSignature).refers_to(subject));
  APPLIES_IF(put(moved, {.in = {}, .tag = tag}), HasStatus(201));  // tags may be immutable
  settled(subject, moved);
  expect_all_pullable(subject.digest(), "after a tag moved from one referrer to another");
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, CanBePulledAfterTheSubjectIsDeleted,
                   "oci.referrers.list.digest-pullable"_requirement) {
  needs(Gate::kManifestDeletion);
  push(image());  // the repository does not become empty
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  push(index({image()}).refers_to(subject), {.in = {}, .tag = tag_named("signatures")});
  removed(subject);
  expect_all_pullable(subject.digest(), "after deleting the subject");
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, AreDirectReferrersOfTheDigest,
                   "oci.referrers.list.subject-matches"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  const auto other = push(image());
  const auto of_referrer = push(artifact(kSignature).refers_to(referrer));
  const auto of_other = push(artifact(kSignature).refers_to(other));
  push(index({subject, referrer}));
  settled(other, of_other);
  settled(referrer, of_referrer);
  settled(subject, referrer);
  EXPECT_THAT(strangers_among(subject.digest()), The(kStranger, IsEmpty()));
  EXPECT_THAT(strangers_among(referrer.digest()), The(kStranger, IsEmpty()));
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, AreNotTheChildrenOfAnIndex,
                   "oci.referrers.list.subject-matches"_requirement) {
  const auto subject = push(image());
  const auto child = push(image());
  const auto list = push(index({subject, child}));
  const auto referrer = push(index({child, list}).refers_to(subject));
  const auto of_list = push(artifact(kSbom).refers_to(list));
  settled(list, of_list);
  EXPECT_THAT(strangers_among(list.digest()), The(kStranger, IsEmpty())) << "in the list of an index";
  EXPECT_THAT(strangers_among(referrer.digest()), The(kStranger, IsEmpty()))
      << "in the list of an index without referrers";
  eventually([&] { return referrers_of(subject); }, Lists(referrer));  // listed or not: see `index-referrer`
  EXPECT_THAT(strangers_among(subject.digest()), The(kStranger, IsEmpty())) << "in the list of a subject of an index";
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, AreFoundByTheWholeDigest,
                   "oci.referrers.list.subject-matches"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  settled(subject, referrer);
  std::string neighbour = subject.digest().text();
  neighbour.back() = neighbour.back() == '0' ? '1' : '0';
  const auto listing = list_all(oci::Digest::verbatim(neighbour), repository());
  GIVEN_THAT(listing, IsReadableList());
  EXPECT_THAT(listing, Not(Lists(referrer))) << "for a digest that differs in its last digit";
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, AreImagesAndIndexes,
                   "oci.referrers.list.only-image-or-index"_requirement) {
  const auto subject = push(image());
  std::vector<std::string> foreign;
  for (const auto& document : {oras_artifact(kSbom), rc1_artifact(kSbom), docker_image()}) {
    const auto content = make(document.refers_to(subject));
    if (put(content, {}, Tolerating::refusals()).status == 201) foreign.push_back(content.manifest.digest.text());
  }
  const auto referrer = push(config_artifact(kBlobType).refers_to(subject));
  for (const auto& listed : settled(subject, referrer).entries()) {
    if (listed.digest == referrer.digest().text()) continue;  // its type is oci.referrers.list.mediatype's
    const bool other_kind = std::ranges::find(foreign, listed.digest.value_or("")) != foreign.end();
    EXPECT_THAT(listed, HasTypeOfAManifest()) << (other_kind ? "a manifest of another kind" : "no manifest at all");
  }
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, IncludeIndexes, "oci.referrers.list.index-referrer"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(index({image()}, kSbom).refers_to(subject));
  settled(subject, push(artifact(kSbom).refers_to(subject)));  // an image that was pushed later is listed
  EXPECT_EVENTUALLY(referrers_of(subject), Lists(referrer));
}

CONFORMANCE_TEST_F(ListingEntries, ListingEntries, AppearOnce, "oci.referrers.list.no-duplicates"_requirement) {
  const auto subject = push(image());
  auto document = artifact(kSbom).refers_to(subject);
  for (const auto* key : {"one", "two", "three", "four", "five"}) {
    document = document.annotated(std::string("org.example.") + key, key);
  }
  const auto layer = [](const char* bytes) { return oci::Blob::of("application/octet-stream", bytes); };
  const auto referrer = push(document.with_layers({layer("first"), layer("second"), layer("third")}));
  for (const auto& page : settled(subject, referrer).pages) {
    EXPECT_THAT(repeated(engine::digests_of(page.entries)),
                The("digest that is listed again on the same page", IsEmpty()));
  }
}

}  // namespace referee::suites
