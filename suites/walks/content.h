// The manifests of a walk: of every kind, and with content that is legal but rare.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fixtures/content/document.h"
#include "suites/walks/plan.h"

namespace referee::walks {

/// How many artifact types there are.
inline constexpr int kTypes = 5;

/// The recipe of a node.
content::Document recipe_of(const Node& node, oci::ArtifactForm form, const std::optional<oci::Descriptor>& subject,
                            const std::vector<oci::Descriptor>& children);

}  // namespace referee::walks
