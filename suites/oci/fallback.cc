// The fallback tag and what becomes of it: OCI distribution-spec, "Referrers Tag Schema" and "Enabling the Referrers
// API".
#include <cstdlib>

#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

// "sha256-<64 hex digits>": the tag that clients keep where there is no API.
std::string fallback_tag(const oci::Digest& subject) {
  return std::string(subject.algorithm()) + "-" + std::string(subject.encoded());
}

nlohmann::json entry_like_a_client(const Pushed& referrer) {
  return {{"mediaType", referrer.descriptor().media_type},
          {"digest", referrer.digest().text()},
          {"size", referrer.descriptor().size},
          {"artifactType", referrer.artifact_type()},
          {"annotations", {{"org.example.kept-by", "the client"}}}};
}

Document index_of(const std::vector<nlohmann::json>& entries) {
  Document list = index();
  for (const auto& entry : entries) list = list.with_entry(content::Json::parse(entry.dump()));
  return list;
}

// A registry that refuses the tag or the index offers no fallback: oci.fallback.tag-storable.
void given_tagged(const Response& answer) {
  APPLIES_IF(answer, Not(HasStatusClass(4)));
  GIVEN_THAT(answer, HasStatus(201));
}

}  // namespace

CONFORMANCE_TEST(Fallback, TagHoldsAnIndex, "oci.fallback.tag-storable"_requirement) {
  const auto subject = push(image());
  const auto first = push(artifact(kSbom).refers_to(subject));
  const auto second = push(artifact(kSignature).refers_to(subject));
  const std::string tag = fallback_tag(subject.digest());
  const auto list = make(index_of({entry_like_a_client(first)}));

  const auto stored = put(list, {.tag = tag});
  if (stored.status / 100 == 4 && met(Gate::kReferrers)) {
    // An index without platforms may be refused whatever its tag: img.index.platform-optional.
    APPLIES_IF(put(make(index({image()}).without("/manifests/0/platform"))), HasStatus(201));
    EXPECT_WARN_THAT(stored, HasStatus(201)) << "a refused tag or index: no client needs the fallback here";
  } else {
    EXPECT_THAT(stored, HasStatus(201));
  }
  if (stored.status != 201) return;
  const auto plain = push(image(), {.tag = tag_named("plain")});  // what no client keeps for itself
  GIVEN_EVENTUALLY(pull(tag_named("plain")), AllOf(HasStatus(200), HasBody(plain.bytes())));
  EXPECT_EVENTUALLY(pull(tag), AllOf(HasStatus(200), HasBody(list.manifest.bytes)));
  if (tags(repository()).status == 200) {  // tags are listed at all
    EXPECT_EVENTUALLY(tag_names(repository()), The("tag", Contains(tag)));
  }

  const auto longer = make(index_of({entry_like_a_client(first), entry_like_a_client(second)}));
  const auto overwritten = put(longer, {.tag = tag});
  if (overwritten.status == 201) {
    EXPECT_EVENTUALLY(pull(tag), HasBody(longer.manifest.bytes));
  } else if (met(Gate::kReferrers)) {
    EXPECT_NOTE_THAT(overwritten, HasStatus(201)) << "an immutable tag: no client needs the fallback here";
  } else {
    EXPECT_WARN_THAT(overwritten, HasStatus(201)) << "an immutable tag: clients cannot keep the fallback";
  }
}

CONFORMANCE_TEST(Fallback, IndexIsNotAReferrer, "oci.fallback.tag-not-a-referrer"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  const auto list = make(index_of({entry_like_a_client(referrer)}));
  given_tagged(put(list, {.tag = fallback_tag(subject.digest())}));
  GIVEN_EVENTUALLY(list_all(subject), Lists(referrer));
  EXPECT_THAT(referrers_of(subject), Not(Lists(list)));
}

CONFORMANCE_TEST(Fallback, TagIsNotServedUnlessPushed, "oci.fallback.no-auto-tag"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(referrer));

  const auto answer = pull(fallback_tag(subject.digest()), repository());
  if (answer.status != 200) return;  // absent, as no client pushed it

  const auto page = engine::read_page(answer, {"manifests"});
  EXPECT_THAT(page, IsReadableList()) << "a tag of the fallback form that no client pushed";
  EXPECT_THAT(answer.body != subject.bytes(), Holds("a list, or nothing", "the subject, served as its own list"));
  if (page.readable) {
    // UNPROVEN: a registry may keep the tag itself; which earns a note only.
    EXPECT_NOTE_THAT(page, Not(Lists(referrer))) << "the registry keeps the fallback tag itself";
  }
}

CONFORMANCE_TEST(Upgrade, IgnoresEntriesWithoutAMatchingSubject, "oci.upgrade.valid-subject-only"_requirement) {
  needs(Gate::kReferrers);
  const auto subject = push(image());
  const auto elsewhere = push(image());
  const auto good = push(artifact(kSbom).refers_to(subject));
  const auto without = push(artifact(kSbom));
  const auto other = push(artifact(kSbom).refers_to(elsewhere));
  auto gone = entry_like_a_client(good);
  gone["digest"] = content::fresh_digest(session().fresh_nonce()).text();

  const std::vector<nlohmann::json> present = {entry_like_a_client(good), entry_like_a_client(without),
                                               entry_like_a_client(other)};
  auto all = present;
  all.push_back(gone);
  const std::string tag = fallback_tag(subject.digest());
  if (put(make(index_of(all)), {.tag = tag}).status != 201) {
    given_tagged(put(make(index_of(present)), {.tag = tag}));
  }

  GIVEN_EVENTUALLY(list_all(subject), Lists(good));
  const auto listed = referrers_of(subject);
  EXPECT_THAT(listed, Not(Lists(without))) << "it has no subject";
  EXPECT_THAT(listed, Not(Lists(other))) << "its subject is another";
  EXPECT_THAT(listed, Not(Lists(gone["digest"].get<std::string>()))) << "it is not in the repository";
}

CONFORMANCE_TEST(Upgrade, ListsOnceWhatTagAndPushBothName, "oci.upgrade.tag-and-api-no-duplicate"_requirement) {
  needs(Gate::kReferrers);
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  given_tagged(put(make(index_of({entry_like_a_client(referrer)})), {.tag = fallback_tag(subject.digest())}));
  GIVEN_EVENTUALLY(list_all(subject), Lists(referrer));
  const auto digests = engine::digests_of(referrers_of(subject).entries());
  EXPECT_THAT(std::ranges::count(digests, referrer.digest().text()), The("number of entries", Eq(1)))
      << "for a referrer that is in the fallback index too";
}

namespace {

// What was pushed while the API was off. The operator's hook switches it off and on again.
class Upgraded : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  struct Before {
    Pushed subject;
    Pushed tagged;    // in the client's index at the fallback tag, with a wrong type and other annotations
    Pushed untagged;  // in no index
  };

  Before push_before_and_upgrade() const {
    restart("before");
    GIVEN_THAT(list_referrers("sha256:" + std::string(64, '0'), repository()), HasStatus(404));
    const auto subject = push(image());
    const auto tagged = push(artifact(kSbom).refers_to(subject).annotated("org.example.key", "value"));
    const auto untagged = push(artifact(kSignature).refers_to(subject));
    auto entry = entry_like_a_client(tagged);
    entry["artifactType"] = "application/vnd.example.wrong";
    const auto stored = put(make(index_of({entry})), {.tag = fallback_tag(subject.digest())});
    restart("after");
    given_tagged(stored);
    GIVEN_EVENTUALLY(list_referrers(subject), HasStatus(200));
    const auto later = push(artifact(kSbom).refers_to(subject));  // the control: pushed while the API is on
    GIVEN_EVENTUALLY(list_all(subject), Lists(later));
    GIVEN_EVENTUALLY(pull(later), HasStatus(200));
    return {subject, tagged, untagged};
  }

  void expect_good_descriptor(const Pushed& referrer, const engine::Entry& entry) const {
    EXPECT_FAIL_THAT(entry.artifact_type, The("artifactType", Optional(referrer.artifact_type())));
    EXPECT_FAIL_THAT(entry.size, The("size", Optional(referrer.descriptor().size)));
    EXPECT_FAIL_THAT(entry.media_type, The("mediaType", Optional(referrer.descriptor().media_type)));
    EXPECT_FAIL_THAT(pull(referrer), HasStatus(200)) << "a listed manifest";
  }
};

}  // namespace

CONFORMANCE_TEST_F(Upgraded, Upgrade, TakesOverTheFallbackIndex, "oci.upgrade.tagged-index-included"_requirement,
                   engine::CheckTraits{.exclusive = true}) {
  const auto before = push_before_and_upgrade();
  EXPECT_EVENTUALLY(list_all(before.subject), Lists(before.tagged));
  const auto listing = referrers_of(before.subject);
  if (std::ranges::count(engine::digests_of(listing.entries()), before.tagged.digest().text()) == 0) return;
  const auto entry = entry_of(listing, before.tagged);
  expect_good_descriptor(before.tagged, entry);
  EXPECT_THAT(entry.raw->value("annotations", nlohmann::json::object()).value("org.example.key", ""),
              The("annotation org.example.key", Eq("value")));
}

CONFORMANCE_TEST_F(Upgraded, Upgrade, MayIncludeWhatWasInNoIndex, "oci.upgrade.preexisting-all"_requirement,
                   engine::CheckTraits{.exclusive = true}) {
  const auto before = push_before_and_upgrade();
  const auto listing = eventually([&] { return list_all(before.subject); }, Lists(before.untagged));
  EXPECT_NOTE_THAT(listing, Lists(before.untagged)) << "an older manifest that was in no fallback index";
  if (std::ranges::count(engine::digests_of(listing.entries()), before.untagged.digest().text()) == 0) return;
  expect_good_descriptor(before.untagged, entry_of(listing, before.untagged));
}

}  // namespace referee::suites
