// Why a manifest was refused where a check is repeated: a control that has less of what is unusual.
#pragma once

#include "harness/engine/session.h"

namespace referee::engine {

/// Pushes the manifest of the refused push once more without its subject; then an ordinary one with the same
/// annotations and subject; then the first of these in a repository without a past. True if nothing of that is taken:
/// its content is the reason then, or a policy. False for what is not JSON. Throws TransportFault where the target does
/// not answer.
bool refuses_control(const http::Exchange& push, Session& session);

}  // namespace referee::engine
