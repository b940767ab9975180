#include "harness/oci/content.h"

#include <utility>

namespace referee::oci {

Blob Blob::of(std::string media_type, std::string bytes, Algorithm algorithm) {
  auto digest = Digest::of(bytes, algorithm);
  return {std::move(media_type), std::move(bytes), std::move(digest)};
}

Descriptor Blob::descriptor() const { return {media_type, digest, static_cast<std::int64_t>(bytes.size())}; }

Manifest Manifest::of(std::string media_type, std::string bytes) {
  auto digest = Digest::of(bytes);
  return {std::move(media_type), std::move(bytes), std::move(digest)};
}

Descriptor Manifest::descriptor() const { return {media_type, digest, static_cast<std::int64_t>(bytes.size())}; }

}  // namespace referee::oci
