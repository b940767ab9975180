// Lists end at their repository, follow its rights, and leave the subject alone: ORAS artifacts-spec,
// manifest-referrers-api.md (introduction); scenarios.md, "Reference Type Requirements".
#include <map>

#include "harness/spec/literals/oras.h"
#include "suites/oci/listing/listing.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

bool is_refused(const Response& response) {
  return response.status == 401 || response.status == 403 || response.status == 404;
}

class OrasScope : public ListingReferrers {
 public:
  using ListingReferrers::ListingReferrers;

 protected:
  /// The same GET as another user.
  Response pull_as(const engine::Identity& identity, const Pushed& pushed) const {
    const std::string path = "/v2/" + pushed.repository.name + "/manifests/" + pushed.digest().text();
    http::Request request{.method = "GET", .url = url(path), .headers = {}, .body = {}};
    request.headers.add("Accept", std::string(oci::kImageManifest));
    return send_as(identity, std::move(request));
  }
  Response list_as(const engine::Identity& identity, const Pushed& subject) const {
    const std::string list = list_url(subject.digest().text(), subject.repository);
    return send_as(identity, {.method = "GET", .url = list, .headers = {}, .body = {}});
  }
};

}  // namespace

CONFORMANCE_TEST_F(OrasScope, OrasReferrers, AreLimitedToTheRepository, "oras.referrers.repo-scope"_requirement) {
  const auto& [here, there, mine, theirs] = push_on_both_sides(sbom());
  settled(here, mine);
  settled(there, theirs);

  EXPECT_THAT(referrers_of(here), Not(Lists(theirs))) << "an artifact on the same subject in another repository";
  EXPECT_THAT(referrers_of(there), Not(Lists(mine))) << "an artifact on the same subject in another repository";
}

CONFORMANCE_TEST_F(OrasScope, OrasReferrers, EndWhereTheNameGoesOn, "oras.referrers.repo-scope"_requirement) {
  const auto& [here, below, mine, theirs] = push_on_both_sides(sbom(), repository_below());
  settled(here, mine);
  settled(below, theirs);

  EXPECT_THAT(referrers_of(here), Not(Lists(theirs)))
      << "an artifact in a repository whose name begins with this one's";
  EXPECT_THAT(referrers_of(below), Not(Lists(mine))) << "an artifact in the repository above";
}

CONFORMANCE_TEST_F(OrasScope, OrasReferrers, AreLimitedToTheRepositoryWhenFiltered,
                   "oras.referrers.repo-scope"_requirement) {
  const auto& [here, there, mine, theirs] = push_on_both_sides(sbom());
  settled(here, mine);
  settled(there, theirs);
  GIVEN_THAT(list_all(here, kOrasSbom.text), Lists(mine));

  EXPECT_EVENTUALLY(list_all(there, kOrasSbom.text), Not(Lists(mine)))
      << "asked for in the other repository before: the answer may come from a cache that both share";
  EXPECT_EVENTUALLY(list_all(here, kOrasSbom.text), Not(Lists(theirs)));
}

// Authorization itself is outside the text: what is compared is one identity's right to pull with its right to list.
CONFORMANCE_TEST_F(OrasScope, OrasReferrers, AreProtectedLikeTheirSubject, "oras.referrers.auth-scope"_requirement) {
  const auto subject = push(image());
  settled(subject, push(sbom().refers_to(subject)));

  for (const auto& identity : session().settings().identities) {
    const auto pulled = pull_as(identity, subject);
    const auto listed = list_as(identity, subject);
    if (pulled.status == 200) {
      // UNPROVEN: no text demands more than that rights on the repository can be used.
      EXPECT_WARN_THAT(!is_refused(listed), Holds("the list, for " + identity.name + ", who may pull",
                                                  "a refusal: " + ::testing::PrintToString(listed)));
    } else if (is_refused(pulled)) {
      EXPECT_THAT(listed, Not(HasStatus(200))) << "the list, to " << identity.name << ", who may not pull";
    }
  }
}

CONFORMANCE_TEST_F(OrasScope, OrasReferrers, LeaveTheirSubjectUnchanged,
                   "oras.referrers.subject-untouched"_requirement) {
  const std::vector<std::string> tags = {session().fresh_nonce(), session().fresh_nonce()};
  const auto subject = push(image(), {.in = {}, .tag = tags[0]});
  push(subject.content, {.in = {}, .tag = tags[1]});
  std::map<std::string, Response> before;
  for (const auto& reference : {subject.digest().text(), tags[0], tags[1]}) {
    before[reference] = pull(reference);
    GIVEN_THAT(before[reference], HasStatus(200));
  }

  push(sbom().refers_to(subject));
  settled(subject, push(sbom().refers_to(subject)));

  for (const auto& [reference, was] : before) {
    const auto is = pull(reference);
    EXPECT_THAT(is, AllOf(HasStatus(200), HasBody(was.body))) << reference << ", after artifacts were pushed on it";
    EXPECT_THAT(is.headers.get("Content-Type"), The("Content-Type", Eq(was.headers.get("Content-Type")))) << reference;
  }
}

}  // namespace referee::suites
