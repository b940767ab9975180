// Deleting what was pushed, of registries that refuse to delete what is not there.
#pragma once

#include <string>

#include "harness/http/client/client.h"

namespace referee::engine {

/// Deletes the manifest or blob at that URL. Why it could not, in words, or nothing if it is gone: some registries
/// refuse or fail to delete what is not there (any more), so that is looked at. Throws TransportFault.
std::string why_kept(http::Client& client, const std::string& url);

}  // namespace referee::engine
