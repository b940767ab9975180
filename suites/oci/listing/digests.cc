// The digest in the list's path: OCI distribution-spec, "Listing Referrers"; image-spec descriptor.md, "Digests".
// GET /v2/<name>/referrers/<digest>.
#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

constexpr int kAskedEach = 2;  // times: the second answer may come from elsewhere

class ListingDigests : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// A repository that exists: else it might be what is not found or not valid.
  void expect_refused(BadDigest category) const {
    const auto subject = push(image());
    for (const auto& digest : bad_digests(category, subject.digest().encoded())) {
      expect_bad_request(digest);
    }
  }

  void expect_bad_request(const oci::Digest& digest) const {
    for (int look = 1; look <= kAskedEach; ++look) {
      EXPECT_THAT(answered(digest), HasStatus(400)) << "for " << digest.text() << ", at look " << look;
    }
  }

  /// A lawful digest under which nothing is stored; a 404 is judged by `never-404` where that row asks for it.
  void expect_empty(const oci::Digest& digest) const {
    for (int look = 1; look <= kAskedEach; ++look) {
      const auto page = answered(digest);
      EXPECT_THAT(page, HasStatus(200)) << "for " << digest.text() << ", at look " << look;
      if (page.readable) {
        EXPECT_THAT(follow(page), ListsNothing()) << "for " << digest.text() << ", at look " << look;
      }
    }
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingDigests, ListingDigests, RejectsMalformedDigests,
                   "oci.referrers.list.bad-digest.structure"_requirement) {
  expect_refused(BadDigest::kStructure);
}

CONFORMANCE_TEST_F(ListingDigests, ListingDigests, RejectsSha256OfTheWrongLength,
                   "oci.referrers.list.bad-digest.sha256-length"_requirement) {
  expect_refused(BadDigest::kSha256Length);
}

CONFORMANCE_TEST_F(ListingDigests, ListingDigests, RejectsNonHexDigitsInSha256,
                   "oci.referrers.list.bad-digest.sha256-charset"_requirement) {
  expect_refused(BadDigest::kSha256Charset);
}

CONFORMANCE_TEST_F(ListingDigests, ListingDigests, RejectsUpperCase,
                   "oci.referrers.list.bad-digest.uppercase"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject));
  expect_bad_request(upper_cased(subject.digest()));
}

CONFORMANCE_TEST_F(ListingDigests, ListingDigests, RejectsATag, "oci.referrers.list.bad-digest.tag"_requirement) {
  const auto subject = push(image(), {.in = {}, .tag = tag_named("subject")});
  push(artifact(kSbom).refers_to(subject));
  for (int look = 1; look <= kAskedEach; ++look) {
    EXPECT_THAT(answered(tag_named("subject"), repository()), HasStatus(400))
        << "for the tag of the subject, at look " << look;
  }
}

CONFORMANCE_TEST_F(ListingDigests, ListingDigests, AcceptsSha512, "oci.referrers.list.digest-sha512-200"_requirement) {
  given_that_lists_can_be_read();
  const auto digest = unknown_digest(oci::Algorithm::kSha512);
  GIVEN_THAT(answered(digest), Not(HasStatus(404)));  // oci.referrers.list.never-404
  expect_empty(digest);
}

CONFORMANCE_TEST_F(ListingDigests, ListingDigests, AcceptsUnregisteredAlgorithms,
                   "oci.referrers.list.digest-unregistered-alg"_requirement) {
  given_that_lists_can_be_read();
  expect_empty(oci::Digest::verbatim(std::string(kMultihashExample)));
  expect_empty(blake3_digest(session().fresh_nonce()));
}

}  // namespace referee::suites
