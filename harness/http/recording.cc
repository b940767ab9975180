#include "harness/http/recording.h"

#include "harness/http/redact.h"

namespace referee::http {
namespace {

std::string keep(const std::string& body, BodyStore& bodies, Peer peer) {
  return peer == Peer::kTokenService ? bodies.keep(redact_token_body(body)) : bodies.keep(body);
}

}  // namespace

RecordedRequest record(const Request& request, BodyStore& bodies, Peer peer) {
  return {request.method, redact_urls(request.url), redact(request.headers), keep(request.body, bodies, peer)};
}

RecordedResponse record(const Response& response, BodyStore& bodies, Peer peer) {
  return {response.status, response.reason, redact(response.headers), keep(response.body, bodies, peer)};
}

}  // namespace referee::http
