// What a registry may not refuse: OCI image-spec, manifest.md and image-index.md, unknown types and optional parts.
#include "harness/oci/base64.h"
#include "harness/spec/literals/image.h"
#include "suites/suite.h"

namespace referee::suites {
namespace {

constexpr const char* kNondistributable = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";

std::string unheard_of(const std::string& nonce, const std::string& suffix) {
  return "application/vnd." + nonce + suffix;
}

oci::Blob small(const std::string& type, const std::string& bytes) { return oci::Blob::of(type, bytes); }

class Accepted : public engine::Conversation {
 public:
  using Conversation::Conversation;

 protected:
  std::string new_type(const std::string& suffix) const { return unheard_of(session().fresh_nonce(), suffix); }

  /// A subject to which a plain artifact was attached before: a registry that refuses or does not list that one is for
  /// other rules to judge.
  Pushed subject_of_artifacts() const {
    const auto subject = push(image());
    const auto plain = push(artifact(kSbom).refers_to(subject));
    if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(plain));
    return subject;
  }

  /// Claims 201; true if it was.
  bool expect_created(const oci::Content& content, const std::string& what) const {
    const auto answer = put(content);
    EXPECT_THAT(answer, HasStatus(201)) << what;
    return answer.status == 201;
  }

  /// As soon as a plain artifact that was pushed later is.
  void expect_listed(const Pushed& subject, const oci::Content& content) const {
    if (!met(Gate::kReferrers)) return;
    const auto later = push(artifact(kSbom).refers_to(subject));
    GIVEN_EVENTUALLY(list_all(subject), Lists(later));
    EXPECT_EVENTUALLY(referrers_of(subject), Lists(content));
  }
};

}  // namespace

CONFORMANCE_TEST_F(Accepted, Accepted, UnknownArtifactTypes, "img.artifacttype.unknown-accepted"_requirement) {
  const auto subject = subject_of_artifacts();
  const auto content = make(artifact(ArtifactType(new_type(".unheard-of.v1"))).refers_to(subject));
  if (!expect_created(content, "an unknown artifactType") || !met(Gate::kReferrers)) return;
  const auto listing = eventually([&] { return referrers_of(subject); }, Lists(content));
  GIVEN_THAT(listing, Lists(content));
}

CONFORMANCE_TEST_F(Accepted, Accepted, UnknownConfigTypes, "img.config.unknown-accepted"_requirement) {
  const auto subject = subject_of_artifacts();
  const auto content = make(config_artifact(ArtifactType(new_type(".config.v1+json"))).refers_to(subject));
  expect_created(content, "a config of an unknown type");
}

// The one type that image-spec itself gives to those who have no config (manifest.md, "Guidelines for Artifact Usage").
CONFORMANCE_TEST_F(Accepted, Accepted, EmptyConfigs, "img.config.unknown-accepted"_requirement) {
  const auto subject = push(image());
  const auto plain = push(image().refers_to(subject).with("artifactType", kSbom.text));  // the control
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(plain));
  const auto content = make(image()
                                .refers_to(subject)
                                .with("artifactType", kSbom.text)
                                .with_config(content::empty_blob())
                                .with_layers({content::empty_blob()}));
  if (expect_created(content, "the empty config, for an artifact that has none")) expect_listed(subject, content);
}

CONFORMANCE_TEST_F(Accepted, Accepted, UnknownConfigsWithoutParsingThem, "img.config.unknown-not-parsed"_requirement) {
  const auto subject = push(image());
  const auto known = push(config_artifact(kExampleConfig).refers_to(subject));  // the control: a readable config
  const std::string& type = kExampleConfig.text;  // as unknown as any, and the control was taken with it
  const auto opaque =
      make(config_artifact(kExampleConfig).refers_to(subject).with_config(small(type, "\x01\x02 no JSON \xff")));
  const auto foreign = make(config_artifact(kExampleConfig)
                                .refers_to(subject)
                                .with_config(small(type, R"({"architecture":"evil","os":"evil"})")));
  expect_created(opaque, "a config of unknown type that is not JSON");
  if (!expect_created(foreign, "a config of unknown type that looks like an image's") || !met(Gate::kReferrers)) return;
  GIVEN_EVENTUALLY(list_all(subject), AllOf(Lists(known), Lists(foreign)));
  EXPECT_THAT(!entry_of(referrers_of(subject), foreign).raw->contains("platform"),
              Holds("an entry without a platform", "a platform read from a config of unknown type"));
}

CONFORMANCE_TEST_F(Accepted, Accepted, UnknownLayerTypes, "img.layer.unknown-accepted"_requirement) {
  const auto subject = subject_of_artifacts();
  for (const std::string& type : {new_type(".data"), std::string("application/spdx+json")}) {
    const auto layer = small(type, "a layer of " + type);
    expect_created(make(artifact(kSbom).refers_to(subject).with_layers({layer})), "a layer of type " + type);
  }
}

CONFORMANCE_TEST_F(Accepted, Accepted, PresentNonDistributableLayers,
                   "img.layer.nondistributable-accepted"_requirement) {
  const auto subject = subject_of_artifacts();
  // Without `urls`: registries have policies for those, which say nothing about the type.
  const auto layer = small(kNondistributable, "kept here " + session().fresh_nonce());
  const auto content = make(artifact(kSbom).refers_to(subject).with_blob(layer));
  if (expect_created(content, "a non-distributable layer whose bytes were pushed")) expect_listed(subject, content);
}

CONFORMANCE_TEST_F(Accepted, Accepted, AbsentNonDistributableLayers,
                   "img.layer.nondistributable-accepted"_requirement) {
  const auto subject = subject_of_artifacts();
  const auto content = make(artifact(kSbom).refers_to(subject).with_nondistributable_layer());
  const auto answer = put(content);
  EXPECT_WARN_THAT(answer, HasStatus(201)) << "a non-distributable layer, which by its nature is not in the registry";
  if (answer.status == 201) expect_listed(subject, content);
}

CONFORMANCE_TEST_F(Accepted, Accepted, UnknownEntriesOfAnIndex, "img.index.unknown-entry-accepted"_requirement) {
  const auto subject = push(image());
  const auto child = push(image());
  const auto control = push(index({child}, kSbom).refers_to(subject));  // without the unknown entry
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(control));
  const auto thing = small(new_type(".thing"), R"({"thing":")" + session().fresh_nonce() + R"("})");
  push_blob(thing);
  put_manifest(oci::Manifest::of(thing.media_type, thing.bytes), thing.digest, repository());  // where it is taken

  const auto content = make(index({child}, kSbom).refers_to(subject).with_entry(thing.descriptor()));
  const auto answer = put(content);
  const auto wants_manifests = [&] {
    const auto absent = content::absent_subject(session().fresh_nonce());
    return put(make(index({child}, kSbom).refers_to(subject).with_entry(absent))).status / 100 == 4;
  };
  if (answer.status / 100 == 4 && wants_manifests()) {
    EXPECT_WARN_THAT(answer, HasStatus(201)) << "the bytes are there, but do not count as a manifest";
    return;
  }
  EXPECT_THAT(answer, HasStatus(201)) << "an index with an entry of an unknown type";
  if (answer.status == 201) expect_listed(subject, content);
}

// A type that this specification does not define, though many registries know it.
CONFORMANCE_TEST_F(Accepted, Accepted, DockerManifestsInAnIndex, "img.index.unknown-entry-accepted"_requirement) {
  const auto subject = push(image());
  const auto child = push(image());
  const auto control = push(index({child}, kSbom).refers_to(subject));  // without that entry
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(control));
  const auto docker = make(docker_image());
  APPLIES_IF(put(docker, {}, Tolerating::refusals()), HasStatus(201));
  auto entry = content::descriptor_json(docker.manifest.descriptor());
  entry["platform"] = {{"architecture", "amd64"}, {"os", "linux"}};  // that it is optional is another row's
  const auto content = make(index({child}, kSbom).refers_to(subject).with_entry(entry));
  if (expect_created(content, "an index that names a Docker manifest")) expect_listed(subject, content);
}

CONFORMANCE_TEST_F(Accepted, Accepted, NestedIndexes, "img.index.nested-accepted"_requirement) {
  const auto subject = push(image());
  const auto inner = push(index({subject}));
  const auto control = push(index({subject}, kSbom).refers_to(subject));  // without the inner index
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(control));
  const auto content = make(index({inner}, kSbom).refers_to(subject));
  if (expect_created(content, "an index that lists an index")) expect_listed(subject, content);
}

CONFORMANCE_TEST_F(Accepted, Accepted, EntriesWithoutPlatform, "img.index.platform-optional"_requirement) {
  const auto subject = push(image());
  push(index({subject}));  // the same with a platform
  EXPECT_THAT(put(make(index({subject}).without("/manifests/0/platform"))), HasStatus(201)) << "no platform";

  const auto control = push(index({subject}, kSbom).refers_to(subject));
  if (met(Gate::kReferrers)) GIVEN_EVENTUALLY(list_all(subject), Lists(control));
  const auto content = make(index({subject}, kSbom).refers_to(subject).without("/manifests/0/platform"));
  if (expect_created(content, "a referrer whose entries have no platform")) expect_listed(subject, content);
}

CONFORMANCE_TEST_F(Accepted, Accepted, UnknownProperties, "img.manifest.unknown-property"_requirement) {
  const auto subject = subject_of_artifacts();
  const auto content = make(artifact(kSbom)
                                .refers_to(subject)
                                .with("org.example.unknown", true)
                                .with_subject_member("org.example.unknown", "kept")
                                .with("/layers/0/org.example.unknown", 7));
  if (expect_created(content, "unknown properties")) expect_listed(subject, content);
}

CONFORMANCE_TEST_F(Accepted, Accepted, UnknownAnnotationKeys, "img.annotations.unknown-key"_requirement) {
  const auto subject = subject_of_artifacts();
  const std::string key = session().fresh_nonce() + ".example";
  const auto content = make(artifact(kSbom).refers_to(subject).annotated(key, "").annotated("x", "y"));
  if (!expect_created(content, "unknown annotation keys, and an empty value") || !met(Gate::kReferrers)) return;
  GIVEN_EVENTUALLY(list_all(subject), Lists(content));
  const auto listed = entry_of(referrers_of(subject), content).raw->value("annotations", nlohmann::json::object());
  GIVEN_THAT(listed.is_object() && listed.contains("x"),
             Holds("annotations in the entry", "the entry lacks all annotations, which ListingAnnotations judges"));
  EXPECT_THAT(listed.contains(key),
              Holds("the annotation with the empty value", "annotations without it: " + listed.dump()));
}

CONFORMANCE_TEST_F(Accepted, Accepted, EmbeddedData, "img.descriptor.data-accepted"_requirement) {
  const auto subject = subject_of_artifacts();
  const auto content = make(artifact(kSbom)
                                .refers_to(subject)
                                .with("/config/data", "e30=")
                                .with_subject_member("data", oci::base64_of(subject.bytes())));
  if (expect_created(content, "descriptors with embedded data")) expect_listed(subject, content);
}

}  // namespace referee::suites
