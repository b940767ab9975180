#include "harness/engine/unanswered.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "harness/engine/capabilities.h"
#include "harness/http/transport.h"

namespace referee::engine {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kSmall = 1 << 20;  // bytes; what is larger may be refused by closing, and is sent once
constexpr std::array kFirstWaits = {milliseconds(100), milliseconds(500), milliseconds(1'000)};
constexpr std::array kLaterWaits = {milliseconds(20)};

bool ends_early(const http::TransportFault& fault) {
  return fault.kind() == http::FaultKind::kClosed || fault.kind() == http::FaultKind::kReset;
}

// The answer; nothing where the connection ended early, and what the wire said of that.
std::optional<http::Response> try_once(http::Client& client, const http::Request& request, std::string& why) {
  try {
    return client.send(request);
  } catch (const http::TransportFault& fault) {
    if (!ends_early(fault)) throw;
    why = fault.what();
    return std::nullopt;
  }
}

bool answers_others(http::Client& client) {
  try {
    client.send({.method = "GET", .url = client.base() + "/v2/", .headers = {}, .body = {}});
    return true;
  } catch (const http::TransportFault& fault) {
    if (fault.kind() == http::FaultKind::kInterrupted) throw;
    return false;
  }
}

// What was not answered at all twice in this run is not waited for as long again; what was answered before may be out
// of order for as long as lists may be behind. A fact, since it depends on what other checks met before.
std::vector<milliseconds> waits_for(Session& session, const http::Request& request, const std::string& sight) {
  const auto* known = session.capabilities();
  const auto see = [&]() -> std::string {
    if (known == nullptr) return "no";
    if (known->waiting().is_vain(sight)) return "yes";
    return known->waiting().was_answered(sight) ? "no, it came before" : "no";
  };
  const auto usual = session.fact(fmt::format("no answer is usual: {} {}", request.method, request.url), see);
  if (usual == "yes") return {kLaterWaits.begin(), kLaterWaits.end()};
  std::vector<milliseconds> waits(kFirstWaits.begin(), kFirstWaits.end());
  auto left = session.settings().settle - std::accumulate(waits.begin(), waits.end(), milliseconds(0));
  for (; usual != "no" && left > milliseconds(0); left -= kFirstWaits.back()) waits.push_back(kFirstWaits.back());
  return waits;
}

}  // namespace

http::Response answer_of(Session& session, http::Client& client, const http::Request& request, bool& ended) {
  std::string why;
  if (request.body.size() > kSmall) return client.send(request);
  const auto* known = session.capabilities();
  const auto sight = sight_of_silence(request);
  if (auto answer = try_once(client, request, why)) {
    if (known != nullptr) known->waiting().answered(sight);
    return *std::move(answer);
  }
  ended = true;
  int times = 1;
  for (const auto wait : waits_for(session, request, sight)) {
    session.pause(wait);
    ++times;
    if (auto answer = try_once(client, request, why)) return *std::move(answer);
  }
  const auto sequence = client.last_sequence();
  if (!answers_others(client)) throw http::TransportFault(http::FaultKind::kClosed, why);
  if (known != nullptr) known->waiting().in_vain(sight);
  http::Response none;
  none.status = 500;
  none.reason = fmt::format("(none came: {}; {} times in a row, while GET /v2/ was answered)", why, times);
  none.url = request.url;
  none.method = request.method;
  none.sequence = sequence;
  return none;
}

}  // namespace referee::engine
