// Digests on the ORAS wires: ORAS artifacts-spec, descriptor.md, "Digests" and "SHA-256"; PUT of an artifact manifest
// and GET of its subject's referrers.
#include "harness/http/syntax/url.h"
#include "harness/spec/literals/oras.h"
#include "suites/oras/paired_push.h"

namespace referee::suites {
namespace {

// The digest as the list's address takes it: in a path as it is, in a query percent-encoded.
std::string in_address(std::string_view digest, spec::Edition edition) {
  return edition >= spec::Edition::kOrasRc1 ? http::percent_encode(digest) : std::string(digest);
}

}  // namespace

CONFORMANCE_TEST(OrasDigest, IsVerifiedOnManifests, "oras.digest.sha256-verified"_requirement) {
  const auto subject = push(image());
  push(sbom().refers_to(subject));
  const auto artifact = make(sbom().refers_to(subject));
  const auto wrong = fresh_digest(session().fresh_nonce());
  push_parts(artifact, repository());

  const auto answer = put_manifest(artifact.manifest, wrong, repository());
  const auto stored = pull(wrong);
  session().pushed_manifest(repository(), wrong);  // for cleanup, should it be there

  EXPECT_THAT(answer, HasStatusClass(4)) << "an artifact under a digest that is not its own";
  EXPECT_THAT(stored, Not(HasStatusClass(2))) << "what was pushed under a wrong digest";
}

namespace {

/// The checks that upload blobs in their own way.
class Uploads : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  /// Uploads the bytes as the blob of that digest; the last answer. Blocked if no upload can be opened.
  Response upload(const std::string& bytes, const oci::Digest& digest) const {
    const auto uploads = url("/v2/" + repository().name + "/blobs/uploads/");
    const auto opened = send({.method = "POST", .url = uploads, .headers = {}, .body = {}});
    GIVEN_THAT(opened, AllOf(HasStatus(202), HasHeader("Location")));
    const auto base = http::Url::parse(opened.url);
    auto target = base ? http::resolve(*base, *opened.headers.get("Location")) : std::nullopt;
    if (!target) throw engine::PremiseBroken("the Location of an upload cannot be resolved");
    target->query += (target->query.empty() ? "digest=" : "&digest=") + http::percent_encode(digest.text(), ":");
    target->has_query = true;
    http::Request close{.method = "PUT", .url = target->text(), .headers = {}, .body = bytes};
    close.headers.add("Content-Type", "application/octet-stream");
    session().pushed_blob(repository(), digest);
    return send(std::move(close));
  }
};

}  // namespace

CONFORMANCE_TEST_F(Uploads, OrasDigest, IsVerifiedOnBlobs, "oras.digest.sha256-verified"_requirement) {
  const auto nonce = session().fresh_nonce();
  const auto wrong = fresh_digest(nonce);
  const std::string bytes = "a blob of " + nonce;
  GIVEN_THAT(upload(bytes, oci::Digest::of(bytes)), HasStatus(201));

  const auto answer = upload("another " + bytes, wrong);

  EXPECT_FAIL_THAT(answer, HasStatusClass(4)) << "a blob under a digest that is not its own";
  EXPECT_WARN_THAT(answer, HasStatus(400)) << "a blob under a digest that is not its own";
  EXPECT_FAIL_THAT(pull_blob(wrong, repository()), Not(HasStatusClass(2))) << "what was uploaded under a wrong digest";
}

CONFORMANCE_TEST(OrasDigest, IsInLowerCase, "oras.digest.lower-case"_requirement) {
  const auto subject = push(image());
  const auto artifact = push(sbom().refers_to(subject));
  GIVEN_EVENTUALLY(list_all(subject), Lists(artifact));

  const auto page = list_referrers(upper_cased(subject.digest()).text(), repository());

  EXPECT_THAT(page, Not(Lists(artifact))) << "the list of the subject's digest in upper case";
}

CONFORMANCE_TEST(OrasDigest, MayBeOfAnyAlgorithmInLists, "oras.digest.unknown-algorithm"_requirement) {
  const auto subject = push(image());
  push(sbom().refers_to(subject));
  const auto fresh = fresh_digest(session().fresh_nonce()).text();
  const auto unknown = list_referrers(in_address(fresh, edition()), repository());
  const bool empty_list_is_due = edition() >= spec::Edition::kOrasRc1;
  const auto sound = Not(AnyOf(HasStatus(400), HasStatusClass(5)));
  if (empty_list_is_due) {
    GIVEN_THAT(unknown, ListsNothing());  // oras.referrers.unknown-digest-200
  } else {
    APPLIES_IF(unknown, sound);  // no text before said what an unknown digest is answered
  }

  const auto page = list_referrers(in_address(kMultihashExample, edition()), repository());

  if (empty_list_is_due) {
    EXPECT_THAT(page, AllOf(HasStatus(200), ListsNothing())) << "the list of a digest of another algorithm";
  } else {
    EXPECT_THAT(page, sound) << "the list of a digest of another algorithm";
  }
}

CONFORMANCE_TEST_F(PairedPush, OrasDigest, MayBeOfAnyAlgorithmInSubjects, "oras.digest.unknown-algorithm"_requirement) {
  const auto present = push(image());
  oci::Descriptor unknown = absent_subject(session().fresh_nonce());
  GIVEN_THAT(push_pair(sbom().refers_to(present), sbom().refers_to(unknown)).answer, HasStatus(400));
  unknown.digest = multihash_digest(session().fresh_nonce());

  const auto pair = push_pair(sbom().refers_to(present), sbom().refers_to(unknown));

  EXPECT_THAT(pair.answer, HasStatus(400)) << "a subject whose digest is of another algorithm";
}

}  // namespace referee::suites
