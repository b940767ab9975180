// The names of the protocol: media types, headers and annotation keys, each written down once.
#pragma once

#include <string_view>

namespace referee::oci {

inline constexpr std::string_view kImageManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view kImageIndex = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view kImageConfig = "application/vnd.oci.image.config.v1+json";
inline constexpr std::string_view kImageLayer = "application/vnd.oci.image.layer.v1.tar";
inline constexpr std::string_view kEmptyType = "application/vnd.oci.empty.v1+json";
inline constexpr std::string_view kOrasArtifact = "application/vnd.cncf.oras.artifact.manifest.v1+json";
inline constexpr std::string_view kOciArtifact = "application/vnd.oci.artifact.manifest.v1+json";  // 1.1.0-rc1 only
inline constexpr std::string_view kDockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
inline constexpr std::string_view kDockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";
inline constexpr std::string_view kDockerConfig = "application/vnd.docker.container.image.v1+json";
inline constexpr std::string_view kDockerLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";

inline constexpr std::string_view kSubjectHeader = "OCI-Subject";
inline constexpr std::string_view kFiltersHeader = "OCI-Filters-Applied";
inline constexpr std::string_view kTagHeader = "OCI-Tag";
inline constexpr std::string_view kContentDigestHeader = "Docker-Content-Digest";
inline constexpr std::string_view kOrasVersionHeader = "ORAS-Api-Version";

/// ORAS artifacts-spec, artifact-manifest.md: the time of creation, RFC 3339, by which lists are sorted from rc.1 on.
inline constexpr std::string_view kOrasCreated = "io.cncf.oras.artifact.created";
inline constexpr std::string_view kOciCreated = "org.opencontainers.image.created";

/// image-spec manifest.md, guidance for an empty descriptor: the two bytes and their digest.
inline constexpr std::string_view kEmptyBytes = "{}";
inline constexpr std::string_view kEmptyDigest =
    "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

}  // namespace referee::oci
