#include "harness/http/record/recording.h"

#include <algorithm>

#include "harness/http/record/redact.h"

namespace referee::http {
namespace {

std::string known_out_of(std::string_view text, const Secrets* secrets) {
  return secrets == nullptr ? std::string(text) : secrets->out_of(text);
}

constexpr std::size_t kShortText = 64;  // bytes
constexpr std::size_t kFewLines = 16;

// Whether there was something to cut.
bool cut(std::string& text) {
  if (text.size() <= kShortText) return false;
  text.resize(kShortText);
  text += kCutMark;
  text.shrink_to_fit();
  return true;
}

// A head, of which `text` is the URL or the reason: cut down to short texts in a few lines where the run has kept
// enough. Whether it stayed whole.
bool fit(std::string& text, std::vector<HeaderLine>& lines, BodyStore& bodies) {
  if (bodies.has_room_for(text.size() + size_of(lines))) return true;
  bool whole = lines.size() <= kFewLines;
  lines.resize(std::min(lines.size(), kFewLines));
  lines.shrink_to_fit();
  if (cut(text)) whole = false;
  for (auto& line : lines) {
    if (cut(line.name)) whole = false;
    if (cut(line.value)) whole = false;
  }
  return whole;
}

std::vector<HeaderLine> without_secrets(const Headers& headers, const Secrets* secrets) {
  auto lines = redact(headers);
  for (auto& line : lines) line.value = known_out_of(line.value, secrets);
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
  RecordedRequest recorded{request.method, redact_text(request.url, secrets), without_secrets(request.headers, secrets),
                           peer == Peer::kTokenService ? keep_without(secrets, redact_token_body(request.body), bodies)
                                                       : bodies.keep(request.body)};
  recorded.whole = fit(recorded.url, recorded.headers, bodies);
  return recorded;
}

RecordedResponse record(const Response& response, BodyStore& bodies, Peer peer, const Secrets* secrets) {
  RecordedResponse recorded{response.status, known_out_of(response.reason, secrets),
                            without_secrets(response.headers, secrets), keep_answer(response, bodies, peer, secrets)};
  recorded.whole = fit(recorded.reason, recorded.headers, bodies);
  return recorded;
}

}  // namespace referee::http
