#include "harness/engine/unanswered.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>
#include <string>

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

// What was not answered at all twice in this run is not waited for as long again. A fact, since it depends on what
// other checks met before.
bool is_usual(Session& session, const http::Request& request, const std::string& sight) {
  const auto* known = session.capabilities();
  const auto see = [&] { return known != nullptr && known->waiting().is_vain(sight) ? "yes" : "no"; };
  return session.fact(fmt::format("no answer is usual: {} {}", request.method, request.url), see) == "yes";
}

}  // namespace

http::Response answer_of(Session& session, http::Client& client, const http::Request& request, bool& ended) {
  std::string why;
  if (request.body.size() > kSmall) return client.send(request);
  if (auto answer = try_once(client, request, why)) return *std::move(answer);
  ended = true;
  const auto sight = sight_of_silence(request);
  const bool usual = is_usual(session, request, sight);
  int times = 1;
  const auto again = [&](auto waits) -> std::optional<http::Response> {
    for (const auto wait : waits) {
      session.pause(wait);
      ++times;
      if (auto answer = try_once(client, request, why)) return answer;
    }
    return std::nullopt;
  };
  if (auto answer = usual ? again(kLaterWaits) : again(kFirstWaits)) return *std::move(answer);
  const auto sequence = client.last_sequence();
  if (!answers_others(client)) throw http::TransportFault(http::FaultKind::kClosed, why);
  if (const auto* known = session.capabilities(); known != nullptr) known->waiting().in_vain(sight);
  http::Response none;
  none.status = 500;
  none.reason = fmt::format("(none came: {}; {} times in a row, while GET /v2/ was answered)", why, times);
  none.url = request.url;
  none.method = request.method;
  none.sequence = sequence;
  return none;
}

}  // namespace referee::engine
