#include "harness/replay/recorded_transport.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <utility>

#include "harness/http/client/lane.h"
#include "harness/http/record/redact.h"
#include "harness/oci/digest.h"

namespace referee::replay {
namespace {

std::string digest_of(const std::string& body) { return body.empty() ? "" : "sha256:" + oci::sha256_hex(body); }

http::WallTime end_of(const http::Exchange& exchange) {
  return exchange.started +
         std::chrono::duration_cast<http::WallTime::duration>(std::chrono::duration<double>(exchange.seconds));
}

// A recorded fault is "name of its kind: message".
http::TransportFault fault_of(const std::string& recorded) {
  using http::FaultKind;
  constexpr std::array kKinds = {FaultKind::kResolve,    FaultKind::kConnect,  FaultKind::kTls,
                                 FaultKind::kTimeout,    FaultKind::kClosed,   FaultKind::kReset,
                                 FaultKind::kMalformed,  FaultKind::kTooLarge, FaultKind::kUnsupported,
                                 FaultKind::kInterrupted};
  const auto colon = recorded.find(": ");
  const auto kind_name = recorded.substr(0, colon);
  const auto message = colon == std::string::npos ? recorded : recorded.substr(colon + 2);
  for (const auto kind : kKinds) {
    if (kind_name == name(kind)) return {kind, message};
  }
  return {FaultKind::kClosed, recorded};
}

}  // namespace

RecordedTransport::RecordedTransport(std::vector<http::Exchange> exchanges,
                                     const std::map<std::string, http::RecordedBody>& bodies, RecordedClock& clock)
    : exchanges_(std::move(exchanges)), bodies_(bodies), clock_(clock) {
  for (const auto& exchange : exchanges_) lanes_[exchange.lane].exchanges.push_back(&exchange);
}

http::Response RecordedTransport::exchange(const http::Request& request, const http::ExchangeLimits& /*limits*/) {
  const std::lock_guard lock(mutex_);
  const http::Exchange& recorded = take(request);
  clock_.moved_to(end_of(recorded));
  if (!recorded.response) throw fault_of(recorded.fault);
  http::Response response;
  response.status = recorded.response->status;
  response.reason = recorded.response->reason;
  response.headers = http::Headers(recorded.response->headers);
  response.body = body_of(recorded.response->body_digest);
  return response;
}

const http::Exchange& RecordedTransport::take(const http::Request& request) {
  const auto asked = fmt::format("{} {}", request.method, http::redact_urls(request.url));
  if (gap_.kind != Gap::Kind::kNone) fail(gap_.kind, gap_.what);
  auto& lane = lanes_[http::current_lane()];
  if (lane.next >= lane.exchanges.size()) {
    fail(Gap::Kind::kAsksOtherwise, fmt::format("it asks {}, which the recorded run did not", asked));
  }
  const auto& recorded = *lane.exchanges[lane.next];
  if (!recorded.has_whole_heads()) {
    fail(Gap::Kind::kCutBody, fmt::format("of {} and its answer only the beginning was kept", asked));
  }
  const auto then = fmt::format("{} {}", recorded.request.method, recorded.request.url);
  if (asked != then) fail(Gap::Kind::kAsksOtherwise, fmt::format("it asks {}, but then {}", asked, then));
  const auto digest = digest_of(request.body);
  if (digest != recorded.request.body_digest) {
    fail(Gap::Kind::kAsksOtherwise, fmt::format("it sends another body than then: {}", asked));
  }
  const auto kept = bodies_.find(digest);
  if (kept != bodies_.end() && kept->second.capped) pushed_.emplace(digest, request.body);
  ++lane.next;
  return recorded;
}

std::string RecordedTransport::body_of(const std::string& digest) {
  if (digest.empty()) return "";
  const auto kept = bodies_.find(digest);
  if (kept != bodies_.end() && !kept->second.capped) return kept->second.bytes;
  if (const auto own = pushed_.find(digest); own != pushed_.end()) return own->second;
  if (kept == bodies_.end()) fail(Gap::Kind::kCutBody, fmt::format("the body {} was not kept", digest));
  fail(Gap::Kind::kCutBody, fmt::format("of the body {} only {} of {} bytes were kept", digest,
                                        kept->second.bytes.size(), kept->second.size));
}

void RecordedTransport::fail(Gap::Kind kind, std::string what) {
  if (gap_.kind == Gap::Kind::kNone) gap_ = {kind, std::move(what)};
  throw http::TransportFault(http::FaultKind::kInterrupted, gap_.what);
}

bool RecordedTransport::repeats_next() const {
  const std::lock_guard lock(mutex_);
  const auto found = lanes_.find(http::current_lane());
  if (found == lanes_.end()) return false;
  const auto& [exchanges, next] = found->second;
  if (next == 0 || next >= exchanges.size()) return false;
  const auto& [last, following] = std::pair(*exchanges[next - 1], *exchanges[next]);
  return following.attempt == last.attempt + 1 && following.request.method == last.request.method &&
         following.request.url == last.request.url;
}

Gap RecordedTransport::gap() const {
  const std::lock_guard lock(mutex_);
  return gap_;
}

std::size_t RecordedTransport::left() const {
  const std::lock_guard lock(mutex_);
  std::size_t left = 0;
  for (const auto& [number, lane] : lanes_) left += lane.exchanges.size() - lane.next;
  return left;
}

std::string RecordedAuthorizer::authorization(const http::Request& /*request*/) { return ""; }

bool RecordedAuthorizer::answer_challenge(const http::Request& /*request*/, const http::Response& /*unauthorized*/) {
  return transport_.repeats_next();
}

}  // namespace referee::replay
