// Probes of group P-B: subjects whose descriptors are odd, wrong or hollow.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "harness/spec/literals/probes.h"
#include "suites/probes/probing.h"

namespace referee::suites {
namespace {

class SubjectProbe : public Probing {
 public:
  using Probing::Probing;

 protected:
  std::string subject_key() const { return std::string(session().dialect().subject_key); }
};

}  // namespace

BEHAVIOUR_PROBE_F(SubjectProbe, SubjectIsABlob, "probe.subject.is-blob"_probe) {
  needs_list();
  const auto blob = oci::Blob::of("application/vnd.example.data", "blob " + session().fresh_nonce());
  push_blob(blob);
  const auto referrer = make(sbom().refers_to(posing_as_manifest(blob)));
  return {reception(referrer, blob.digest.text()), "the subject's digest is that of a blob"};
}

BEHAVIOUR_PROBE_F(SubjectProbe, SubjectOfAnotherSize, "probe.subject.wrong-size"_probe) {
  const auto subject = push(image());
  Parts parts;
  for (const auto& [name, json] : missized_subjects(subject.descriptor())) {
    parts.emplace_back(name, acceptance(make(sbom().refers_to_verbatim(json))));
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(SubjectProbe, SubjectOfAnotherType, "probe.subject.wrong-mediatype"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto right = sbom().refers_to(subject);
  const auto asked = subject.digest().text();
  const auto received = [&](const Document& recipe) { return reception(make(recipe), asked); };
  return parted({{"index", received(right.with_subject_member("mediaType", oci::kImageIndex))},
                 {"blob type", received(right.with_subject_member("mediaType", "application/octet-stream"))},
                 {"garbage", received(right.with_subject_member("mediaType", "x"))},
                 {"missing", received(right.without_subject_member("mediaType"))}});
}

BEHAVIOUR_PROBE_F(SubjectProbe, UnknownAlgorithm, "probe.subject.unknown-algorithm"_probe) {
  needs_list();
  const auto received = [&](const oci::Digest& digest) {
    const oci::Descriptor subject{std::string(oci::kImageManifest), digest, 1234};
    return reception(make(sbom().refers_to(subject)), digest.text());
  };
  const auto nonce = session().fresh_nonce();
  return parted({{"multihash", received(multihash_digest(nonce))},
                 {"blake3", received(blake3_digest(nonce))},
                 {"md5", received(md5_digest(nonce))},
                 {"sha512", received(fresh_digest(nonce, oci::Algorithm::kSha512))}});
}

BEHAVIOUR_PROBE_F(SubjectProbe, BadlyEncodedDigest, "probe.subject.sha256-bad-encoding"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto received = [&](const std::string& digest) -> std::string {
    const auto referrer = make(sbom().refers_to(subject).with_subject_member("digest", digest));
    const auto answer = reception(referrer, digest);
    if (answer == "ACCEPT+LISTED") return "ACCEPT+LISTED-AS-WRITTEN";
    if (!answer.starts_with("ACCEPT")) return answer;
    return is_listed(referrer.manifest.digest, subject.digest().text(), repository()) ? "ACCEPT+NORMALISED" : answer;
  };
  const auto text = subject.digest().text();
  std::string no_hex = text;
  no_hex.back() = 'z';
  return parted({{"too short", received(text.substr(0, text.size() - 1))},
                 {"upper case", received(upper_cased(subject.digest()).text())},
                 {"no hex", received(no_hex)}});
}

BEHAVIOUR_PROBE_F(SubjectProbe, SubjectUnderTwoDigests, "probe.subject.digest-alias"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto alias = oci::Digest::of(subject.bytes(), oci::Algorithm::kSha512);
  session().pushed_manifest(repository(), alias);
  const auto answer = put_manifest(subject.content.manifest, alias, repository());
  if (answer.status != 201) {
    session().refused_manifest(repository(), alias);
    return {"SHA512-UNSUPPORTED", "PUT under the sha512 digest: " + in_words(answer)};
  }
  const auto one = push_listed(sbom(), subject);
  const oci::Descriptor other{std::string(oci::kImageManifest), alias, subject.descriptor().size};
  const auto two = make(signature().refers_to(other));
  const auto second = reception(two, alias.text());
  const bool crossed = is_listed(one.digest(), alias.text(), repository()) ||
                       is_listed(two.manifest.digest, subject.digest().text(), repository());
  return {crossed ? "MERGED" : "SEPARATE", "a referrer that names the sha512 digest: " + second};
}

BEHAVIOUR_PROBE_F(SubjectProbe, SubjectIsItself, "probe.subject.self"_probe) {
  const std::string own = "test:abc";
  const oci::Descriptor self{std::string(oci::kImageManifest), oci::Digest::verbatim(own), 2};
  const auto referrer = make(sbom().refers_to(self));
  push_parts(referrer, repository());
  session().pushed_manifest(repository(), self.digest);
  const auto answer = put_manifest(referrer.manifest, engine::Reference(own), repository());
  if (answer.status / 100 != 2) {
    session().refused_manifest(repository(), self.digest);
    return {in_words(answer), "PUT under a digest that nothing can have"};
  }
  const auto listed = listed_under(own, repository());
  const bool found = std::ranges::find(listed, own) != listed.end();
  return {found ? "LISTED-UNDER-SELF" : std::to_string(answer.status), "PUT under a digest that nothing can have"};
}

BEHAVIOUR_PROBE_F(SubjectProbe, HollowSubject, "probe.subject.null-and-empty"_probe) {
  push(image());
  Parts parts;
  for (const auto& [name, json] : hollow_subjects()) {
    const auto answer = put(make(sbom().refers_to_verbatim(json)));
    const bool header = answer.headers.has(oci::kSubjectHeader);
    parts.emplace_back(name, answer.status != 201 ? in_words(answer) : header ? "ACCEPT+OCI-Subject" : "AS-ABSENT");
  }
  return parted(parts);
}

BEHAVIOUR_PROBE_F(SubjectProbe, WrongDataInTheSubject, "probe.subject.data-mismatch"_probe) {
  const auto subject = push(image());
  const auto right = sbom().refers_to(subject);
  return parted({{"other data", acceptance(make(right.with_subject_member("data", "bm90IHRoZSBzdWJqZWN0")))},
                 {"no base64", acceptance(make(right.with_subject_member("data", "not base64!")))}});
}

BEHAVIOUR_PROBE_F(SubjectProbe, MoreInTheSubject, "probe.subject.extra-platform"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto referrer =
      make(sbom()
               .refers_to(subject)
               .with_subject_member("artifactType", "x/y")
               .with_subject_member("annotations", Json::object({{"org.example.leak", "yes"}}))
               .with_subject_member("platform", Json::object({{"architecture", "amd64"}, {"os", "leak"}})));
  const auto received = reception(referrer, subject.digest().text());
  if (received != "ACCEPT+LISTED") return {received, "PUT with artifactType, annotations, platform on the subject"};
  const auto entry = entry_of(list_all(subject), referrer);
  const std::string text = entry.raw ? entry.raw->dump() : "";
  const bool leaks = text.find("leak") != std::string::npos || entry.artifact_type == "x/y";
  return {leaks ? "LEAKS-INTO-LIST" : "NO-INFLUENCE", text};
}

BEHAVIOUR_PROBE_F(SubjectProbe, SubjectsOnOtherKinds, "probe.subject.on-unexpected-types"_probe) {
  needs_list();
  const auto subject = push(image());
  const auto received = [&](const Document& recipe) -> std::string {
    const auto content = make(recipe.with("subject", descriptor_json(subject.descriptor())));
    const auto answer = put(content);
    if (answer.status != 201) return "REJECTED " + in_words(answer);
    const auto list = eventually([&] { return list_all(subject); }, Lists(content));
    if (::testing::Matches(Lists(content))(list)) return "LISTED";
    return answer.headers.has(oci::kSubjectHeader) ? "HEADER-BUT-NOT-LISTED" : "STORED-NOT-LISTED";
  };
  static constexpr const char* kUnknown = "application/vnd.example.manifest.v1+json";
  return parted({{"Docker manifest", received(docker_image())},
                 {"Docker list", received(docker_manifest_list())},
                 {"ORAS artifact", received(oras_artifact(kOrasSbom))},
                 {"OCI artifact rc1", received(rc1_artifact(kSbom))},
                 {"unknown type", received(image().with("mediaType", kUnknown).of_type(kUnknown))}});
}

BEHAVIOUR_PROBE_F(SubjectProbe, TwoSubjects, "probe.subject.two-subjects"_probe) {
  needs_list();
  const auto one = push(image());
  const auto two = push(image());
  const auto referrer = make(sbom().refers_to(one).with_second(subject_key(), descriptor_json(two.descriptor())));
  const auto received = reception(referrer, two.digest().text());
  if (!received.starts_with("ACCEPT")) return {received, "PUT with the key twice"};
  const bool first = is_listed(referrer.manifest.digest, one.digest().text(), repository());
  const bool last = received == "ACCEPT+LISTED";
  return {first && last ? "BOTH" : first ? "FIRST-WINS" : last ? "LAST-WINS" : "NEITHER", "the key stands twice"};
}

}  // namespace referee::suites
