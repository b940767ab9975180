// Evidence read back from saved results: exchanges and bodies as they were recorded.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "harness/http/record/transcript.h"
#include "reports/saved/results.h"

namespace referee::reports {

/// The exchanges of such a list, in its order. Throws CannotRead where one is none.
std::vector<http::Exchange> exchanges_of(const Results& list);

/// One of them, whole where all of it was kept in whatever form. Throws CannotRead.
http::RecordedBody body_of(const std::string& digest, const Results& body);

/// The bodies of saved results, by digest. Throws CannotRead where one is none.
std::map<std::string, http::RecordedBody> bodies_of(const Results& results);

/// The instant that an RFC 3339 text in UTC names; the epoch for null. Throws CannotRead.
http::WallTime instant_of(const Results& text);

}  // namespace referee::reports
