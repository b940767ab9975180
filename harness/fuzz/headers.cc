// Headers of answers: WWW-Authenticate, Link, Retry-After.
#include <cstdint>
#include <string>

#include "harness/fuzz/property.h"
#include "harness/http/syntax/challenge.h"
#include "harness/http/syntax/link.h"
#include "harness/http/syntax/retry_after.h"

using namespace referee;  // NOLINT(google-build-using-namespace): a target is one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  http::Headers headers;
  headers.add("WWW-Authenticate", text);
  headers.add("Link", text);
  headers.add("Retry-After", text);
  for (const auto& challenge : http::read_challenges(headers)) {
    HOLDS(!challenge.scheme.empty());
    for (const auto& [name, value] : challenge.parameters) HOLDS(challenge.parameter(name).has_value());
  }
  const auto links = http::read_links(headers);
  for (const auto& link : links.links) {
    for (const auto& relation : link.relations) HOLDS(link.has_relation(relation));
  }
  if (const auto wait = http::retry_after(headers, http::WallTime{})) HOLDS(wait->count() >= 0);
  return 0;
}
