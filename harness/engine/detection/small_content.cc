#include "harness/engine/detection/small_content.h"

#include <string>

#include "harness/engine/session.h"
#include "harness/oci/names.h"

namespace referee::engine {

using nlohmann::ordered_json;

ordered_json descriptor_of(const oci::Descriptor& of) {
  return {{"mediaType", of.media_type}, {"digest", of.digest.text()}, {"size", of.size}};
}

oci::Content small_image(Session& session, const ordered_json& more) {
  const auto layer = oci::Blob::of("application/vnd.oci.image.layer.v1.tar", std::string(1024, '\0'));  // an empty tar
  const ordered_json configuration = {
      {"architecture", "amd64"},
      {"os", "linux"},
      {"rootfs", {{"type", "layers"}, {"diff_ids", ordered_json::array({layer.digest.text()})}}}};
  const auto config = oci::Blob::of(std::string(oci::kImageConfig), configuration.dump());
  ordered_json manifest = {{"schemaVersion", 2},
                           {"mediaType", oci::kImageManifest},
                           {"config", descriptor_of(config.descriptor())},
                           {"layers", ordered_json::array({descriptor_of(layer.descriptor())})},
                           {"annotations", {{"org.example.nonce", session.fresh_nonce()}}}};
  if (more.is_object()) manifest.update(more);
  return {oci::Manifest::of(std::string(oci::kImageManifest), manifest.dump()), {config, layer}, {}, {}};
}

oci::Content small_index(Session& session) {
  const ordered_json index = {{"schemaVersion", 2},
                              {"mediaType", oci::kImageIndex},
                              {"manifests", ordered_json::array()},
                              {"annotations", {{"org.example.nonce", session.fresh_nonce()}}}};
  return {oci::Manifest::of(std::string(oci::kImageIndex), index.dump()), {}, {}, {}};
}

oci::Content small_oci_artifact(Session& session) {
  const auto empty = oci::Blob::of(std::string(oci::kEmptyType), "{}");
  const auto descriptor = descriptor_of(empty.descriptor());
  auto content = small_image(session, {{"artifactType", "application/vnd.example.artifact.v1"},
                                       {"config", descriptor},
                                       {"layers", ordered_json::array({descriptor})}});
  content.blobs = {empty};
  return content;
}

std::string own_tag(const Session& session, std::string_view word) {
  return session.settings().existing_repos.empty() ? std::string(word) : session.tag_named(word);
}

oci::Content small_artifact(Session& session, const oci::Dialect& dialect, std::string_view type,
                            const ordered_json& subject) {
  ordered_json artifact = {{"artifactType", type},
                           {"blobs", ordered_json::array()},
                           {"annotations", {{"org.example.nonce", session.fresh_nonce()}}}};
  artifact[std::string(dialect.subject_key)] = subject;
  if (dialect.has_media_type) artifact["mediaType"] = oci::kOrasArtifact;
  return {oci::Manifest::of(std::string(oci::kOrasArtifact), artifact.dump()), {}, {}, {}};
}

}  // namespace referee::engine
