// Messages turned into what is kept of them: redacted, with their bodies in the store.
#pragma once

#include "harness/http/message.h"
#include "harness/http/transcript.h"

namespace referee::http {

/// Whose messages are recorded: what passes between judge and token service holds secrets in its bodies too.
enum class Peer : std::uint8_t { kTarget, kTokenService };

RecordedRequest record(const Request& request, BodyStore& bodies, Peer peer = Peer::kTarget);
RecordedResponse record(const Response& response, BodyStore& bodies, Peer peer = Peer::kTarget);

}  // namespace referee::http
