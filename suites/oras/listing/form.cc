// Where the list of artifacts is and what form it has: ORAS artifacts-spec, manifest-referrers-api.md, "API Path",
// "Artifact Referrers API results", "Paging Results"; GET of the list in the edition's dialect.
#include <algorithm>

#include "harness/engine/shortened.h"
#include "harness/spec/literals/oras.h"
#include "suites/oci/listing/listing.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

std::vector<std::string> known_lists_in(const Page& page) {
  std::vector<std::string> keys;
  for (const char* key : {"references", "referrers", "manifests"}) {
    const auto* list = member_of(page, key);
    if (list != nullptr && list->is_array()) keys.emplace_back(key);
  }
  return keys;
}

// Answered at all, with whatever success: the rest is oras.referrers.success-200.
MATCHER(IsAnsweredWithJson, negation ? "is not answered with JSON" : "is answered 2xx, with JSON") {
  const http::Response& response = engine::response_of(arg);
  const auto reading = oci::read_json(response.body);
  *result_listener << "which is " << response.status << ' ' << (reading.value ? "" : reading.error);
  return response.status / 100 == 2 && reading.value != nullptr;
}

MATCHER(IsJsonObject, negation ? "is a JSON object" : "has a JSON object as its body") {
  const auto* body = json_of(arg);
  *result_listener << "whose body is " << (body == nullptr ? "no JSON" : body->type_name());
  return body != nullptr && body->is_object();
}

MATCHER_P(HasListUnderOneOf, keys,
          (negation ? "has no array under " : "has an array under ") + engine::shortened(keys)) {
  return std::ranges::any_of(keys, [&](const std::string& key) {
    const auto* list = member_of(arg, key);
    return list != nullptr && list->is_array();
  });
}

std::string with_colon_encoded(std::string digest) { return digest.replace(digest.find(':'), 1, "%3A"); }

/// A subject with an artifact, and that other lists can be read.
class OrasListForm : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  struct Pair {
    Pushed subject;
    Pushed artifact;
  };
  Pair pushed_pair() const {
    auto subject = push(image());
    auto artifact = push(sbom().refers_to(subject));
    return {subject, artifact};
  }
  /// Where lists of artifacts work at all, so that what is said of an empty one is due to its being empty.
  void given_that_lists_work() const {
    const auto control = pushed_pair();
    GIVEN_EVENTUALLY(list_all(control.subject), Lists(control.artifact));
  }
  /// The first page as soon as the artifact is in it, or what is answered in its place.
  Page answer_with(const Pair& pair) const {
    return eventually([&] { return list_referrers(pair.subject); }, Lists(pair.artifact));
  }
};

}  // namespace

// The name of the repository has slashes, unless the operator said otherwise.
CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreListedOutsideTheDistributionApi,
                   "oras.referrers.path-v1"_requirement) {
  const auto page = list_referrers(pushed_pair().subject);
  GIVEN_THAT(page, Not(HasStatusClass(5)));  // oras.referrers.success-200

  EXPECT_THAT(page, IsAnsweredWithJson());
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreListedAtTheExtensionPath, "oras.referrers.path-ext"_requirement) {
  const auto page = list_referrers(pushed_pair().subject);
  GIVEN_THAT(page, Not(HasStatusClass(5)));  // oras.referrers.success-200

  EXPECT_THAT(page, IsAnsweredWithJson());
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreFoundByAPercentEncodedDigest,
                   "oras.referrers.path-ext"_requirement) {
  const auto pair = pushed_pair();
  settled(pair.subject, pair.artifact);
  const auto encoded = with_colon_encoded(pair.subject.digest().text());

  EXPECT_THAT(follow(list_referrers(encoded, repository())), Lists(pair.artifact)) << "asked for as digest=" << encoded;
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreUnderTheKeyOfTheEdition, "oras.referrers.key"_requirement) {
  const auto pair = pushed_pair();
  const auto page = answer_with(pair);
  GIVEN_THAT(page, AllOf(HasStatus(200), IsJsonObject()));  // oras.referrers.success-200

  EXPECT_THAT(page, HasListUnderOneOf(list_keys()));
  if (!page.readable) return;
  // UNPROVEN: a second key in addition to the right one is lawful (mood.oras-both-keys).
  EXPECT_NOTE_THAT(known_lists_in(page), The("key of a list", ElementsAre(page.key)));
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreUnderTheKeyOfTheEditionWhereThereAreNone,
                   "oras.referrers.key"_requirement) {
  given_that_lists_work();
  const auto pair = pushed_pair();
  GIVEN_THAT(answer_with(pair), Lists(pair.artifact));
  const auto subject = pair.subject.digest().text();

  const auto empty = list_referrers(push(image()));
  const auto filtered = list_referrers(subject, repository(), "artifactType=example/none");

  for (const auto* page : {&empty, &filtered}) {
    if (!page->readable) continue;  // oras.referrers.empty and oras.filter.no-match, where an edition has these rules
    EXPECT_THAT(*page, HasListUnderOneOf(list_keys()))
        << (page == &empty ? "the list of what has no artifacts" : "a list of which a filter leaves nothing");
  }
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreAnsweredWith200AndAnObject,
                   "oras.referrers.success-200"_requirement) {
  const auto page = answer_with(pushed_pair());
  GIVEN_THAT(page, Not(HasStatusClass(4)));  // the rows on the path

  EXPECT_THAT(page, AllOf(HasStatus(200), IsJsonObject()));
  EXPECT_THAT(page, HasNoByteOrderMark());
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreUsuallyServedAsJson, "oras.referrers.success-200"_requirement) {
  const auto page = answer_with(pushed_pair());
  GIVEN_THAT(page, IsReadableList());

  // UNPROVEN: no text defines the media type of the list, so that another one is lawful.
  EXPECT_NOTE_THAT(page, IsServedAs("application/json"));
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreAnEmptyArrayWhereThereAreNone, "oras.referrers.empty"_requirement) {
  given_that_lists_work();
  const auto lonely = push(image());

  EXPECT_THAT(list_referrers(lonely), AllOf(HasStatus(200), ListsNothing())) << "the list of what has no artifacts";
}

CONFORMANCE_TEST_F(OrasListForm, OrasReferrers, AreAnEmptyArrayForADigestNeverSeen,
                   "oras.referrers.unknown-digest-200"_requirement) {
  given_that_lists_work();

  EXPECT_THAT(list_referrers(unknown_digest()), AllOf(HasStatus(200), ListsNothing()))
      << "the list of a digest that this repository never saw";
}

}  // namespace referee::suites
