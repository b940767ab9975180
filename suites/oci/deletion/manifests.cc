// Deletion itself: OCI distribution-spec, "Deleting Manifests", "Deleting Tags", "Deleting Blobs"; DELETE.
#include <fmt/format.h>

#include "harness/spec/literals/oci.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

constexpr const char* kDeletes = "the registry deletes what it is asked to";

bool is_refusal(const Response& response) { return response.status / 100 == 4; }

// What rule 7 of any verdict leaves out: rights, load.
bool decides(int status) { return status != 401 && status != 403 && status != 429 && status != 503; }

class ManifestDeletion : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// The answers to deleting two controls; empty unless deletion of that kind is switched off: both refused, with the
  /// same status, which is about neither rights nor load, and both still there.
  std::vector<Response> switched_off(const std::function<Response()>& remove_control,
                                     const std::function<Response()>& look_at_it) const {
    std::vector<Response> answers = {remove_control(), remove_control()};
    const int status = answers.front().status;
    const bool refused = status / 100 >= 4 && decides(status) && answers.back().status == status;
    if (!refused) return {};
    if (status == 404) {
      const auto after = eventually(look_at_it, Not(HasStatus(200)));
      if (after.status != 200) return {};
    }
    return answers;
  }

  void expect_lawful_refusal(const std::vector<Response>& answers, bool named_by_the_text) const {
    if (answers.empty()) return;
    const auto lawful = HasAnyStatusOf({400, 405});
    if (named_by_the_text) {
      EXPECT_FAIL_THAT(answers.front(), lawful) << "deletion of this kind is switched off";
    } else {
      EXPECT_WARN_THAT(answers.front(), lawful) << "deletion of this kind is switched off";
    }
    if (edition() == spec::Edition::kOciMain && answers.front().status == 405) {
      EXPECT_WARN_THAT(answers.front(), HasHeader("Allow"));
    }
  }
};

}  // namespace

CONFORMANCE_TEST_F(ManifestDeletion, Deleting, RefusesManifestsWithAnAllowedStatus,
                   "oci.delete.disabled-code"_requirement) {
  const auto control = push(image());
  const auto answers = switched_off([&] { return remove(control); }, [&] { return pull(control); });
  APPLIES_IF(!answers.empty(), Holds("a registry that refuses to delete", kDeletes));
  expect_lawful_refusal(answers, edition() != spec::Edition::kOci110);
}

CONFORMANCE_TEST_F(ManifestDeletion, Deleting, RefusesTagsWithAnAllowedStatus, "oci.delete.disabled-code"_requirement) {
  push(image(), {.tag = tag_named("control")});
  const auto answers = switched_off([&] { return remove(tag_named("control"), repository()); },
                                    [&] { return pull(tag_named("control"), repository()); });
  APPLIES_IF(!answers.empty(), Holds("a registry that refuses to delete", kDeletes));
  expect_lawful_refusal(answers, true);
}

CONFORMANCE_TEST_F(ManifestDeletion, Deleting, RefusesBlobsWithAnAllowedStatus,
                   "oci.delete.disabled-code"_requirement) {
  const auto control = oci::Blob::of("application/octet-stream", "nobody names this " + session().fresh_nonce());
  push_blob(control);
  const auto answers = switched_off([&] { return remove_blob(control.digest, repository()); },
                                    [&] { return head_blob(control.digest, repository()); });
  APPLIES_IF(!answers.empty(), Holds("a registry that refuses to delete", kDeletes));
  expect_lawful_refusal(answers, edition() != spec::Edition::kOci110);
}

CONFORMANCE_TEST(Deleting, ReturnsAcceptedForManifests, "oci.delete.manifest-202"_requirement) {
  const auto subject = push(image());
  const auto referrer = push(artifact(kSbom).refers_to(subject));
  const auto lone = push(image());
  EXPECT_THAT(remove(lone), AnyOf(HasStatus(202), HasStatusClass(4))) << "a manifest without tag or referrers";
  const auto answer = remove(referrer);
  APPLIES_IF(answer, Not(HasStatusClass(4)));  // what is in use or locked may be kept
  EXPECT_THAT(answer, HasStatus(202)) << "a referrer";
}

CONFORMANCE_TEST(Deleting, RemovesDigestAndTags, "oci.delete.manifest-gone"_requirement) {
  const auto pushed = push(image(), {.tag = tag_named("first")});
  push(pushed.content, {.tag = tag_named("second")});
  push(image());                                   // so that the repository does not vanish with its last manifest
  GIVEN_EVENTUALLY(pull(pushed), HasStatus(200));  // what cannot be pulled at all is not gone
  const bool lists_tags = tags(repository()).status == 200;
  const auto answer = remove(pushed);
  APPLIES_IF(answer, Not(HasStatusClass(4)));
  GIVEN_THAT(answer, HasStatusClass(2));
  const auto gone = HasAnyStatusOf({404, 410});
  EXPECT_EVENTUALLY(pull(pushed), gone);
  EXPECT_WARN_THAT(pull(pushed), Not(HasStatus(410)));
  EXPECT_EVENTUALLY(head(pushed), Not(HasStatus(200)));
  for (const auto& tag : {tag_named("first"), tag_named("second")}) {
    EXPECT_EVENTUALLY(pull(tag, repository()), gone);
    if (!lists_tags) continue;
    EXPECT_WARN_EVENTUALLY(tag_names(repository()), The("tag", Not(Contains(tag))));  // the text mentions only pulls
  }
}

CONFORMANCE_TEST(Deleting, ReturnsNotFoundForUnknownRepository, "oci.delete.unknown-repo-404"_requirement) {
  const auto absent = content::fresh_digest(session().fresh_nonce());
  const std::string path = "/v2/" + session().never_pushed().name + "/manifests/" + absent.text();
  const auto answer = send({.method = "DELETE", .url = url(path)}, {.statuses = {401, 403}});
  EXPECT_THAT(answer, HasAnyStatusOf({404, 401, 403}));
}

CONFORMANCE_TEST(Deleting, ReturnsNotFoundForUnknownManifest, "oci.delete.unknown-manifest-404"_requirement) {
  push(image());
  const auto absent = content::absent_subject(session().fresh_nonce());
  EXPECT_THAT(remove(absent.digest, repository()), HasStatus(404)) << "a digest never pushed";
  const auto once = push(image());
  removed(once);
  EXPECT_THAT(remove(once), HasStatus(404)) << "a manifest deleted before";
}

CONFORMANCE_TEST(Deleting, LeavesReferrersOfAnAbsentSubject, "oci.delete.unknown-manifest-404"_requirement,
                 {.collects = true}) {
  const auto absent = content::absent_subject(session().fresh_nonce());
  const auto referrer =
      push(artifact(kSbom).refers_to(absent), {.tag = tag_named("sbom")});  // no collector treats it as garbage
  GIVEN_EVENTUALLY(pull(referrer), HasStatus(200));
  EXPECT_THAT(remove(absent.digest, repository()), HasStatus(404)) << "an absent subject that has a referrer";
  EXPECT_THAT(throughout([&] { return pull(referrer); }, HasStatus(200)), HasStatus(200)) << "its referrer";
}

CONFORMANCE_TEST(Deleting, ReturnsAcceptedForTags, "oci.delete.tag-202"_requirement) {
  const auto subject = push(image());
  push(artifact(kSbom).refers_to(subject), {.tag = tag_named("sig-1")});
  push(image(), {.tag = tag_named("fresh")});
  const auto before = eventually([&] { return pull(tag_named("sig-1"), repository()); }, HasStatus(200));
  const auto answer = remove(tag_named("sig-1"), repository());
  if (is_refusal(answer)) {
    const auto control = remove(tag_named("fresh"), repository());
    APPLIES_IF(control, Not(HasStatusClass(2)));  // this tag is kept, others are not
    throw engine::NotApplicable("tags cannot be deleted here");
  }
  EXPECT_THAT(answer, HasStatus(202));
  if (before.status != 200) return;  // what cannot be pulled at all is not gone
  EXPECT_EVENTUALLY(pull(tag_named("sig-1"), repository()), HasAnyStatusOf({404, 410}));
}

CONFORMANCE_TEST(Deleting, LeavesTheManifestOfAnotherTag, "oci.manifest.get-200"_requirement) {
  needs(Gate::kTagDeletion);
  const auto pushed = push(image(), {.tag = tag_named("first")});
  push(pushed.content, {.tag = tag_named("second")});
  GIVEN_EVENTUALLY(pull(pushed), HasStatus(200));
  const auto answer = remove(tag_named("first"), repository());
  APPLIES_IF(answer, HasStatusClass(2));
  GIVEN_EVENTUALLY(pull(tag_named("first"), repository()), HasAnyStatusOf({404, 410}));

  // Whether the manifest goes with its first tag is open; then it goes for all of its names.
  const auto statuses = [&] {
    return fmt::format("{} by another tag, {} by its digest", pull(tag_named("second"), repository()).status,
                       pull(pushed).status);
  };
  const auto both = [](int status) { return fmt::format("{0} by another tag, {0} by its digest", status); };
  EXPECT_EVENTUALLY(statuses(), The("status", AnyOf(both(200), both(404), both(410))));
}

CONFORMANCE_TEST(Deleting, LeavesBlobsOfOtherRepositories, "oci.delete.other-repo-unaffected"_requirement,
                 {.collects = true}) {
  needs(Gate::kBlobDeletion);
  const auto blob = oci::Blob::of("application/octet-stream", "only in one repository " + session().fresh_nonce());
  push(artifact(kSbom).with_layers({blob}), {.tag = tag_named("user")});  // a blob that no manifest names is garbage
  push(image(), {.in = other_repository()});
  GIVEN_EVENTUALLY(head_blob(blob.digest, repository()), HasStatus(200));

  remove_blob(blob.digest, other_repository());

  EXPECT_THAT(throughout([&] { return head_blob(blob.digest, repository()); }, HasStatus(200)), HasStatus(200))
      << "a blob of one repository, after its digest was deleted in another one";
}

CONFORMANCE_TEST(Deleting, ReturnsAcceptedForBlobs, "oci.delete.blob-202"_requirement) {
  const auto blob = oci::Blob::of("application/octet-stream", "nobody names this " + session().fresh_nonce());
  push_blob(blob);
  const auto answer = remove_blob(blob.digest, repository());
  APPLIES_IF(answer, Not(HasStatusClass(4)));
  EXPECT_THAT(answer, HasStatus(202)) << "a blob that no manifest names";
  EXPECT_WARN_EVENTUALLY(head_blob(blob.digest, repository()), HasAnyStatusOf({404, 410}));
  const auto unknown = content::fresh_digest(session().fresh_nonce());
  EXPECT_THAT(remove_blob(unknown, repository()), HasStatus(404)) << "a blob never pushed";
}

}  // namespace referee::suites
