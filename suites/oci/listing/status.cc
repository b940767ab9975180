// The status of the list: OCI distribution-spec, "Listing Referrers", GET /v2/<name>/referrers/<digest>.
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

constexpr std::size_t kMany = 25;
constexpr const char* kIllegalNames[] = {"UPPER/case", "a..b", "-lead", "trail_"};

class ListingStatus : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// The list as it is answered to that Accept; an empty text sends none.
  Listing accepting(const std::string& accept, const Pushed& subject) const {
    http::Request request{
        .method = "GET", .url = list_url(subject.digest().text(), subject.repository), .headers = {}, .body = {}};
    if (!accept.empty()) request.headers.add("Accept", accept);
    auto page = engine::read_page(send(std::move(request)), readable_keys());
    const auto is_own = [&](const engine::Entry& entry) { return session().has_sent(entry.digest.value_or("")); };
    if (!std::ranges::all_of(page.entries, is_own)) {
      const auto strangers = engine::digests_of(list_referrers(subject).strangers);
      std::erase_if(page.entries, [&](const engine::Entry& entry) {
        return std::ranges::find(strangers, entry.digest.value_or("")) != strangers.end();
      });
    }
    return Listing{.pages = {std::move(page)}, .broken = {}};
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, IsOkWithNoneAndWithOne, "oci.referrers.list.known-200"_requirement) {
  const auto subject = push(image());
  const auto before = answered(subject);
  push(artifact(kSbom).refers_to(subject));

  EXPECT_EVENTUALLY(answered(subject), HasStatus(200)) << "with one referrer";
  GIVEN_THAT(before, Not(HasAnyStatusOf({204, 404})));  // oci.referrers.list.empty-200
  EXPECT_THAT(before, HasStatus(200)) << "without referrers";
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, IsOkWithMany, "oci.referrers.list.known-200"_requirement) {
  const auto subject = push(image());
  for (const auto& referrer : batch(kMany, {artifact(kSbom)}, subject)) push(referrer);

  const auto listing = follow(answered(subject));
  GIVEN_THAT(listing.pages, Each(Not(HasStatusClass(5))));  // oci.referrers.page.link-when-truncated
  EXPECT_THAT(listing.first(), HasStatus(200));
  EXPECT_THAT(listing.pages, Each(Not(HasStatusClass(3)))) << "after redirects";
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, IsEmptyForASubjectWithoutReferrers,
                   "oci.referrers.list.empty-200"_requirement) {
  const auto subject = push(image());  // alone in its repository
  const auto page = answered(subject);
  given_that_lists_can_be_read();
  EXPECT_THAT(page, HasStatus(200));
  GIVEN_THAT(page, IsReadableList());
  EXPECT_THAT(follow(page), ListsNothing());
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, IsEmptyForADigestNeverSeen,
                   "oci.referrers.list.empty-200"_requirement) {
  given_that_lists_can_be_read();
  const auto page = answered(unknown_digest());
  EXPECT_THAT(page, HasStatus(200));
  GIVEN_THAT(page, IsReadableList());
  EXPECT_THAT(follow(page), ListsNothing());
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, NeverSaysNotFoundInAKnownRepository,
                   "oci.referrers.list.never-404"_requirement) {
  const auto subject = push(image());
  const auto blob = oci::Blob::of("application/octet-stream", "listed " + session().fresh_nonce());
  push_blob(blob);
  EXPECT_THAT(answered(subject), Not(HasStatus(404))) << "for a manifest";
  EXPECT_THAT(answered(unknown_digest()), Not(HasStatus(404))) << "for a digest never seen";
  EXPECT_THAT(answered(blob.digest), Not(HasStatus(404))) << "for a blob";
  EXPECT_THAT(answered(unknown_digest(oci::Algorithm::kSha512)), Not(HasStatus(404))) << "for a sha512 digest";
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, NeverSaysNotFoundWhereNothingMatches,
                   "oci.referrers.list.never-404"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  EXPECT_THAT(list_referrers(subject, "application/vnd.example.none"), Not(HasStatus(404)));
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, NeverSaysNotFoundForWhatIsDeleted,
                   "oci.referrers.list.never-404"_requirement) {
  needs(Gate::kManifestDeletion);
  push(image());  // the repository does not become empty
  const auto deleted = push(image());
  removed(deleted);
  EXPECT_THAT(answered(deleted), Not(HasStatus(404)));
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, DoesNotSayNotFoundForAnUnknownRepository,
                   "oci.referrers.list.unknown-repo"_requirement) {
  const auto url = list_url(unknown_digest().text(), session().never_pushed());
  const auto answer = send({.method = "GET", .url = url, .headers = {}, .body = {}}, {.statuses = {401, 403}});
  GIVEN_THAT(answer, Not(HasStatusClass(5)));  // oci.http.no-5xx
  GIVEN_THAT(answer, Not(HasStatus(406)));
  EXPECT_THAT(answer, HasAnyStatusOf({200, 400, 401, 403}));
  if (answer.status != 200) return;
  const auto page = engine::read_page(answer, readable_keys());
  GIVEN_THAT(page, IsReadableList());
  EXPECT_THAT(page, ListsNothing());
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, RejectsInvalidRepositoryNames,
                   "oci.referrers.list.invalid-name-400"_requirement) {
  for (const auto* name : kIllegalNames) {
    const auto url = list_url(unknown_digest().text(), Repository{name});
    for (int look = 1; look <= 2; ++look) {
      const auto answer = send({.method = "GET", .url = url, .headers = {}, .body = {}}, {.statuses = {401, 403}});
      if (answer.status / 100 == 5) continue;  // oci.http.no-5xx
      EXPECT_THAT(answer, HasAnyStatusOf({400, 401, 403}))
          << "for the repository name " << name << ", at look " << look;
    }
  }
}

CONFORMANCE_TEST_F(ListingStatus, ListingStatus, DoesNotDependOnAccept,
                   "oci.referrers.list.accept-tolerant"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  GIVEN_EVENTUALLY(accepting(std::string(oci::kImageIndex), subject), ListsExactly(referrer));

  EXPECT_EVENTUALLY(accepting("", subject), ListsExactly(referrer)) << "without Accept";
  EXPECT_EVENTUALLY(accepting("*/*", subject), ListsExactly(referrer)) << "with Accept: */*";
  const auto json = accepting("application/json", subject);
  EXPECT_NOTE_THAT(json, Not(HasStatus(406))) << "with Accept: application/json";
  if (json.first().response.status == 406) return;
  EXPECT_EVENTUALLY(accepting("application/json", subject), ListsExactly(referrer)) << "with Accept: application/json";
}

}  // namespace referee::suites
