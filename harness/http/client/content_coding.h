// Content codings (RFC 9110, section 8.4) of answers that come with one although none was asked for.
#pragma once

#include "harness/http/message.h"

namespace referee::http {

/// Replaces a gzip body by what it holds; its headers stay as they came. Leaves a body as it is if it is not gzip, is
/// broken, or would be longer than `most` bytes.
void decode_content(Response& response, std::size_t most);

}  // namespace referee::http
