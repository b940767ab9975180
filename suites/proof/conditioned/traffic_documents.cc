// What made-up traffic pushes: manifests of all kinds with tame and wild content.
#include <fmt/format.h>

#include <algorithm>

#include "harness/oci/names.h"
#include "suites/proof/conditioned/traffic.h"
#include "suites/proof/conditioned/traffic_words.h"

namespace referee::proof {

using namespace words;  // NOLINT(google-build-using-namespace)
using registry::Json;

std::string Traffic::some_repository() { return std::string(kRepositories[below(2)]); }

std::string Traffic::some_type() { return std::string(any_of(kTypes)); }

std::string Traffic::some_digest() {
  if (!pending_.empty() && one_in(6)) return any_of(pending_).digest;
  if (stored_.empty() || one_in(20)) return digest_of("never pushed");
  if (one_in(40)) return digest_of(oci::kEmptyBytes);
  // A few subjects of each kind, which are there from the beginning, have most of the referrers.
  const bool favourite = favourites_ > 0 && !one_in(3);
  return stored_[below(favourite ? favourites_ : stored_.size())].digest;
}

Json Traffic::some_annotations() {
  switch (below(7)) {
    case 0:
      return {};
    case 1:
      return {{"org.example.name", "Ünïcödé 名 🐳"}, {"ключ", " blank "}};
    case 2:
      return {{"org.example.long", std::string(1500, 'x') + " END"}, {"org.example.Name", "UPPER"}};
    case 3:
      if (one_in(2)) return Json::object();
      return {{"empty", ""}, {"number", "42"}, {"org.example.Mixed", "A.b-C"}};
    case 4:
      return {{std::string(oci::kOrasCreated), fmt::format("2023-01-{:02}T10:00:00Z", 1 + below(28))}};
    default:
      return {{"org.example.Name", fmt::format("Value {}", below(100))}};
  }
}

Json Traffic::some_layers() {
  const Json empty = descriptor_of(oci::kEmptyBytes, oci::kEmptyType);
  Json odd = empty;
  switch (below(10)) {
    case 5:
      odd["data"] = "e30=";
      break;
    case 6:
      odd["mediaType"] = "application/vnd.oci.image.layer.nondistributable.v1.tar";
      odd["digest"] = digest_of("kept elsewhere");
      odd["urls"] = {"https://elsewhere.example/layer"};
      break;
    case 0:
      return Json::array();
    case 1:
      return Json::array({empty, empty, empty});
    case 2:
      odd["urls"] = {"https://elsewhere.example/blob"};
      break;
    case 3:
      odd["mediaType"] = "application/vnd.example.unknown";
      break;
    case 4:
      odd["annotations"] = {{"layer", "yes"}};
      break;
    default:
      break;
  }
  return Json::array({odd});
}

Json Traffic::some_document(std::string& media_type) {
  const Json empty = descriptor_of(oci::kEmptyBytes, oci::kEmptyType);
  Json document = {{"schemaVersion", 2}};
  const auto kind = below(10);
  if (oras() && kind < 6) {
    document = {{"artifactType", some_type()}, {"blobs", Json::array()}};
    if (one_in(2)) document["blobs"] = some_layers();
    media_type = oci::kOrasArtifact;
  } else if (kind < 6) {
    document["config"] = one_in(3) ? descriptor_of(kConfig, oci::kImageConfig) : empty;
    if (one_in(4)) document["config"]["mediaType"] = some_type();
    document["layers"] = some_layers();
    if (!one_in(4)) document["artifactType"] = one_in(8) ? "" : some_type();
    media_type = oci::kImageManifest;
  } else if (kind < 9) {
    document["manifests"] = Json::array();
    const auto& child = stored_.empty() ? Stored{} : any_of(stored_);
    if (!child.digest.empty() && one_in(2)) {
      document["manifests"].push_back(
          {{"mediaType", child.media_type}, {"digest", child.digest}, {"size", child.bytes.size()}});
    }
    if (one_in(8)) document["manifests"].push_back(descriptor_of(oci::kEmptyBytes, "application/vnd.example.unknown"));
    if (one_in(2)) document["artifactType"] = some_type();
    media_type = oci::kImageIndex;
  } else {
    document["config"] = descriptor_of(kConfig, oci::kDockerConfig);
    document["layers"] = Json::array();
    media_type = oci::kDockerManifest;
  }
  if (media_type == oci::kDockerManifest || !one_in(5)) document["mediaType"] = media_type;
  if (auto annotations = some_annotations(); !annotations.is_null()) document["annotations"] = std::move(annotations);
  document["serial"] = ++serial_;
  return document;
}

Json Traffic::refer(Json document, const std::string& media_type) {
  const bool old = options_.edition == spec::Edition::kOrasPhase1Sm && media_type == oci::kOrasArtifact;
  const auto* key = old ? "subjectManifest" : "subject";
  const std::string digest = some_digest();
  Json subject = {{"mediaType", oci::kImageManifest}, {"digest", digest}, {"size", 7}};
  for (const auto& one : stored_) {
    if (one.digest != digest) continue;
    subject["mediaType"] = one.media_type;
    subject["size"] = one.bytes.size();
  }
  if (one_in(10)) subject["urls"] = {"https://elsewhere.example/subject"};
  if (one_in(10)) subject["annotations"] = {{"of", "the subject"}};
  document[key] = std::move(subject);
  return document;
}

/// One subject of each kind in each repository.
std::vector<Traffic::Stored> Traffic::favourites(const Json& image) const {
  const Json index = {{"schemaVersion", 2},
                      {"mediaType", oci::kImageIndex},
                      {"manifests", {descriptor_of(image.dump(), oci::kImageManifest)}}};
  const Json docker = {{"schemaVersion", 2},
                       {"mediaType", oci::kDockerManifest},
                       {"config", descriptor_of(kConfig, oci::kDockerConfig)},
                       {"layers", Json::array()}};
  Json referrer = image;
  referrer["artifactType"] = kTypes[0];
  referrer["subject"] = descriptor_of(image.dump(), oci::kImageManifest);
  Json other = image;
  other["annotations"] = {{"digest", "sha512"}};
  std::vector<Stored> all;
  for (const auto repository : kRepositories) {
    const std::string name(repository);
    for (const Json* document : std::array<const Json*, 2>{&image, &referrer}) {
      all.push_back({name, digest_of(document->dump()), document->dump(), std::string(oci::kImageManifest)});
    }
    all.push_back({name, digest_of(index.dump()), index.dump(), std::string(oci::kImageIndex)});
    all.push_back({name, digest_of(docker.dump()), docker.dump(), std::string(oci::kDockerManifest)});
    all.push_back({name, digest_of(other.dump(), true), other.dump(), std::string(oci::kImageManifest)});
  }
  return all;
}

}  // namespace referee::proof
