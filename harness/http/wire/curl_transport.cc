#include "harness/http/wire/curl_transport.h"

#include <utility>

#include "harness/http/wire/curl_exchange.h"

namespace referee::http {

CurlTransport::CurlTransport(CurlOptions options) : options_(std::move(options)) {}
CurlTransport::~CurlTransport() = default;

Response CurlTransport::exchange(const Request& request, const ExchangeLimits& limits) {
  require_sendable(request);
  auto session = take_session();
  try {
    Response response = CurlExchange(*session, request, limits, options_).run();
    put_back(std::move(session));
    return response;
  } catch (const TransportFault&) {
    put_back(std::move(session));
    throw;
  }
}

std::unique_ptr<CurlSession> CurlTransport::take_session() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
  }
  return std::make_unique<CurlSession>();
}

void CurlTransport::put_back(std::unique_ptr<CurlSession> session) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(session));
}

}  // namespace referee::http
