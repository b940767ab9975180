#include "suites/model/reading.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "harness/oci/json.h"
#include "harness/oci/names.h"

namespace referee::model {
namespace {

using Json = nlohmann::json;

Kind kind_named(std::string_view media_type) {
  if (media_type == oci::kImageManifest) return Kind::kImage;
  if (media_type == oci::kImageIndex) return Kind::kIndex;
  if (media_type == oci::kOrasArtifact) return Kind::kArtifact;
  if (media_type == oci::kDockerManifest || media_type == oci::kDockerManifestList) return Kind::kDocker;
  return Kind::kUnknown;
}

std::optional<std::string> text_at(const Json& object, std::string_view key) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(key);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

void add_annotations(const Json& descriptor, std::vector<std::string>& names) {
  if (!descriptor.is_object()) return;
  const auto found = descriptor.find("annotations");
  if (found == descriptor.end() || !found->is_object()) return;
  for (const auto& [name, value] : found->items()) names.push_back(name);
}

std::vector<std::string> nested_annotations_of(const Json& body) {
  std::vector<std::string> names;
  for (const char* key : {"config", "subject"}) {
    if (body.contains(key)) add_annotations(body.at(key), names);
  }
  for (const char* key : {"layers", "manifests", "blobs"}) {
    const auto list = body.find(key);
    if (list == body.end() || !list->is_array()) continue;
    for (const auto& descriptor : *list) add_annotations(descriptor, names);
  }
  return names;
}

void add_digests(const Json& body, const char* key, std::vector<std::string>& digests) {
  const auto list = body.find(key);
  if (list == body.end() || !list->is_array()) return;
  for (const auto& descriptor : *list) {
    if (auto digest = text_at(descriptor, "digest")) digests.push_back(*std::move(digest));
  }
}

// image-spec manifest.md and image-index.md, "artifactType"; distribution-spec, "Listing Referrers": an empty text
// counts as none, and only images fall back to the type of their config.
void read_type(const Json& body, Reading& reading) {
  auto own = text_at(body, "artifactType");
  if (body.contains("config")) reading.config_type = text_at(body.at("config"), "mediaType");
  reading.empty_type = own && own->empty();
  if (own && !own->empty()) {
    reading.artifact_type = std::move(own);
    reading.own_type = true;
  } else if (reading.kind == Kind::kImage) {
    reading.artifact_type = reading.config_type;
  }
}

// The annotation that makes documents differ which are alike otherwise goes as well.
std::string without_subject(const Json& body) {
  Json rest = body;
  rest.erase("subject");
  rest.erase("subjectManifest");
  if (const auto annotations = rest.find("annotations"); annotations != rest.end() && annotations->is_object()) {
    annotations->erase("org.example.nonce");
  }
  return oci::dump_json(rest);
}

}  // namespace

bool is_sha256(std::string_view digest) { return digest.starts_with("sha256:"); }

std::string essence(std::string_view media_type) {
  media_type = media_type.substr(0, media_type.find(';'));
  const auto begin = media_type.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  const auto end = media_type.find_last_not_of(" \t");
  std::string text(media_type.substr(begin, end - begin + 1));
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

Reading read_manifest(std::string_view reference, std::string_view content_type, std::string_view bytes,
                      spec::Edition edition) {
  Reading reading{.media_type = essence(content_type), .bytes = std::string(bytes)};
  const auto named = oci::Digest::parse(reference);
  reading.digest = named ? named->text() : oci::Digest::of(bytes).text();
  reading.kind = kind_named(reading.media_type);
  const auto document = oci::read_json(bytes);
  if (!document.value || !document.value->is_object()) return reading;
  const auto& body = *document.value;
  const bool renamed = edition == spec::Edition::kOrasPhase1Sm && reading.kind == Kind::kArtifact;
  if (const auto subject = body.find(renamed ? "subjectManifest" : "subject"); subject != body.end()) {
    reading.subject = text_at(*subject, "digest");
  }
  read_type(body, reading);
  if (const auto found = body.find("annotations"); found != body.end() && found->is_object()) {
    reading.annotations = std::shared_ptr<const Json>(document.value, &*found);
  }
  if (const auto config = body.find("config"); config != body.end()) {
    if (auto digest = text_at(*config, "digest")) reading.blobs.push_back(*std::move(digest));
  }
  add_digests(body, "layers", reading.blobs);
  add_digests(body, "blobs", reading.blobs);
  add_digests(body, "manifests", reading.children);
  reading.nested_annotations = nested_annotations_of(body);
  reading.apart_from_subject = without_subject(body);
  return reading;
}

}  // namespace referee::model
