// What the model reads in a pushed manifest: the third reading of the documents, apart from those of the reference
// registry and of the content builders.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/oci/digest.h"
#include "harness/spec/edition.h"

namespace referee::model {

/// The kinds of manifests between which the specifications distinguish.
enum class Kind : std::uint8_t { kImage, kIndex, kArtifact, kDocker, kUnknown };

struct Reading {
  std::string digest;
  std::string media_type;  // of the push, without parameters
  std::string bytes;
  Kind kind = Kind::kUnknown;
  std::optional<std::string> subject;                 // the digest that it names as its subject
  std::optional<std::string> artifact_type;           // what a list shows; nothing where it shows none
  std::optional<std::string> config_type;             // the media type of its config
  bool empty_type = false;                            // `artifactType` is there and empty
  bool own_type = false;                              // the artifact type is the document's, not its config's
  std::shared_ptr<const nlohmann::json> annotations;  // of the root; null where there are none
  std::vector<std::string> blobs;                     // config, layers, blobs
  std::vector<std::string> children;                  // of an index
  std::vector<std::string> nested_annotations;        // the names of those that its descriptors have
  std::string apart_from_subject;  // the document without its subject, for comparison; empty if it cannot be read
};

/// Whether the digest is one that every registry can compute; image-spec descriptor.md, "Registered algorithms".
bool is_sha256(std::string_view digest);

/// Reads the manifest that was pushed under that reference; its digest is the reference where that is one, else the
/// SHA-256 of the bytes. A document that cannot be read has no members.
Reading read_manifest(std::string_view reference, std::string_view content_type, std::string_view bytes,
                      spec::Edition edition);

/// The type without parameters and surrounding blanks, in lower case (RFC 9110, section 8.3.1).
std::string essence(std::string_view media_type);

}  // namespace referee::model
