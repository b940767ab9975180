// Reading a list again, and after a write: OCI distribution-spec, "Listing Referrers" and "Enabling the Referrers API";
// GET of the list, PUT of a manifest.
#include <set>

#include "harness/spec/literals/oci.h"
#include "suites/oci/listing/listing.h"

namespace referee::suites {
namespace {

constexpr int kReads = 16;  // that two servers taking turns by chance agree on all is one case in 30,000
constexpr std::size_t kReferrersPerSubject = 4;
constexpr std::size_t kSubjectsRead = 5;  // subjects, each with so few referrers that no list is paged
constexpr std::size_t kWrites = 4;

MATCHER(AreAllTheSame, negation ? "differs from look to look" : "is the same at each look") {
  for (std::size_t i = 1; i < arg.size(); ++i) {
    if (arg[i] == arg[0]) continue;
    *result_listener << "where read " << i + 1 << " has " << arg[i].size() << " entries and the first "
                     << arg[0].size();
    return false;
  }
  return true;
}

class ListingReads : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// The sets of digests that kReads reads return, one after the other.
  std::vector<std::set<std::string>> read_often(const Pushed& subject) const {
    std::vector<std::set<std::string>> reads;
    for (int i = 0; i < kReads; ++i) {
      const auto digests = engine::digests_of(referrers_of(subject).entries());
      reads.emplace_back(digests.begin(), digests.end());
    }
    return reads;
  }
};

}  // namespace

CONFORMANCE_TEST_F(ListingReads, ListingReads, ReturnTheSameEachTime, "oci.referrers.list.stable"_requirement) {
  const auto subject = push(image());
  for (const auto& referrer : batch(kReferrersPerSubject, {artifact(kSbom)}, subject)) {
    const auto pushed = push(referrer);
    settled(subject, pushed);
  }
  EXPECT_EVENTUALLY(read_often(subject), The("read", AreAllTheSame()));  // a replica may lag for the settle time
}

CONFORMANCE_TEST_F(ListingReads, ListingReads, IncludeWhatWasAcknowledged,
                   "oci.referrers.list.read-after-write"_requirement) {
  std::vector<std::string> lost;
  for (std::size_t round = 0; round < kSubjectsRead && lost.empty(); ++round) {  // one lost is enough, and costs a wait
    const auto subject = push(image());
    list_referrers(subject);  // now a cache may hold the empty list, however that is written
    for (const auto& recipe : batch(kWrites, {artifact(kSbom), artifact(kSignature)}, subject)) {
      const auto referrer = push(recipe);
      const auto listing = eventually([&] { return referrers_of(subject); }, Lists(referrer));
      if (::testing::Value(listing, Lists(referrer))) continue;
      lost.push_back(referrer.digest().text());
      break;
    }
  }
  EXPECT_THAT(lost, The("referrer that is not listed", IsEmpty()))
      << "acknowledged, but not listed within the settle time";
  if (lost.empty()) expect_new_validator(artifact(kSbom));
}

}  // namespace referee::suites
