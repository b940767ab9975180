// The names, types and descriptors of made-up traffic.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "fixtures/registry/store/manifest.h"
#include "harness/oci/digest.h"

namespace referee::proof::words {

inline constexpr std::array<std::string_view, 2> kRepositories = {"walk/one", "walk/some/deeper/name"};
inline constexpr std::array<std::string_view, 3> kTags = {"latest", "v1", "sha256-fallback"};
inline constexpr std::array<std::string_view, 5> kTypes = {
    "application/vnd.example.sbom", "application/vnd.example.Sig+json", "text/x", "APPLICATION/X; q=1", "sbom/example"};
inline constexpr std::string_view kConfig =
    R"({"architecture":"arm64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}})";

inline std::string digest_of(std::string_view bytes, bool sha512 = false) {
  return oci::Digest::of(bytes, sha512 ? oci::Algorithm::kSha512 : oci::Algorithm::kSha256).text();
}

inline registry::Json descriptor_of(std::string_view bytes, std::string_view type) {
  return {{"mediaType", type}, {"digest", digest_of(bytes)}, {"size", bytes.size()}};
}

}  // namespace referee::proof::words
