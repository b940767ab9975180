// URLs and references to them, as they appear in Location and Link.
#include <cstdint>
#include <string>

#include "harness/fuzz/property.h"
#include "harness/http/record/redact.h"
#include "harness/http/syntax/url.h"

using namespace referee;  // NOLINT(google-build-using-namespace): a target is one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto url = http::Url::parse(text)) {
    const auto again = http::Url::parse(url->text());
    HOLDS(again.has_value());
    HOLDS(again->text() == url->text());
    HOLDS(http::same_origin(*url, *again));
  }
  static const auto kBase = http::Url::parse("https://registry.example:5000/v2/name/referrers/sha256:0?n=1");
  if (const auto next = http::resolve(*kBase, text)) {
    HOLDS(next->scheme == "http" || next->scheme == "https");
    HOLDS(!next->host.empty());
    HOLDS(http::Url::parse(next->text()).has_value());
  }
  HOLDS(http::percent_decode(http::percent_encode(text)) == text);
  const auto redacted = http::redact_urls(text);
  HOLDS(http::redact_urls(redacted) == redacted);
  for (const auto& [name, value] : http::query_pairs(text)) HOLDS(name.size() + value.size() <= text.size());
  return 0;
}
