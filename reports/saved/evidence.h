// Evidence read back from saved results: exchanges and bodies as they were recorded.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/http/record/transcript.h"
#include "reports/saved/results.h"

namespace referee::reports {

/// The exchanges of such a list, in its order. Throws CannotRead where an item is not an exchange.
std::vector<http::Exchange> exchanges_of(const Results& list);

/// The bodies of saved results, by digest, as they were kept. Throws CannotRead where an item is not a body.
std::map<std::string, http::RecordedBody> recorded_bodies(const Results& results);

/// One of them. Throws CannotRead.
http::RecordedBody recorded_body(const std::string& digest, const Results& body);

/// The body whole, where all of it was kept in whatever form. Throws CannotRead.
http::RecordedBody whole_body(const std::string& digest, http::RecordedBody body);

/// The instant that an RFC 3339 text in UTC names; the epoch for null. Throws CannotRead.
http::WallTime instant_of(const Results& text);

}  // namespace referee::reports
