// What several failures may have in common: one fault of a registry often breaks several requirements.
//
//   for (const auto& group : causes_of(failed)) out += group.cause;
#pragma once

#include <string>
#include <vector>

#include "reports/saved/saved_run.h"

namespace referee::reports {

/// Failures with one likely cause; without one where `cause` is empty.
struct CauseGroup {
  std::string cause;  // a clause: "digests in URLs are not validated"
  std::vector<const SavedCheck*> checks;
};

/// The checks in groups: first those of which a cause explains two or more, the largest first; then one group of all
/// others, in their order. The pointers are those given.
std::vector<CauseGroup> causes_of(const std::vector<const SavedCheck*>& checks);

}  // namespace referee::reports
