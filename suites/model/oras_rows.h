// The rows of ORAS artifacts-spec that say of artifacts what rows of OCI distribution-spec say of referrers.
#pragma once

#include <optional>

#include "harness/spec/requirement.h"
#include "suites/model/reading.h"

namespace referee::model {

/// What breaks the OCI row breaks this one, if the manifest concerned is of that kind; nothing where artifacts-spec
/// does not mention it. A row of ORAS maps to itself.
std::optional<spec::RequirementId> oras_row(spec::RequirementId row, Kind of);

/// Whether the row binds in the edition, in all that the model judges by it.
bool speaks_in(spec::RequirementId row, spec::Edition edition);

}  // namespace referee::model
