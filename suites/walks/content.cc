#include "suites/walks/content.h"

#include <fmt/format.h>

#include "fixtures/content/kinds.h"
#include "fixtures/content/rare.h"
#include "harness/oci/names.h"

namespace referee::walks {
namespace {

constexpr int kManyChildren = 130;

using content::ArtifactType;
using content::Document;

ArtifactType type_of(const Node& node) {
  static constexpr const char* kTexts[kTypes] = {
      "application/vnd.example.sbom.v1", "application/vnd.example.signature.v1+json",
      "application/vnd.example.scan+json", "application/vnd.example.Report.v2",
      "application/vnd.example.a!b#c$d&e^f_g"};
  return ArtifactType(kTexts[node.type % kTypes]);
}

Document plain(const Node& node, const std::vector<oci::Descriptor>& children) {
  const std::vector<content::Child> listed(children.begin(), children.end());
  switch (node.kind) {
    case NodeKind::kImage:
      return content::image();
    case NodeKind::kArtifact:
      return content::oci_artifact(type_of(node));
    case NodeKind::kConfigArtifact:
      return content::config_artifact(type_of(node));
    case NodeKind::kIndex:
      return content::index(listed);
    case NodeKind::kTypedIndex:
      return content::index(listed, type_of(node));
    case NodeKind::kDocker:
      return content::docker_image();
  }
  return content::image();
}

Document with_many_annotations(Document document) {
  for (int i = 0; i < 400; ++i) document = document.annotated(fmt::format("org.example.many.{}", i), "value");
  return document.annotated("org.example.empty", "")
      .annotated("org.example.long", std::string(9000, 'y'))
      .annotated("org.opencontainers.image.created", "2026-01-02T03:04:05Z");
}

Document with_three_layers(const Document& document) {
  const auto layer = [](const char* bytes) { return oci::Blob::of("application/vnd.example.layer", bytes); };
  return document.with_layers({layer("first layer"), layer("second layer"), layer("third layer")})
      .with("/layers/1/annotations", {{"org.example.of-a-layer", "not the manifest's"}})
      .with("/config/annotations", {{"org.example.of-the-config", "not the manifest's"}});
}

// What is optional in a descriptor; image-spec descriptor.md, "Properties".
Document with_embedded_data(const Document& document) {
  return document.edited([](content::Draft& draft, const oci::Making&) {
    for (auto& blob : draft.payload()) {
      blob["urls"] = content::Json::array({"https://example.org/" + blob.at("digest").get<std::string>()});
    }
    const bool empty = draft.body.contains("config") && draft.body["config"]["digest"] == oci::kEmptyDigest;
    if (empty) draft.body["config"]["data"] = "e30=";
  });
}

Document with_rare_content(Document document, Rare rare) {
  constexpr const char* kKey = "org.example.rare";
  switch (rare) {
    case Rare::kNothing:
      return document;
    case Rare::kNotAscii:
      return document.annotated(kKey, "Grüße, naïve Ω");
    case Rare::kFourByteCharacters:
      return document.annotated(kKey, "\U0001F512 signed \U0001F600");
    case Rare::kCombiningCharacters:
      return document.annotated(kKey, "e\u0301 and \u00e9 look alike")
          .annotated("org.example.invisible", "\u200djoined\u2028separated\ufeffmarked");
    case Rare::kMarkup:
      return document.annotated(kKey, "<a href=\"https://example.org/?a=1&b=2\">it's</a>")
          .annotated("org.example.escapes", R"(&amp; %41 ${HOME} \u0041 {{.Name}} <!-- -->)")
          .annotated("org.example.json", R"({"b": 1.50, "a" : [ null ], "b": "twice"})");
    case Rare::kBlanksAround:
      return document.annotated(kKey, "  blanks around  ")
          .annotated("org.example.lines", "-----BEGIN-----\nAAAA\n-----END-----\n")
          .annotated("org.example.crlf", "\tone\r\ntwo\r\n");
    case Rare::kLikeOtherTypes:
      return document.annotated(kKey, "42")
          .annotated("org.example.truth", "true")
          .annotated("org.example.null", "null");
    case Rare::kEmptyAnnotation:
      return document.annotated(kKey, "").annotated("org.example.control", "\x01\b\f\x1b\x7f");
    case Rare::kLongAnnotation:
      return document.annotated(kKey, std::string(3000, 'x') + "end");
    case Rare::kManyAnnotations:
      return with_many_annotations(std::move(document));
    case Rare::kKeysThatDifferInCase:
      return document.annotated("Org.Example.MIXED-case", "Upper").annotated("org.example.mixed-case", "lower");
    case Rare::kCreatedWithOffset:
      return document.annotated("org.opencontainers.image.created", "2026-01-02T03:04:05.678+09:00");
    case Rare::kOddKeys:
      return document.annotated("..dots..and/slashes", "line one\nline two\ttab \\ \"quoted\"")
          .annotated("org.example.$signs~%25^@:;=,[]{}|", "signs")
          .annotated("org.example.gr\u00fc\u00dfe", "a key beyond ASCII")
          .annotated("org.example." + std::string(300, 'k'), "a long key");
    case Rare::kOddlySerialized:
      return document.oddly_serialized();
    case Rare::kMisleadingKeys:
      return document.annotated("org.opencontainers.image.title", "sbom.json")
          .annotated("artifactType", "not a type")
          .annotated("org.opencontainers.image.ref.name", "v1")
          .annotated("vnd.docker.reference.type", "attestation-manifest")
          .annotated("com.docker.official-images.bashbrew.arch", "amd64")
          .annotated("io.kubernetes.cri.image-name", "example");
    case Rare::kSignature:
      return document.annotated("dev.cosignproject.cosign/signature", std::string(700, 'M') + "==");
    case Rare::kNoAnnotations:
      return document.without_annotations();
    case Rare::kUnknownMembers:
      return document.with("org.example.unknown", {{"kept", {1, 2.50, "three"}}});
    case Rare::kLongType:
      return document.with_artifact_type(content::kLongestType);
    case Rare::kAboveSixtyFourKiB:
      return content::bulky(document);
    case Rare::kManyParts:
      return document.with_layers(content::many_layers());
    case Rare::kAnnotatedParts:
      return with_three_layers(document).annotated(kKey, "the manifest's");
    case Rare::kEmptyType:
      return document.with_artifact_type(ArtifactType("")).annotated(kKey, "an artifact type that is empty");
    case Rare::kTypeOfItsOwn:
      return document.with_artifact_type(ArtifactType("application/vnd.example.own+json"))
          .annotated(kKey, "a type of its own beside the config's");
    case Rare::kEmbeddedContent:
      return with_embedded_data(document).annotated(kKey, "bytes that a descriptor repeats, or that lie elsewhere");
  }
  return document;
}

// What a manifest of that kind can have; the rest gets something else that is rare.
Rare fitting(const Node& node) {
  const bool index = node.kind == NodeKind::kIndex || node.kind == NodeKind::kTypedIndex;
  switch (node.rare) {
    case Rare::kNoAnnotations:  // only its annotations make an index new
    case Rare::kAnnotatedParts:
    case Rare::kEmptyType:
    case Rare::kTypeOfItsOwn:
      return index ? Rare::kNotAscii : node.rare;
    case Rare::kManyParts:
      return index && node.children.empty() ? Rare::kNotAscii : node.rare;
    case Rare::kEmbeddedContent:
      return node.kind == NodeKind::kArtifact ? node.rare : Rare::kNotAscii;
    case Rare::kLongType:  // a type would make another kind of an image or an index
      return node.kind == NodeKind::kImage || node.kind == NodeKind::kIndex ? Rare::kNotAscii : node.rare;
    default:
      return node.rare;
  }
}

Document oci_recipe_of(const Node& node, const std::optional<oci::Descriptor>& subject,
                       const std::vector<oci::Descriptor>& children) {
  const auto rare = fitting(node);
  const bool many = rare == Rare::kManyParts && !children.empty();
  Document document = plain(node, many ? std::vector(kManyChildren, children.front()) : children);
  if (node.kind == NodeKind::kDocker) return document;
  if (subject) document = document.refers_to(*subject);
  return many ? document : with_rare_content(std::move(document), rare);
}

// Images and indexes that have a `subject` are images and indexes still: image-spec considerations.md, "Extensibility",
// wants members taken that are not known.
bool is_image_in_oras(const Node& node) {
  const bool refers = node.subject || node.absent_subject;
  switch (node.kind) {
    case NodeKind::kImage:
    case NodeKind::kIndex:
    case NodeKind::kTypedIndex:
      return !refers || node.as_image;
    case NodeKind::kConfigArtifact:
      return refers && node.as_image;
    case NodeKind::kDocker:
      return !refers;
    case NodeKind::kArtifact:
      return false;
  }
  return false;
}

// Every third in another zone: sorted as texts, the dates are in another order.
std::string date_of(int day) {
  return day % 3 == 1 ? fmt::format("2022-06-{:02}T01:30:00+13:30", day + 1)
                      : fmt::format("2022-06-{:02}T12:00:00Z", day);
}

// What a list of blobs can be; artifact-manifest.md, `blobs`: it may be missing.
Document with_other_blobs(Document document, Rare rare) {
  const auto blob = [](const char* type, const char* bytes) { return oci::Blob::of(type, bytes); };
  switch (rare) {
    case Rare::kEmptyType:
      return document.without("blobs");
    case Rare::kTypeOfItsOwn:
      return document.with("blobs", content::Json::array());
    case Rare::kManyParts:
      return document.with_layers(content::many_layers());
    case Rare::kAnnotatedParts:
      return document.with_layers({blob("application/vnd.example.one", "one"), blob("text/x", "two")})
          .with("/blobs/1/annotations", {{"org.example.of-a-blob", "not the artifact's"}});
    default:
      return document;
  }
}

// In ORAS editions only artifact manifests refer to a subject. Most of them say when they were made, by which rc.1 and
// later sort; the order of the dates has nothing to do with that of the pushes.
Document oras_recipe_of(const Node& node, const std::optional<oci::Descriptor>& subject,
                        const std::vector<oci::Descriptor>& children) {
  if (is_image_in_oras(node)) return oci_recipe_of(node, subject, children);
  auto document = content::oras_artifact(type_of(node));
  if (node.day > 0) document = document.created_at(date_of(node.day));
  if (subject) document = document.refers_to(*subject);
  // Its type may not be empty, and it has no config; it is new by its annotations.
  const bool fits = node.rare <= Rare::kAboveSixtyFourKiB || node.rare == Rare::kEmbeddedContent;
  if (!fits) return with_other_blobs(std::move(document), node.rare);
  return node.rare != Rare::kNoAnnotations ? with_rare_content(std::move(document), node.rare) : document;
}

}  // namespace

Document recipe_of(const Node& node, oci::ArtifactForm form, const std::optional<oci::Descriptor>& subject,
                   const std::vector<oci::Descriptor>& children) {
  return form == oci::ArtifactForm::kOras ? oras_recipe_of(node, subject, children)
                                          : oci_recipe_of(node, subject, children);
}

}  // namespace referee::walks
