// What a run left, found without its record: in the repositories that carry its name.
#pragma once

#include <string>
#include <vector>

#include "harness/cli/sweeping/pushed_record.h"
#include "harness/http/client/client.h"

namespace referee::cli {

/// What a search found.
struct Found {
  std::vector<std::string> repositories;
  std::vector<PushedItem> items;  // what has to go last comes first
  std::string fault;              // why it is not all: the catalogue is not offered, a list could not be read
};

/// Everything that can be reached from tags in repositories `<prefix>/<run>-...` of the catalogue: manifests, what they
/// list and name as subject, their referrers and blobs. What no tag leads to stays unfound. Throws TransportFault.
Found search(http::Client& client, const std::string& prefix, const std::string& run);

}  // namespace referee::cli
