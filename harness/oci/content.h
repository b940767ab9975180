// Content as it is pushed: blobs, manifests, and the recipes that make them for one check in one edition's dialect.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/oci/digest.h"

namespace referee::oci {

/// What a descriptor says of a piece of content; image-spec descriptor.md, "Properties".
struct Descriptor {
  std::string media_type;
  Digest digest = Digest::verbatim("");
  std::int64_t size = 0;

  bool operator==(const Descriptor&) const = default;
};

struct Blob {
  std::string media_type;
  std::string bytes;
  Digest digest = Digest::verbatim("");

  /// A blob of those bytes, under the digest of that algorithm.
  static Blob of(std::string media_type, std::string bytes, Algorithm algorithm = Algorithm::kSha256);
  Descriptor descriptor() const;
};

/// A manifest as it is sent: the type in the header and the bytes.
struct Manifest {
  std::string media_type;
  std::string bytes;
  Digest digest = Digest::verbatim("");

  /// A manifest of those bytes, under their sha256.
  static Manifest of(std::string media_type, std::string bytes);
  Descriptor descriptor() const;
};

/// A manifest and all that has to be in the repository before it is pushed.
struct Content {
  Manifest manifest;
  std::vector<Blob> blobs;        // to be pushed first
  std::vector<Content> children;  // manifests that it lists: to be pushed first too
  std::string artifact_type;      // what a list has to show for it; empty if nothing
};

/// The shape of an artifact manifest, which differs by edition.
enum class ArtifactForm : std::uint8_t { kOci, kOras };

/// How an edition writes artifacts down, on a target that takes what it has to take.
struct Dialect {
  ArtifactForm form = ArtifactForm::kOci;
  std::string_view subject_key = "subject";  // "subjectManifest" in oras-phase1-sm
  bool has_media_type = true;                // draft.1 does not know the property
  bool empty_config = true;                  // false where the target refuses images with the empty config
};

/// What a plain image is made as where a check is repeated with subjects of another kind: kSha512, an image under its
/// SHA-512. In kTagged it stays an image, and what has no tag is pushed and pulled by one. In any but kNone what refers
/// to a subject gets annotations that are rare.
enum class Guise : std::uint8_t { kNone, kIndex, kDocker, kReferrer, kSha512, kTagged };

/// What a recipe may depend on: the dialect, a nonce that makes the content new, and a guise.
struct Making {
  Dialect dialect;
  std::string nonce;
  Guise guise = Guise::kNone;
};

/// Makes content. The same recipe with the same making gives the same bytes.
class Recipe {
 public:
  virtual ~Recipe() = default;
  virtual Content make(const Making& making) const = 0;
};

}  // namespace referee::oci
