#include "harness/http/client/version.h"

namespace referee::http {

const std::string_view kVersion = REFEREE_VERSION;

}  // namespace referee::http
