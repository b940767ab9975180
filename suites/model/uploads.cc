#include "suites/model/uploads.h"

#include <algorithm>
#include <set>

#include "suites/model/observation.h"

namespace referee::model {

void add_uploads(const engine::Episode& episode, const std::string& target, std::vector<std::uint64_t>& named) {
  if (named.empty()) return;
  const auto last = std::ranges::max(named);
  const std::set<std::uint64_t> known(named.begin(), named.end());
  std::set<std::string> repositories;
  for (const auto* exchange : episode.exchanges) {
    if (known.contains(exchange->sequence)) repositories.insert(place_of(exchange->request.url, target).repository);
  }
  std::set<std::uint64_t> uploads;
  for (const auto* exchange : episode.exchanges) {
    const auto& method = exchange->request.method;
    if (exchange->sequence > last || (method != "POST" && method != "PUT" && method != "PATCH")) continue;
    // A Location may lead anywhere, so that an upload's end is known only by what it is not.
    const auto place = place_of(exchange->request.url, target);
    const bool elsewhere = !place.repository.empty() && !repositories.contains(place.repository);
    if (place.area != Area::kManifest && !elsewhere && !known.contains(exchange->sequence)) {
      uploads.insert(exchange->sequence);
    }
  }
  named.insert(named.begin(), uploads.begin(), uploads.end());
}

}  // namespace referee::model
