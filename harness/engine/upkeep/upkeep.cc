#include "harness/engine/upkeep/upkeep.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

#include "harness/engine/conversation.h"

namespace referee::engine {

void on_workers(int jobs, std::size_t items, const std::function<void()>& take) {
  const int workers = std::clamp(jobs, 1, static_cast<int>(std::max<std::size_t>(items, 1)));
  if (workers == 1) return take();
  std::vector<std::jthread> threads;
  for (int i = 0; i < workers; ++i) threads.emplace_back(take);
}

Upkeep::Upkeep(const http::ClientContext& context, const Settings& settings, Stop& stop,
               std::vector<http::Exchange>& exchanges, std::vector<std::string>& leftovers)
    : context_(context), settings_(settings), stop_(stop), exchanges_(exchanges), leftovers_(leftovers) {}

void Upkeep::keep(std::vector<http::Exchange> exchanges) {
  const std::lock_guard lock(mutex_);
  std::ranges::move(exchanges, std::back_inserter(exchanges_));
}

std::string Upkeep::clean(Session& session, Session::Extent extent, const std::string& why_not) {
  auto cleanup = session.clean_up(extent, why_not);
  keep(std::move(cleanup.exchanges));
  const std::lock_guard lock(mutex_);
  std::ranges::move(cleanup.leftovers, std::back_inserter(leftovers_));
  return cleanup.fault;
}

std::string Upkeep::look_whether_it_is_there() {
  http::Client client(context_, settings_.client);
  std::string gone;
  try {
    client.send({.method = "GET", .url = client.base() + "/v2/", .headers = {}, .body = {}});
  } catch (const http::TransportFault& fault) {
    if (fault.kind() != http::FaultKind::kInterrupted) gone = fmt::format("the target has gone: {}", fault.what());
  }
  if (!gone.empty()) stop_.raise(IncompleteReason::kTargetGone, gone);
  keep(client.take_exchanges());
  return gone;
}

void Upkeep::wait_until_it_is_there() {
  http::Client client(context_, settings_.client);
  Poll poll(context_.clock, settings_.settle);
  do {
    try {
      const auto answer = client.send({.method = "GET", .url = client.base() + "/v2/", .headers = {}, .body = {}});
      if (answer.status / 100 != 5) return;
    } catch (const http::TransportFault& fault) {
      if (fault.kind() == http::FaultKind::kInterrupted) return;
    }
  } while (!stop_.raised() && poll.next());
}

}  // namespace referee::engine
