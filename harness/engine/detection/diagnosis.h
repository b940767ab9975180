// Why a target could not be judged, in a sentence for its operator, and what the operator can do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/engine/capabilities.h"
#include "harness/http/record/transcript.h"
#include "harness/http/transport.h"

namespace referee::engine {

struct Diagnosis {
  std::string cause;   // a clause without a full stop
  std::string remedy;  // sentences; empty: nothing better than the general advice
};

/// What no answer came for. `base` is the target's URL.
Diagnosis diagnose(const http::TransportFault& fault, const std::string& base);

/// What the last answer that refused something says: credentials missing or refused, a token not given, a push
/// forbidden, a quota, a read-only registry, http where the server speaks TLS, a web page in place of a registry.
/// `login` is Settings::login, `body` the beginning of that answer's body. Nothing where it says none of these.
std::optional<Diagnosis> diagnose(const http::Exchange& refused, const std::string& body, const std::string& login);

/// The cause as detection gives it, made plainer by the last of the exchanges where that one was refused.
Diagnosis diagnose(const NotJudgeable& cause, const std::vector<http::Exchange>& said, const http::BodyStore& bodies,
                   const std::string& login);

}  // namespace referee::engine
