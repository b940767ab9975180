// Whether the target keeps manifests under their SHA-512, and lists what refers to them there. image-spec
// descriptor.md, "Registered Algorithms": it need not know that algorithm; what it took under one is named so by all
// that follows.
#pragma once

#include "harness/engine/session.h"

namespace referee::engine {

/// Looked for in the session's repository, once in a run. Throws TransportFault where the target does not answer.
bool lists_under_sha512(Session& session);

}  // namespace referee::engine
