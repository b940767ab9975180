#include "suites/model/uploads.h"

#include <algorithm>
#include <set>

#include "suites/model/observation.h"

namespace referee::model {
namespace {

const engine::Episode* session_of(const engine::History& history, std::uint64_t sequence) {
  const auto has_it = [&](const engine::Episode& episode) {
    return std::ranges::find(episode.exchanges, sequence, &http::Exchange::sequence) != episode.exchanges.end();
  };
  const auto found = std::ranges::find_if(history.episodes, has_it);
  return found == history.episodes.end() ? nullptr : &*found;
}

}  // namespace

void add_uploads(const engine::History& history, std::vector<std::uint64_t>& named) {
  const auto* session = named.empty() ? nullptr : session_of(history, named.back());
  if (session == nullptr) return;
  const auto last = std::ranges::max(named);
  const std::set<std::uint64_t> known(named.begin(), named.end());
  std::set<std::string> repositories;
  for (const auto* exchange : session->exchanges) {
    if (known.contains(exchange->sequence))
      repositories.insert(place_of(exchange->request.url, history.target).repository);
  }
  for (const auto* exchange : session->exchanges) {  // what is mounted was uploaded elsewhere
    const auto place = place_of(exchange->request.url, history.target);
    if (exchange->sequence < last && !place.mounted_from.empty() && repositories.contains(place.repository)) {
      repositories.insert(place.mounted_from);
    }
  }
  std::set<std::uint64_t> uploads;
  for (const auto* exchange : session->exchanges) {
    const auto& method = exchange->request.method;
    if (exchange->sequence > last || (method != "POST" && method != "PUT" && method != "PATCH")) continue;
    // A Location may lead anywhere, so that an upload's end is known only by what it is not.
    const auto place = place_of(exchange->request.url, history.target);
    const bool elsewhere = !place.repository.empty() && !repositories.contains(place.repository);
    if (place.area != Area::kManifest && !elsewhere && !known.contains(exchange->sequence)) {
      uploads.insert(exchange->sequence);
    }
  }
  named.insert(named.begin(), uploads.begin(), uploads.end());
}

}  // namespace referee::model
