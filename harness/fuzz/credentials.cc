// Credential files of Docker and Podman.
#include <cstdint>
#include <string>

#include "harness/fuzz/property.h"
#include "harness/http/auth/credential_entries.h"

using namespace referee;  // NOLINT(google-build-using-namespace): a target is one function

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    for (const auto& entry : http::entries_for(text, "registry.example:5000", "team/app")) {
      HOLDS(entry.helper.empty() != entry.credentials.anonymous());
    }
  } catch (const http::UnreadableCredentials&) {
  }
  return 0;
}
