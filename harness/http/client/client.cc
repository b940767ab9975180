#include "harness/http/client/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "harness/http/client/content_coding.h"
#include "harness/http/client/lane.h"
#include "harness/http/client/redirect.h"
#include "harness/http/client/version.h"
#include "harness/http/syntax/retry_after.h"
#include "harness/http/syntax/url.h"

namespace referee::http {
namespace {

void set_default(Headers& headers, const std::string& name, std::string value) {
  if (!headers.has(name)) headers.add(name, std::move(value));
}

}  // namespace

Client::Client(const ClientContext& context, ClientOptions options) : context_(context), options_(std::move(options)) {}

Response Client::send(Request request) {
  for (int hops = 0;; ++hops) {
    Response response = with_retries(request);
    auto next = redirected(request, response);
    if (!next || hops >= options_.redirects) return response;
    request = std::move(*next);
  }
}

std::vector<Exchange> Client::take_exchanges() {
  std::vector<Exchange> taken;
  {
    const std::lock_guard lock(mutex_);
    taken.swap(exchanges_);
  }
  std::ranges::sort(taken, {}, &Exchange::sequence);
  return taken;
}

std::uint64_t Client::last_sequence() {
  const std::lock_guard lock(mutex_);
  std::uint64_t last = 0;
  for (const auto& exchange : exchanges_) last = std::max(last, exchange.sequence);
  return last;
}

bool Client::is_target(const std::string& url) const {
  const auto base = Url::parse(options_.base);
  const auto own = Url::parse(url);
  return base && own && same_origin(*base, *own);
}

// The request as it goes out. What belongs to the target does not go to other hosts.
Request Client::with_default_headers(const Request& request, std::uint64_t sequence) const {
  Request out = request;
  set_default(out.headers, "User-Agent", fmt::format("referee/{}", kVersion));
  set_default(out.headers, "Accept-Encoding", "identity");
  if (!is_target(request.url)) return out;
  for (const HeaderLine& line : options_.extra_headers) out.headers.add(line.name, line.value);
  if (!options_.request_id_header.empty()) {
    out.headers.set(options_.request_id_header, fmt::format("{}-{}", options_.request_id_prefix, sequence));
  }
  if (context_.authorizer && !out.headers.has("Authorization")) {
    if (auto value = context_.authorizer->authorization(out); !value.empty()) {
      out.headers.add("Authorization", std::move(value));
    }
  }
  return out;
}

Response Client::with_retries(const Request& request) {
  bool challenge_answered = request.headers.has("Authorization");
  std::uint32_t retries = 0;
  for (std::uint32_t attempt = 1;; ++attempt) {
    const std::uint64_t sequence = context_.sequence.fetch_add(1) + 1;
    const Request out = with_default_headers(request, sequence);
    Response response = one_exchange(out, sequence, attempt);
    response.sequence = sequence;
    if (may_wait_and_retry(response, retries)) {
      ++retries;
      continue;
    }
    const bool challenged =
        response.status == 401 && !challenge_answered && context_.authorizer && is_target(request.url);
    if (!challenged || !context_.authorizer->answer_challenge(out, response)) return response;
    challenge_answered = true;
  }
}

bool Client::may_wait_and_retry(const Response& response, std::uint32_t retries) {
  if (response.status != 429 && response.status != 503) return false;
  if (static_cast<int>(retries) >= options_.retries) return false;
  const auto wait = retry_after(response.headers, context_.clock.wall());
  if (!wait || *wait > options_.longest_retry_wait) return false;
  const Instant until = context_.clock.now() + *wait;
  for (Instant now = context_.clock.now(); now < until; now = context_.clock.now()) {
    stop_if_interrupted();
    context_.clock.sleep(std::min<Duration>(until - now, std::chrono::milliseconds(100)));
  }
  return true;
}

void Client::stop_if_interrupted() const {
  if (context_.interrupted && context_.interrupted->load()) {
    throw TransportFault(FaultKind::kInterrupted, "the run was told to stop");
  }
}

Response Client::one_exchange(const Request& request, std::uint64_t sequence, std::uint32_t attempt) {
  stop_if_interrupted();
  if (context_.before_exchange) context_.before_exchange();
  Exchange exchange;
  exchange.sequence = sequence;
  exchange.lane = current_lane();
  exchange.attempt = attempt;
  exchange.started = context_.clock.wall();
  exchange.request = record(request, context_.bodies, options_.peer, context_.secrets);
  const Instant start = context_.clock.now();
  const auto keep = [&] {
    exchange.seconds = std::chrono::duration<double>(context_.clock.now() - start).count();
    const std::lock_guard lock(mutex_);
    exchanges_.push_back(std::move(exchange));
  };
  try {
    ExchangeLimits limits = options_.limits;
    limits.interrupted = context_.interrupted;
    Response response = context_.transport.exchange(request, limits);
    response.url = request.url;
    response.method = request.method;
    if (request.headers.get("Accept-Encoding") == "identity") decode_content(response, options_.limits.body_bytes);
    exchange.response = record(response, context_.bodies, options_.peer, context_.secrets);
    keep();
    return response;
  } catch (const TransportFault& fault) {
    exchange.fault = fmt::format("{}: {}", name(fault.kind()), redact_text(fault.what(), context_.secrets));
    keep();
    throw;
  }
}

}  // namespace referee::http
