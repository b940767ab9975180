#include "harness/http/recording.h"

#include <utility>

#include "harness/http/redact.h"

namespace referee::http {
namespace {

std::string known_out_of(std::string text, const Secrets* secrets) {
  return secrets == nullptr ? text : secrets->out_of(text);
}

std::vector<HeaderLine> recorded(const Headers& headers, const Secrets* secrets) {
  auto lines = redact(headers);
  for (auto& line : lines) line.value = known_out_of(std::move(line.value), secrets);
  return lines;
}

// Redirections and errors repeat URLs in their bodies; other bodies are content, in which a URL is a URL.
std::string answered(const Response& response, Peer peer, const Secrets* secrets) {
  if (peer == Peer::kTokenService) return known_out_of(redact_token_body(response.body), secrets);
  return response.status >= 300 ? redact_text(response.body, secrets) : known_out_of(response.body, secrets);
}

}  // namespace

std::string redact_text(std::string_view text, const Secrets* secrets) {
  return known_out_of(redact_urls(text), secrets);
}

RecordedRequest record(const Request& request, BodyStore& bodies, Peer peer, const Secrets* secrets) {
  const bool to_token_service = peer == Peer::kTokenService;
  return {request.method, redact_text(request.url, secrets), recorded(request.headers, secrets),
          bodies.keep(to_token_service ? known_out_of(redact_token_body(request.body), secrets) : request.body)};
}

RecordedResponse record(const Response& response, BodyStore& bodies, Peer peer, const Secrets* secrets) {
  return {response.status, known_out_of(response.reason, secrets), recorded(response.headers, secrets),
          bodies.keep(answered(response, peer, secrets))};
}

}  // namespace referee::http
