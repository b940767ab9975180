#include "harness/http/record/recording.h"

#include <algorithm>

#include "harness/http/record/redact.h"

namespace referee::http {
namespace {

std::string known_out_of(std::string_view text, const Secrets* secrets) {
  return secrets == nullptr ? std::string(text) : secrets->out_of(text);
}

constexpr std::size_t kShortValue = 64;  // bytes

std::size_t size_of(const std::vector<HeaderLine>& lines) {
  std::size_t size = 0;
  for (const auto& line : lines) size += line.name.size() + line.value.size();
  return size;
}

// Without the known secrets; cut down to a few short lines where the run has kept enough.
std::vector<HeaderLine> recorded(const Headers& headers, BodyStore& bodies, const Secrets* secrets) {
  auto lines = redact(headers);
  for (auto& line : lines) line.value = known_out_of(line.value, secrets);
  if (bodies.has_room_for(size_of(lines))) return lines;
  lines.resize(std::min<std::size_t>(lines.size(), 16));
  for (auto& line : lines) {
    line.name.resize(std::min(line.name.size(), kShortValue));
    if (line.value.size() > kShortValue) line.value = line.value.substr(0, kShortValue) + "... (cut)";
  }
  return lines;
}

// Keeps the text without the known secrets. One that has none is not copied: it may be as long as an answer can be.
std::string keep_without(const Secrets* secrets, std::string_view text, BodyStore& bodies) {
  return bodies.keep(secrets != nullptr && secrets->are_in(text) ? secrets->out_of(text) : text);
}

// Redirections and errors repeat URLs in their bodies; other bodies are content, in which a URL is a URL.
std::string keep_answer(const Response& response, BodyStore& bodies, Peer peer, const Secrets* secrets) {
  if (peer == Peer::kTokenService) return keep_without(secrets, redact_token_body(response.body), bodies);
  if (response.status >= 300) return keep_without(secrets, redact_urls(response.body), bodies);
  return keep_without(secrets, response.body, bodies);
}

}  // namespace

std::string redact_text(std::string_view text, const Secrets* secrets) {
  return known_out_of(redact_urls(text), secrets);
}

RecordedRequest record(const Request& request, BodyStore& bodies, Peer peer, const Secrets* secrets) {
  const bool to_token_service = peer == Peer::kTokenService;
  return {
      request.method, redact_text(request.url, secrets), recorded(request.headers, bodies, secrets),
      to_token_service ? keep_without(secrets, redact_token_body(request.body), bodies) : bodies.keep(request.body)};
}

RecordedResponse record(const Response& response, BodyStore& bodies, Peer peer, const Secrets* secrets) {
  return {response.status, known_out_of(response.reason, secrets), recorded(response.headers, bodies, secrets),
          keep_answer(response, bodies, peer, secrets)};
}

}  // namespace referee::http
