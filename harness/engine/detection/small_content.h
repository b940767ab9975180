// Small content for finding out what a target does, made by hand: fixtures are above the engine.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "harness/oci/content.h"

namespace referee::engine {

class Session;

nlohmann::ordered_json descriptor_of(const oci::Descriptor& of);

/// A new image, with a config and a layer that are what their types say; `more` adds members.
oci::Content small_image(Session& session, const nlohmann::ordered_json& more = {});
/// An index of nothing, which names no blobs.
oci::Content small_index(Session& session);
/// The word itself in a repository of the run's own, as in evidence recorded earlier; in one that others use, a tag
/// that only this run has.
std::string own_tag(const Session& session, std::string_view word);

/// The same with a type of artifacts and the empty config and layer; image-spec manifest.md, "Guidelines for Artifact
/// Usage".
oci::Content small_oci_artifact(Session& session);
/// A new ORAS artifact, without blobs, in the form of that dialect's edition.
oci::Content small_artifact(Session& session, const oci::Dialect& dialect, std::string_view type,
                            const nlohmann::ordered_json& subject);

}  // namespace referee::engine
