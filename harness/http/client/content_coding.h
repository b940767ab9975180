// Content codings (RFC 9110, section 8.4) of answers that come with one although none was asked for.
#pragma once

#include "harness/http/message.h"

namespace referee::http {

/// Replaces a gzip body by what it holds; its headers stay as they came. A body that is no gzip, that is broken or that
/// would be longer than `most` bytes stays as it is.
void decode_content(Response& response, std::size_t most);

}  // namespace referee::http
