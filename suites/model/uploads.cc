#include "suites/model/uploads.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

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

// The digests of the blobs that were mounted into those repositories, by the repository from which they came.
std::map<std::string, std::set<std::string>> mounted_into(const std::set<std::string>& repositories,
                                                          const engine::Episode& session, std::uint64_t last,
                                                          const std::string& target) {
  std::map<std::string, std::set<std::string>> mounted;
  for (const auto* exchange : session.exchanges) {
    const auto place = place_of(exchange->request.url, target);
    const bool meant = exchange->sequence < last && repositories.contains(place.repository);
    if (meant && !repositories.contains(place.mounted_from)) mounted[place.mounted_from].insert(place.reference);
  }
  mounted.erase("");  // what was not mounted
  return mounted;
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
  const auto mounted = mounted_into(repositories, *session, last, history.target);
  std::set<std::uint64_t> uploads;
  std::uint64_t opened = 0;  // the upload that was opened last where blobs are mounted from
  for (const auto* exchange : session->exchanges) {
    const auto& method = exchange->request.method;
    if (exchange->sequence > last || (method != "POST" && method != "PUT" && method != "PATCH")) continue;
    // A Location may lead anywhere, so that an upload's end is known only by what it is not.
    const auto place = place_of(exchange->request.url, history.target);
    if (place.area == Area::kManifest || known.contains(exchange->sequence)) continue;
    if (place.repository.empty() || repositories.contains(place.repository)) uploads.insert(exchange->sequence);
    const auto source = mounted.find(place.repository);
    if (source == mounted.end()) continue;
    if (method == "POST") opened = exchange->sequence;
    if (source->second.contains(place.reference)) uploads.insert({opened, exchange->sequence});
  }
  named.insert(named.begin(), uploads.begin(), uploads.end());
}

}  // namespace referee::model
