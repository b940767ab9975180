// The blobs behind a finding: whoever repeats its exchanges has to upload them first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/engine/history.h"

namespace referee::model {

/// Puts before the named exchanges those of the session that uploaded blobs to their repositories before the last of
/// them. The named ones keep their order.
void add_uploads(const engine::Episode& episode, const std::string& target, std::vector<std::uint64_t>& named);

}  // namespace referee::model
