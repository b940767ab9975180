// Digests, base64 and JSON, as registries write them.
#include <cstdint>
#include <string>

#include "harness/fuzz/property.h"
#include "harness/oci/base64.h"
#include "harness/oci/digest.h"
#include "harness/oci/json.h"

using namespace referee;  // NOLINT(google-build-using-namespace): a target is one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto digest = oci::Digest::parse(text)) {
    HOLDS(digest->text() == text);
    HOLDS(!digest->algorithm().empty() && !digest->encoded().empty());
    digest->matches("");
  }
  const auto verbatim = oci::Digest::verbatim(text);
  HOLDS(verbatim.algorithm().size() + verbatim.encoded().size() <= text.size());
  HOLDS(oci::bytes_of_base64(oci::base64_of(text)) == text);
  if (const auto bytes = oci::bytes_of_base64(text)) HOLDS(bytes->size() <= text.size());
  oci::read_json(text);
  return 0;
}
