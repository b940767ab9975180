#include "harness/cli/testing/watched_registry.h"

#include <chrono>
#include <thread>

namespace referee::cli::testing {

WatchedRegistry::WatchedRegistry(const std::string& latency)
    : process_({"serve", "--control", "0", "--latency", latency}),
      url_(process_.line_after("listening on ")),
      control_(process_.line_after("control on ")) {}

nlohmann::json WatchedRegistry::ask(const std::string& path) {
  return nlohmann::json::parse(transport_.exchange({.method = "GET", .url = control_ + path}, {}).body);
}

void WatchedRegistry::wait_for_requests(int count) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (requests() < count && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
}

std::size_t WatchedRegistry::stored() {
  std::size_t count = 0;
  const auto everything = ask("/stored");
  for (const auto& [name, repository] : everything["repositories"].items()) {
    count += repository["manifests"].size() + repository["blobs"].size();
  }
  return count;
}

}  // namespace referee::cli::testing
