// The blobs behind a finding: anyone who repeats its exchanges has to upload them first.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/engine/history.h"

namespace referee::model {

/// Puts before the named exchanges, which are of one session, those that uploaded blobs to their repositories before
/// the last of them. The named ones keep their order. Looks through the whole history: for findings, not for all that
/// might become one.
void add_uploads(const engine::History& history, std::vector<std::uint64_t>& named);

}  // namespace referee::model
