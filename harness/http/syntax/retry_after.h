// The Retry-After header (RFC 9110, section 10.2.3) and the dates of HTTP (section 5.6.7).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "harness/http/clock.h"
#include "harness/http/message.h"

namespace referee::http {

/// An HTTP date in any of its three forms, years before 1900 and after 2200 as these; nothing for another text.
std::optional<WallTime> read_http_date(std::string_view text);

/// How long the response asks to wait: seconds or a date, one in the past being zero; nothing if there is no such
/// header or it is neither.
std::optional<std::chrono::seconds> retry_after(const Headers& headers, WallTime now);

}  // namespace referee::http
