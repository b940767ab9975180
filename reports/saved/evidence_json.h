// Exchanges and bodies as saved results hold them, whatever the results are of.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/http/record/transcript.h"
#include "reports/saved/results.h"

namespace referee::reports {

/// All texts are made valid UTF-8; bodies are base64 and exact.
Results texts_json(const std::vector<std::string>& texts);
Results texts_json(const std::map<std::string, std::string>& texts);
/// RFC 3339 in UTC with milliseconds: "2026-11-23T16:40:00.250Z".
std::string rfc3339(http::WallTime time);
/// Null where nothing started: a check that did not run, a rule that looked at the exchanges of others.
Results time_json(http::WallTime time);
/// Each bound by its own hash.
Results exchanges_json(const std::vector<http::Exchange>& exchanges);
/// What the member "sha256" of an exchange has to be: the hex digits of the hash over its other members, as compact
/// JSON.
std::string exchange_seal(Results exchange);
/// By digest, as exchanges name them.
Results bodies_json(const std::map<std::string, http::RecordedBody>& bodies);

}  // namespace referee::reports
