// Content that is there already, behind a pull-through cache: OCI distribution-spec, "Listing Referrers" and "Registry
// Proxying". What the cache serves as a manifest of the repository is in the repository, so its list has to show it.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "harness/spec/literals/oci.h"
#include "suites/existing/lists.h"

namespace referee::suites {
namespace {

class CachedList : public ExistingList {
 public:
  using ExistingList::ExistingList;

 protected:
  /// What the upstream of --upstream lists of the subject; the check is skipped without one, or where that is nothing.
  std::vector<std::string> digests_upstream() const {
    const auto& upstream = session().settings().upstream;
    if (upstream.empty()) throw engine::NotConfigured("the target is not said to be a cache: --upstream URL");
    const auto own = list_url(subject().digest, where());
    const auto url = upstream + own.substr(session().client().base().size());
    const auto there =
        follow(engine::read_page(send({.method = "GET", .url = url, .headers = {}, .body = {}}), readable_keys()));
    GIVEN_THAT(there, IsReadableList());
    const auto digests = engine::digests_of(there.entries());
    if (digests.empty()) throw engine::NotApplicable("upstream lists no referrers of the subject");
    return digests;
  }

  bool serves_as_referrer(const std::string& digest) const {
    if (!oci::Digest::parse(digest)) return false;
    const auto answer = pull(engine::Reference(digest), where());
    const auto manifest = answer.status == 200 ? oci::read_json(answer.body).value : nullptr;
    if (!manifest || !manifest->is_object()) return false;
    const auto named = manifest->value("subject", nlohmann::json());
    return named.is_object() && text_member(named, "digest") == subject().digest;
  }
};

}  // namespace

CONFORMANCE_TEST_F(CachedList, Existing, ListsWhatUpstreamLists, "oci.referrers.list.read-after-write"_requirement,
                   {.existing = true}) {
  const auto upstream = digests_upstream();
  const auto listing = eventually([&] { return whole_list(); }, ListsEach(upstream));  // asked before any of them is
  GIVEN_THAT(listing, IsReadableList());
  std::vector<std::string> due;
  for (const auto& digest : upstream) {
    if (serves_as_referrer(digest)) due.push_back(digest);
  }
  if (due.empty()) throw engine::NotApplicable("the target serves no manifest that upstream lists");
  EXPECT_THAT(listing, ListsEach(due));
}

}  // namespace referee::suites
