// Where a reader finds the section that a row of the catalogue cites.
#pragma once

#include <string>

#include "harness/spec/edition.h"
#include "harness/spec/requirement.h"

namespace referee::spec {

/// The public page of the first section in the row's anchor, in the revision that the edition stands for:
/// "https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers".
/// The root of the row's repository if the anchor names no document, or if the edition is of the other family.
///
/// The edition of the image-spec is the one released with that of the distribution-spec; the ORAS editions build on
/// distribution-spec 1.0.1. Revisions of the ORAS artifacts-spec are commits: some of its tags share their names with
/// branches that went on.
std::string source_url(const Requirement& row, Edition edition);

}  // namespace referee::spec
